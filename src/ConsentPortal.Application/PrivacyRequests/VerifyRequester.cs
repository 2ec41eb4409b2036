using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>Notes by which step the person was recognised. Nothing is carried out for somebody who was not.</summary>
public sealed class VerifyRequester(PortalDatabase database, TimeProvider clock)
{
    internal const string ByCode = "Code texted to the number and read back";

    /// <summary>The ways that the page offers; each says what was checked without saying anything about the person.</summary>
    public static IReadOnlyList<string> Ways { get; } =
    [
        ByCode, "Signed in to their account", "Two matching facts", "Three matching facts and a signed declaration", "Identity document seen and not kept", "Known authorised agent",
    ];

    /// <param name="how">One of <see cref="Ways"/>.</param>
    /// <param name="note">Deleted with the person's data.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, string how, string? note, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!Ways.Contains(how))
            return new WayUnknown();
        var now = clock.GetUtcNow();
        return await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.verified", $"Identity verified: {char.ToLowerInvariant(how[0])}{how[1..]}.", note),
            async (db, request) => how == ByCode && await CodeProof.RefusalAsync(db, request.SubscriberId, cancellationToken) is { } refusal ? refusal : request.Verify(how, now),
            cancellationToken);
    }
}

public sealed record WayUnknown() : Failure("Choose how the person was recognised. Nothing was changed.");
