using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// Notes by which step the person was recognised. Nothing is carried out for somebody who was not; how surely they have to be
/// known depends on the law and the kind (<see cref="IdentityTable"/>).
/// </summary>
public sealed class VerifyRequester(PortalDatabase database, TimeProvider clock)
{
    /// <summary>The names of the ways that the page offers, the surest first.</summary>
    public static IReadOnlyList<string> Ways { get; } = [.. IdentityTable.Ways.Select(way => way.Name)];

    /// <param name="how">One of <see cref="Ways"/>.</param>
    /// <param name="note">Deleted with the person's data.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string how, string? note, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (IdentityTable.Ways.FirstOrDefault(w => w.Name == how) is not { } way)
            return new WayUnknown();
        if (way.NeedsNote && !ReasonNeeded.IsMetBy(note))
            return new WitnessNoteNeeded();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.verified", $"Identity verified: {char.ToLowerInvariant(how[0])}{how[1..]}.", note),
            async (db, request) => way.NeedsCode && request.SubscriberId is { } person && await CodeProof.RefusalAsync(db, person, cancellationToken) is { } refusal ? refusal
                : request.Verify(way, now, await RequestChange.DaysAsync(db, request, now, cancellationToken)),
            cancellationToken);
    }
}

public sealed record WayUnknown() : Failure("Choose how the person was recognised. Nothing was changed.");

public sealed record WitnessNoteNeeded()
    : Failure("This rests on what you saw, so write in the note what it was, in at least five characters. Nothing was changed.");
