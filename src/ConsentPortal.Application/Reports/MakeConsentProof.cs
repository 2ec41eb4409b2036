using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Reports;

/// <param name="VerifyAt">The public page under which codes are checked; the code is put behind it.</param>
/// <param name="ShowsNumber">Prints the full number; needs the right to reveal it, and is audited as such.</param>
public sealed record ConsentProofWish(SubscriberId SubscriberId, PurposeId PurposeId, bool ShowsNumber = false, Uri? VerifyAt = null);

/// <summary>Certifies one person's consent to one purpose, and keeps the hash of the certificate in the audit trail.</summary>
public sealed class MakeConsentProof(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const string Kind = "consent-proof";

    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, ConsentProofWish wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        if (wish.ShowsNumber)
            actor.Require(Permissions.RevealNumbers);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                var subscriber = await db.Subscribers.FindAsync([wish.SubscriberId], cancellationToken);
                var purpose = await db.Purposes.FindAsync([wish.PurposeId], cancellationToken);
                if (subscriber is null || purpose is null)
                    return new SubscriberNotFound();
                var proof = await new ConsentProofReader(db, vault, subscriber, purpose).ReadAsync(wish.ShowsNumber, now, cancellationToken);
                if (proof is null)
                    return new NothingToProve();
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var code = ReportTrail.CodeOf(Kind, actor, now, log, [wish.SubscriberId.ToString(), wish.PurposeId.ToString(), proof.Events[^1].Event.Id.ToString(CultureInfo.InvariantCulture)]);
                var head = new ReportHead(
                    "Certificate of consent", $"{purpose.Brand} – {purpose.Name}", await ReportTrail.OrganisationAsync(db, cancellationToken), actor.Name, now, null, log, code,
                    VerifyAt: wish.VerifyAt is { } page ? new Uri($"{page}/{code}") : null, Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                db.Audit(actor, now, new AuditFact(
                    wish.ShowsNumber ? RevealNumber.Revealed : OpenSubscriber.Viewed, "subscriber", subscriber.Id.ToString(), subscriber.Id, "Printed on a certificate of consent"));
                return ReportTrail.Finish(db, actor, Kind, ConsentProofDocument.Of(proof, head), subscriber.Id, new Dictionary<string, object?>
                {
                    ["purpose"] = purpose.Id.ToString(), ["events"] = proof.Events.Count, ["status"] = proof.State.Status, ["numberShown"] = wish.ShowsNumber,
                });
            },
            cancellationToken);
    }
}
