using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>JOIN, START and YES: consents that come from the number itself.</summary>
public sealed class InboundConsents(SubjectKeys keys)
{
    /// <summary>
    /// A purpose's own word asks for that purpose. START takes back what the person stopped, and nothing else; from somebody
    /// who has stopped nothing it asks for the sender's first purpose.
    /// </summary>
    internal async Task JoinAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        // Somebody new who was told the word in one language is answered in it from now on.
        sender.Language ??= inbound.Joins?.Language;
        var (asked, areStopped) = await WantedAsync(db, inbound, sender.Id, cancellationToken);
        var wanted = OpenOf(db, inbound, sender, asked);
        // Whoever can join nothing of what they ask for has not come back.
        if (wanted.Count == 0 && asked.Count > 0)
            return;
        var started = new List<Purpose>();
        foreach (var purpose in wanted)
        {
            if (inbound.Programmes.WordingOf(purpose.Id, inbound.Joins?.Language ?? sender.Language) is not { } wording)
                continue;
            var given = new GivenConsent(
                purpose.Id, wording.Id, ConsentChannel.Keyword, ConsentLevel.ExpressWritten, new ConsentEvidence(Words: inbound.Text.Text), inbound.Text.ReceivedAt,
                IsActOfPerson: true, Reason: $"Texted {inbound.Meaning.Matched?.ToUpperInvariant()}", InboundProviderId: inbound.Text.ProviderMessageId,
                // Whoever takes back their own STOP has shown twice that the number is theirs.
                DoubleOptInBy: areStopped ? DoubleOptIn.Sms : DoubleOptIn.None);
            if ((await RecordConsent.ApplyAsync(db, keys, inbound.Actor, sender, purpose, wording, given, inbound.Now, cancellationToken)).IsSuccess)
                started.Add(purpose);
        }

