using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// What a request that needs no proof of who asks does in the moment in which it is entered: an objection ends marketing (GDPR
/// art. 21(3); EU-16), a withdrawal ends everything (art. 7(3)), an opt-out of sale marks the person (11 CCR § 7026(f); CA-04).
/// Its completion is the answer to the person. Ending the request otherwise takes nothing of it back: only an act of the
/// person's brings texts back.
/// </summary>
internal static class EffectAtOnce
{
    private const string Applied = "Carried out at once: it needs no proof of who asks.";

    /// <summary>Applies it unless it was applied before, as by the entry of a request that is completed now.</summary>
    public static async Task ApplyAsync(
        PortalDbContext db, SendingGate gate, Actor actor, PrivacyRequest request, Subscriber person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.NeedsVerification || await db.PrivacyRequestEntries.AnyAsync(e => e.RequestId == request.Id && e.Kind == RequestEntryKinds.Step && e.Text == Applied, cancellationToken))
            return;
        if (ScopeOf(request.Kind) is { } scope)
            await StopAsync(db, gate, actor, request, person, scope, request.ReceivedAt, now, cancellationToken);
        else if (request.Kind == PrivacyRequestKind.OptOutOfSale)
            EndSharing(db, actor, person, request.Source, now);
        else
            return;
        RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, Applied);
    }

    /// <summary>Whoever asks for the same again while it is open may have come back meanwhile, and wants to be stopped now.</summary>
    /// <param name="saidAt">When they asked again (UTC).</param>
    public static async Task RepeatAsync(
        PortalDbContext db, SendingGate gate, Actor actor, PrivacyRequest open, Subscriber person, DateTimeOffset saidAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (open.Kind == PrivacyRequestKind.OptOutOfSale)
            EndSharing(db, actor, person, open.Source, now);
        if (ScopeOf(open.Kind) is not { } scope
            || await db.Suppressions.AnyAsync(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null && (s.Scope == scope || s.Scope == SuppressionScope.All), cancellationToken))
            return;
        await StopAsync(db, gate, actor, open, person, scope, saidAt, now, cancellationToken);
        RequestChange.Add(db, actor, open.Id, now, RequestEntryKinds.Step, "Asked for again and carried out again, because the person had come back meanwhile.");
    }

    /// <summary>
    /// For a number that no record has: its keyed hash goes on the do-not-text list, unless an entry in force reaches as far already, so that no list that is imported later brings what
    /// the person did not want. An opt-out of sale is kept as a stop of marketing: there is no record to mark, and whoever comes to have one is not advertised to.
    /// </summary>
    /// <param name="saidAt">When the person asked (UTC).</param>
    public static async Task StopNumberAsync(
        PortalDbContext db, Actor actor, PrivacyRequest request, byte[] hash, DateTimeOffset saidAt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (StopWithoutRecord(request.Kind) is not { } scope
            || await db.Suppressions.AnyAsync(s => s.PhoneHash == hash && s.LiftedAt == null && (s.Scope == scope || s.Scope == SuppressionScope.All), cancellationToken))
            return;
        var (source, channel) = WayIn(actor, request.Source);
        await WithdrawConsent.ApplyToNumberAsync(db, actor, hash, [], new Withdrawal(scope, source, channel, $"Privacy request DSR-{request.Number}", saidAt), now, cancellationToken);
        RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, $"{Applied} The number is on the do-not-text list, as a code, for {(scope == SuppressionScope.All ? "every text" : "marketing")}.");
        db.Audit(actor, now, new AuditFact("request.numberListed", "request", request.Id.ToString(), After: new Dictionary<string, object?>
        {
            ["number"] = request.Number, ["kind"] = request.Kind, ["entry"] = SuppressionLabel.Of(hash), ["scope"] = scope, ["source"] = source,
        }));
    }

    /// <summary>
    /// For a request that is joined to a record: what its stop by number means for the person takes effect on the record too, unless they have lifted that stop since, by an act of
    /// their own.
    /// </summary>
    public static async Task JoinAsync(
        PortalDbContext db, SendingGate gate, Actor actor, PrivacyRequest request, Subscriber person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ScopeOf(request.Kind) is { } scope
            && !await db.Suppressions.AnyAsync(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null && (s.Scope == scope || s.Scope == SuppressionScope.All), cancellationToken))
        {
            RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, Applied);
            RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, "The person has come back since, by an act of their own, so nothing is ended for them again.");
            return;
        }

        await ApplyAsync(db, gate, actor, request, person, now, cancellationToken);
    }

    /// <returns>How far a request for a number without a record keeps texts from it; null for one that keeps none.</returns>
    public static SuppressionScope? StopWithoutRecord(PrivacyRequestKind kind) => kind == PrivacyRequestKind.OptOutOfSale ? SuppressionScope.Marketing : ScopeOf(kind);

    /// <returns>Null for a request that stops no texts.</returns>
    private static SuppressionScope? ScopeOf(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Objection => SuppressionScope.Marketing,
        PrivacyRequestKind.Withdrawal => SuppressionScope.All,
        _ => null,
    };

    /// <summary>Marks that the person's data may not be sold or shared; the first day counts.</summary>
    /// <param name="by">How they said it.</param>
    public static void EndSharing(PortalDbContext db, Actor actor, Subscriber person, object by, DateTimeOffset now)
    {
        if (person.SharingOptOutAt is not null)
            return;
        (person.SharingOptOutAt, person.UpdatedAt, person.Version) = (now, now, Guid.CreateVersion7(now));
        db.Audit(actor, now, new AuditFact("sharing.optedOut", "subscriber", person.Id.ToString(), person.Id,
            Before: new Dictionary<string, object?> { ["sharingOptOutAt"] = null }, After: new Dictionary<string, object?> { ["sharingOptOutAt"] = now, ["by"] = by }));
    }

    /// <summary>By what the person said so: whoever entered the request, or for one that is carried out later, how it came in.</summary>
    private static (SuppressionSource Source, ConsentChannel Channel) WayIn(Actor actor, string requestSource) => actor.Kind switch
    {
        ActorKind.Subscriber => (SuppressionSource.WebForm, ConsentChannel.WebForm),
        ActorKind.ApiKey => (SuppressionSource.Api, ConsentChannel.Api),
        ActorKind.Provider => (SuppressionSource.Keyword, ConsentChannel.Keyword),
        ActorKind.Staff or ActorKind.CommandLine or ActorKind.Job => requestSource switch
        {
            AskAboutData.Source => (SuppressionSource.WebForm, ConsentChannel.WebForm),
            InboundRequests.Source => (SuppressionSource.Keyword, ConsentChannel.Keyword),
            TakePrivacyRequest.Source => (SuppressionSource.Api, ConsentChannel.Api),
            _ => (SuppressionSource.Staff, ConsentChannel.Staff),
        },
    };

    private static async Task StopAsync(
        PortalDbContext db, SendingGate gate, Actor actor, PrivacyRequest request, Subscriber person, SuppressionScope scope, DateTimeOffset saidAt, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await gate.WaitAsync(person.Id, cancellationToken);
        var (source, channel) = WayIn(actor, request.Source);
        var withdrawal = new Withdrawal(scope, source, channel, $"Privacy request DSR-{request.Number}", saidAt);
        await WithdrawConsent.ApplyAsync(db, actor, person, withdrawal, now, cancellationToken);
    }
}
