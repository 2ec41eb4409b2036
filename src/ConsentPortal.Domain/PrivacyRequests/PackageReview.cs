using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>
/// That somebody looked through what an access package would hold before it was made. What is written about the person later was
/// seen by nobody and does not go out.
/// </summary>
public sealed class PackageReview
{
    public required PrivacyRequestId RequestId { get; init; }

    /// <summary>Whose key seals what was seen.</summary>
    public required SubscriberId SubscriberId { get; init; }

    /// <summary>The instant (UTC) as of which the package tells.</summary>
    public DateTimeOffset CollectedAt { get; private set; }

    /// <summary>A mark of each text that was there then, sealed.</summary>
    public byte[] SeenSealed { get; private set; } = [];

    /// <summary>Null until somebody said that it may go out like this.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public string? ConfirmedBy { get; private set; }

    /// <summary>Begins anew with what is there now. What was withheld stays so.</summary>
    public void Collect(byte[] seenSealed, DateTimeOffset now)
    {
        (CollectedAt, SeenSealed) = (now, seenSealed);
        Reopen();
    }

    /// <summary>What goes out was changed, so somebody has to say again that it may.</summary>
    public void Reopen() => (ConfirmedAt, ConfirmedBy) = (null, null);

    /// <param name="collectedAt">Which collection the reader has seen.</param>
    public Result<Done> Confirm(DateTimeOffset collectedAt, string by, DateTimeOffset now)
    {
        if (collectedAt != CollectedAt)
            return new CollectedAgain();
        if (ConfirmedAt is not null)
            return new RequestNotReady("This review is confirmed already. Nothing was changed.");
        (ConfirmedAt, ConfirmedBy) = (now, by);
        return Done.Value;
    }
}

public sealed record CollectedAgain()
    : Failure("The data was collected again meanwhile, so there is more to read than you have seen. Nothing was confirmed; look through it once more.");
