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
        switch (request.Kind)
        {
            case PrivacyRequestKind.Objection:
                await StopAsync(db, gate, actor, request, person, SuppressionScope.Marketing, now, cancellationToken);
                break;
            case PrivacyRequestKind.Withdrawal:
                await StopAsync(db, gate, actor, request, person, SuppressionScope.All, now, cancellationToken);
                break;
            case PrivacyRequestKind.OptOutOfSale:
                EndSharing(db, actor, person, request.Source, now);
                break;
            default:
                return;
        }

        RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, Applied);
    }

    /// <summary>Marks that the person's data may not be sold or shared; the first day counts.</summary>
    /// <param name="by">How they said it.</param>
    public static void EndSharing(PortalDbContext db, Actor actor, Subscriber person, object by, DateTimeOffset now)
    {
        if (person.SharingOptOutAt is not null)
            return;
        (person.SharingOptOutAt, person.UpdatedAt, person.Version) = (now, now, Guid.CreateVersion7(now));
        db.Audit(actor, now, new AuditFact("sharing.optedOut", "subscriber", person.Id.ToString(), person.Id, After: new Dictionary<string, object?> { ["by"] = by }));
    }

    private static async Task StopAsync(
        PortalDbContext db, SendingGate gate, Actor actor, PrivacyRequest request, Subscriber person, SuppressionScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(person.Id, cancellationToken);
        var withdrawal = new Withdrawal(scope, SuppressionSource.Staff, ConsentChannel.Staff, $"Privacy request DSR-{request.Number}", request.ReceivedAt);
        await WithdrawConsent.ApplyAsync(db, actor, person, withdrawal, now, cancellationToken);
    }
}