        // Where nothing of what was asked for could begin, nobody has come back.
        if (started.Count > 0 || asked.Count == 0)
            await LiftAsync(db, inbound, [.. started, .. await GoingOnAsync(db, inbound, sender.Id, started, cancellationToken)], cancellationToken);
    }

    /// <summary>
    /// YES answers the latest prompt that waits. After its time it no longer does: then the person is asked anew, because
    /// they plainly want to join, whether or not the ledger has it by then that the prompt went unanswered.
    /// </summary>
    internal async Task ConfirmAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        var ids = inbound.Programmes.Purposes.Select(p => p.Id).ToList();
        var waiting = await db.ConsentRecords
            .Where(r => r.SubscriberId == sender.Id && ids.Contains(r.PurposeId)
                && (r.Status == ConsentStatus.Pending || (r.Status == ConsentStatus.Expired && r.GrantedAt == null)))
            .OrderBy(r => r.Status).ThenByDescending(r => r.Since).FirstOrDefaultAsync(cancellationToken);
        if (waiting?.Status != ConsentStatus.Pending && await StrongerRequest.FindAsync(db, sender.Id, ids, inbound.Text.ReceivedAt, cancellationToken) is { } stronger)
            await AnswerAsync(db, inbound, sender, stronger.PurposeId, stronger.WordingId, isLate: false, cancellationToken);
        else if (waiting is not null)
            await AnswerAsync(db, inbound, sender, waiting.PurposeId, waiting.WordingId, waiting.Status == ConsentStatus.Expired || inbound.Text.ReceivedAt >= waiting.ExpiresAt, cancellationToken);
    }

    private async Task AnswerAsync(
        PortalDbContext db, InboundCase inbound, Subscriber sender, PurposeId purposeId, WordingId? shown, bool isLate, CancellationToken cancellationToken)
    {
        var purpose = inbound.Programmes.Purposes.First(p => p.Id == purposeId);
        if (OpenOf(db, inbound, sender, [purpose]).Count == 0 || await db.Wordings.FirstOrDefaultAsync(w => w.Id == shown, cancellationToken) is not { } wording)
            return;
        if (isLate)
            await JoinAgainAsync(db, inbound, sender, purpose, wording, cancellationToken);
        else
            await GrantAsync(db, inbound, sender, purpose, wording, cancellationToken);
    }

    private async Task GrantAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, Purpose purpose, Wording wording, CancellationToken cancellationToken)
    {
        var request = await db.ConsentEvents.AsNoTracking()
            .Where(e => e.SubscriberId == sender.Id && e.PurposeId == purpose.Id && e.Kind == ConsentEventKind.Requested)
            .OrderByDescending(e => e.Id).FirstAsync(cancellationToken);
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        var confirmed = new ConsentEvent
        {
            SubscriberId = sender.Id, PurposeId = purpose.Id, NumberPeriodId = sender.CurrentPeriodId, Kind = ConsentEventKind.Confirmed, Basis = request.Basis,
            Level = request.Level, Channel = ConsentChannel.Keyword, DoubleOptInBy = DoubleOptIn.Sms, IsActOfPerson = true, WordingId = wording.Id,
            At = inbound.Text.ReceivedAt, RecordedAt = inbound.Now, InboundProviderId = inbound.Text.ProviderMessageId, ActorKind = inbound.Actor.Kind, ActorId = inbound.Actor.Id,
            Reason = "Answered the double opt-in prompt", SupersedesId = request.Id,
            EvidenceSealed = key.SealJson(new ConsentEvidence(Words: inbound.Text.Text), SealedField.Evidence),
        };
        var before = (await db.ConsentRecords.FindAsync([sender.Id, purpose.Id], cancellationToken))?.Status;
        var after = await ConsentLedger.AppendAsync(db, confirmed, cancellationToken);
        // Whoever says YES from the number after their own STOP has come back themselves.
        if (after.Status == ConsentStatus.Granted)
            await LiftAsync(db, inbound, [purpose], cancellationToken);
        await Replies.PlanAsync(db, inbound.Policy, key, sender, purpose, wording, MessageKind.OptInConfirmation, words: null, inbound.Now, cancellationToken);
        db.Audit(inbound.Actor, inbound.Now, new AuditFact("consent.confirmed", "subscriber", sender.Id.ToString(), sender.Id,
            Before: new Dictionary<string, object?> { ["status"] = before },
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

    private static Task LiftAsync(PortalDbContext db, InboundCase inbound, IReadOnlyList<Purpose> started, CancellationToken cancellationToken) =>
        OwnStops.LiftAsync(db, inbound.FromHash, started, StartingAct.Text(inbound.Text.ReceivedAt, inbound.Meaning.Matched), inbound.Now, cancellationToken);

    /// <summary>What START to a sender takes back beside the consents that begin anew: those still in force, and texts that need none.</summary>
    private static async Task<IReadOnlyList<Purpose>> GoingOnAsync(
        PortalDbContext db, InboundCase inbound, SubscriberId sender, List<Purpose> started, CancellationToken cancellationToken)
    {
        if (inbound.Joins is not null)
            return [];
        var agreed = await db.ConsentRecords.AsNoTracking().Where(r => r.SubscriberId == sender && r.Status == ConsentStatus.Granted).Select(r => r.PurposeId).ToListAsync(cancellationToken);
        return [.. inbound.Programmes.Purposes.Where(p => !started.Contains(p) && (p.MessageClass == MessageClass.Transactional || agreed.Contains(p.Id)))];
    }

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
        return (hasConsent ? [] : [.. inbound.Programmes.Purposes.Where(p => p.JoinKeyword is not null).OrderByDescending(p => p.IsOpenTo(inbound.Sender!.Region)).Take(1)], false);
    }

    /// <summary>
    /// Those that numbers of the sender's country may join. Of the others stays the text, and on the person's page the reason:
    /// as with a word that joins nothing, nobody is answered.
    /// </summary>
    private static List<Purpose> OpenOf(PortalDbContext db, InboundCase inbound, Subscriber sender, IReadOnlyList<Purpose> asked)
    {
        foreach (var closed in asked.Where(p => !p.IsOpenTo(sender.Region)))
        {
            db.Audit(inbound.Actor, inbound.Now, new AuditFact("join.notAsked", "subscriber", sender.Id.ToString(), sender.Id,
                $"Texted {inbound.Meaning.Matched?.ToUpperInvariant()}, but {closed.Name} is not open to numbers of {ReportWords.Country(sender.Region)}.",
                After: new Dictionary<string, object?> { ["why"] = "country not served", ["purpose"] = closed.Id.ToString(), ["inbound"] = inbound.Text.ProviderMessageId }));
        }

        return [.. asked.Where(p => p.IsOpenTo(sender.Region))];
    }
}
