using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>JOIN, START and YES: consents that come from the number itself.</summary>
public sealed class InboundConsents(SubjectKeys keys)
{
    private static readonly SuppressionSource[] OwnStops = [SuppressionSource.Keyword, SuppressionSource.PreferenceCentre];

    /// <summary>
    /// A purpose's own word asks for that purpose. START takes back what the person stopped, and nothing else; from somebody
    /// who has stopped nothing it asks for the sender's first purpose.
    /// </summary>
    internal async Task JoinAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        // Somebody new who was told the word in one language is answered in it from now on.
        sender.Language ??= inbound.Joins?.Language;
        await LiftOwnStopsAsync(db, inbound, cancellationToken);
        var (wanted, areStopped) = await WantedAsync(db, inbound, sender.Id, cancellationToken);
        foreach (var purpose in wanted)
        {
            if (inbound.Programmes.WordingOf(purpose.Id, inbound.Joins?.Language ?? sender.Language) is not { } wording)
                continue;
            var given = new GivenConsent(
                purpose.Id, wording.Id, ConsentChannel.Keyword, ConsentLevel.ExpressWritten, new ConsentEvidence(Words: inbound.Text.Text), inbound.Text.ReceivedAt,
                IsActOfPerson: true, Reason: $"Texted {inbound.Meaning.Matched?.ToUpperInvariant()}", InboundProviderId: inbound.Text.ProviderMessageId,
                // Whoever takes back their own STOP has shown twice that the number is theirs.
                DoubleOptInBy: areStopped ? DoubleOptIn.Sms : DoubleOptIn.None);
            await RecordConsent.ApplyAsync(db, keys, inbound.Actor, sender, purpose, wording, given, inbound.Now, cancellationToken);
        }
    }

    /// <summary>
    /// YES answers the latest prompt that waits. After its time it no longer does: then the person is asked anew, because
    /// they plainly want to join.
    /// </summary>
    internal async Task ConfirmAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        var ids = inbound.Programmes.Purposes.Select(p => p.Id).ToList();
        var waiting = await db.ConsentRecords
            .Where(r => r.SubscriberId == sender.Id && r.Status == ConsentStatus.Pending && ids.Contains(r.PurposeId))
            .OrderByDescending(r => r.Since).FirstOrDefaultAsync(cancellationToken);
        if (waiting is null)
            return;
        var purpose = inbound.Programmes.Purposes.First(p => p.Id == waiting.PurposeId);
        var wording = await db.Wordings.FirstOrDefaultAsync(w => w.Id == waiting.WordingId, cancellationToken);
        if (wording is null)
            return;
        if (waiting.ExpiresAt is { } end && inbound.Text.ReceivedAt >= end)
            await JoinAgainAsync(db, inbound, sender, purpose, wording, cancellationToken);
        else
            await GrantAsync(db, inbound, sender, purpose, wording, cancellationToken);
    }

    private async Task GrantAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, Purpose purpose, Wording wording, CancellationToken cancellationToken)
    {
        var request = await db.ConsentEvents.AsNoTracking()
            .Where(e => e.SubscriberId == sender.Id && e.PurposeId == purpose.Id && e.Kind == ConsentEventKind.Requested)
            .OrderByDescending(e => e.Id).FirstAsync(cancellationToken);
        // Whoever says YES from the number after their own STOP has come back themselves.
        await LiftOwnStopsAsync(db, inbound, cancellationToken);
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        var confirmed = new ConsentEvent
        {
            SubscriberId = sender.Id, PurposeId = purpose.Id, NumberPeriodId = sender.CurrentPeriodId, Kind = ConsentEventKind.Confirmed, Basis = request.Basis,
            Level = request.Level, Channel = ConsentChannel.Keyword, DoubleOptInBy = DoubleOptIn.Sms, IsActOfPerson = true, WordingId = wording.Id,
            At = inbound.Text.ReceivedAt, RecordedAt = inbound.Now, InboundProviderId = inbound.Text.ProviderMessageId, ActorKind = inbound.Actor.Kind, ActorId = inbound.Actor.Id,
            Reason = "Answered the double opt-in prompt", SupersedesId = request.Id,
            EvidenceSealed = key.SealJson(new ConsentEvidence(Words: inbound.Text.Text), SealedField.Evidence),
        };
        var after = await ConsentLedger.AppendAsync(db, confirmed, cancellationToken);
        await Replies.PlanAsync(db, inbound.Policy, key, sender, purpose, wording, MessageKind.OptInConfirmation, inbound.Now, cancellationToken);
        db.Audit(inbound.Actor, inbound.Now, new AuditFact("consent.confirmed", "subscriber", sender.Id.ToString(), sender.Id,
            After: new Dictionary<string, object?>
            {
                ["status"] = after.Status, ["purpose"] = purpose.Id.ToString(), ["wording"] = wording.Hash, ["event"] = confirmed.Id, ["channel"] = ConsentChannel.Keyword,
                ["level"] = request.Level, ["agreedAt"] = inbound.Text.ReceivedAt,
            }));
    }

    private async Task JoinAgainAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, Purpose purpose, Wording wording, CancellationToken cancellationToken)
    {
        var given = new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.Keyword, ConsentLevel.ExpressWritten, new ConsentEvidence(Words: inbound.Text.Text), inbound.Text.ReceivedAt,
            IsActOfPerson: true, Reason: "Answered YES after the prompt had expired", InboundProviderId: inbound.Text.ProviderMessageId);
        await RecordConsent.ApplyAsync(db, keys, inbound.Actor, sender, purpose, wording, given, inbound.Now, cancellationToken);
    }

    private static Task<int> LiftOwnStopsAsync(PortalDbContext db, InboundCase inbound, CancellationToken cancellationToken) =>
        db.Suppressions.Where(s => s.PhoneHash == inbound.FromHash && s.LiftedAt == null && OwnStops.Contains(s.Source))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LiftedAt, inbound.Now), cancellationToken);

    private static async Task<(IReadOnlyList<Purpose> Purposes, bool AreStopped)> WantedAsync(PortalDbContext db, InboundCase inbound, SubscriberId sender, CancellationToken cancellationToken)
    {
        if (inbound.Joins is { } joined)
            return ([joined.Purpose], false);
        var ids = inbound.Programmes.Purposes.Select(p => p.Id).ToList();
        var stopped = await db.ConsentRecords.AsNoTracking()
            .Where(r => r.SubscriberId == sender && r.Status == ConsentStatus.Withdrawn && ids.Contains(r.PurposeId)).Select(r => r.PurposeId).ToListAsync(cancellationToken);
        var wanted = inbound.Programmes.Purposes.Where(p => stopped.Contains(p.Id)).ToList();
        if (wanted.Count > 0)
            return (wanted, true);
        var hasConsent = await db.ConsentRecords.AnyAsync(r => r.SubscriberId == sender && r.Status == ConsentStatus.Granted && ids.Contains(r.PurposeId), cancellationToken);
        return (hasConsent ? [] : [.. inbound.Programmes.Purposes.Where(p => p.JoinKeyword is not null).Take(1)], false);
    }
}
