using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>A person's request about their data, with the clock of the law that governs it.</summary>
public sealed class PrivacyRequest
{
    public required PrivacyRequestId Id { get; init; }

    /// <summary>DSR-1, DSR-2 …: what people say on the phone.</summary>
    public required int Number { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required PrivacyRequestKind Kind { get; init; }

    public required PrivacyRegime Regime { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The last lawful day.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>The organisation's own, earlier target.</summary>
    public required DateOnly DueInternallyOn { get; set; }

    public PrivacyRequestStatus Status { get; private set; } = PrivacyRequestStatus.Received;

    public string? VerifiedBy { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    public Guid? RequestedApprovalById { get; private set; }

    public Guid? ApprovedById { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public string? Outcome { get; private set; }

    public Guid Version { get; set; }

    public bool IsOpen => Status is not (PrivacyRequestStatus.Completed or PrivacyRequestStatus.Denied or PrivacyRequestStatus.Cancelled);

    public Result<Done> Verify(string how, DateTimeOffset now)
    {
        if (Status != PrivacyRequestStatus.Received)
            return new RequestNotReady($"This request is {Status}; only a new request can be verified.");
        (Status, VerifiedBy, VerifiedAt) = (PrivacyRequestStatus.Verified, how, now);
        return Done.Value;
    }

    /// <summary>Puts an erasure before a second person.</summary>
    public Result<Done> AskForApproval(Guid staffId)
    {
        if (Status != PrivacyRequestStatus.Verified)
            return new RequestNotReady("Verify the person's identity first; an unverified request is never carried out.");
        (Status, RequestedApprovalById) = (PrivacyRequestStatus.InReview, staffId);
        return Done.Value;
    }

    public Result<Done> Approve(Guid staffId)
    {
        if (Status != PrivacyRequestStatus.InReview)
            return new RequestNotReady($"This request is {Status}; it has to be put before a second person first.");
        if (staffId == RequestedApprovalById)
            return new RequestNotReady("You asked for this approval, so somebody else has to give it. Nothing was changed.");
        (Status, ApprovedById) = (PrivacyRequestStatus.Approved, staffId);
        return Done.Value;
    }

    public void Complete(string outcome, DateTimeOffset now) =>
        (Status, Outcome, CompletedAt) = (PrivacyRequestStatus.Completed, outcome, now);

    public void Fail(string outcome) => (Status, Outcome) = (PrivacyRequestStatus.Failed, outcome);

    public Result<Done> Deny(string reason, DateTimeOffset now)
    {
        if (!IsOpen)
            return new RequestNotReady($"This request is already {Status}.");
        if (Kind is PrivacyRequestKind.Objection or PrivacyRequestKind.Withdrawal)
            return new RequestNotReady("An objection to marketing and a withdrawal of consent can't be refused (GDPR art. 7(3), 21(3)).");
        (Status, Outcome, CompletedAt) = (PrivacyRequestStatus.Denied, reason, now);
        return Done.Value;
    }
}

public sealed record RequestNotReady(string Message) : Failure(Message);
