using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// The question in the confirmation of a stop, and its answer. The stop has ended everything by the time it is asked; an
/// answer is the person's own act and brings back the one purpose that it names, by a consent of its own (US-17).
/// </summary>
public sealed class StopQuestion(SubjectKeys keys)
{
    /// <summary>Whoever gets no marketing any more and stops again means the rest: they are not asked a second time what to keep.</summary>
    internal static async Task<bool> IsMeantForWhatWasKeptAsync(PortalDbContext db, InboundCase inbound, SubscriberId sender, CancellationToken cancellationToken) =>
        inbound.Policy.AsksWhatToKeep && !await db.ConsentRecords.AnyAsync(
            r => r.SubscriberId == sender && r.Status == ConsentStatus.Granted && db.Purposes.Any(p => p.Id == r.PurposeId && p.MessageClass == MessageClass.Marketing), cancellationToken);

    /// <summary>What a stop to marketing would have left the person by its class alone, and a word can bring back. Asked before anything ends.</summary>
    internal static async Task<IReadOnlyList<KeepOffer>> OffersAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        // Whoever has the number by mistake has nothing to keep.
        if (!inbound.Policy.AsksWhatToKeep || inbound.Policy.OptOutScope != OptOutScope.ByMessageClass || inbound.Meaning.IsWrongNumber)
            return [];
        var agreed = (await db.ConsentRecords.AsNoTracking().Where(r => r.SubscriberId == sender.Id && r.Status == ConsentStatus.Granted).ToListAsync(cancellationToken))
            .Where(r => r.State.StatusAt(inbound.Now) == ConsentStatus.Granted).Select(r => r.PurposeId).ToHashSet();
        return
        [
            .. from purpose in inbound.Programmes.Purposes
               where purpose.MessageClass != MessageClass.Marketing && agreed.Contains(purpose.Id) && purpose.IsOpenTo(sender.Region)
               // A name that advertises has no place in the one text after a stop (US-16).
               where inbound.Programmes.WordingOf(purpose.Id, sender.Language) is not null && BodySignals.Of(purpose.Name).Promotion is null
               let word = inbound.Programmes.WordFor(purpose, sender.Language)
               where word is not null
               select new KeepOffer(word, purpose.Name),
        ];
    }

    /// <returns>False where the text answers no question that is still open: then it is a wish to join like any other.</returns>
    internal async Task<bool> TakeAnswerAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, CancellationToken cancellationToken)
    {
        if (inbound.Joins is not { } joins || !joins.Purpose.IsOpenTo(sender.Region) || !await IsAskedAsync(db, inbound, sender, joins.Word, cancellationToken))
            return false;
        var record = await db.ConsentRecords.FindAsync([sender.Id, joins.Purpose.Id], cancellationToken);
        if (record?.Status != ConsentStatus.Withdrawn || await db.Wordings.FirstOrDefaultAsync(w => w.Id == record.WordingId, cancellationToken) is not { } wording)
            return false;
        // They keep what they had, under the words that they read then; whoever asks for it in words agrees expressly.
        var level = record.Level > ConsentLevel.Express ? record.Level : ConsentLevel.Express;
        var given = new GivenConsent(
            joins.Purpose.Id, wording.Id, ConsentChannel.Keyword, level, new ConsentEvidence(Words: inbound.Text.Text), inbound.Text.ReceivedAt,
            IsActOfPerson: true, Reason: $"Texted {joins.Word}: the answer to what to keep after the stop", InboundProviderId: inbound.Text.ProviderMessageId,
            // Whoever stops and answers has shown twice that the number is theirs. No text follows: the stop was confirmed once.
            DoubleOptInBy: DoubleOptIn.Sms, IsKept: true);
        var kept = await RecordConsent.ApplyAsync(db, keys, inbound.Actor, sender, joins.Purpose, wording, given, inbound.Now, cancellationToken);
        if (kept.IsSuccess)
            await OwnStops.LiftAsync(db, inbound.FromHash, [joins.Purpose], StartingAct.Text(inbound.Text.ReceivedAt, joins.Word), inbound.Now, cancellationToken);
        return kept.IsSuccess;
    }

    private async Task<bool> IsAskedAsync(PortalDbContext db, InboundCase inbound, Subscriber sender, string word, CancellationToken cancellationToken)
    {
        var since = inbound.Text.ReceivedAt - inbound.Policy.KeepAnswerLifetime;
        var last = await (
            from confirmation in db.OutboundMessages.AsNoTracking()
            where confirmation.SubscriberId == sender.Id && confirmation.Kind == MessageKind.OptOutConfirmation && confirmation.State != MessageState.Skipped
            join wording in db.Wordings on confirmation.WordingId equals wording.Id
            orderby confirmation.PlannedAt descending, confirmation.Id descending
            select new { confirmation.PlannedAt, confirmation.BodySealed, wording.StopReply }).FirstOrDefaultAsync(cancellationToken);
        if (last?.BodySealed is null || last.PlannedAt <= since)
            return false;
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        return key.Open(last.BodySealed, SealedField.MessageBody) is { } sent && KeepQuestion.Offers(sent, last.StopReply, word);
    }
}
