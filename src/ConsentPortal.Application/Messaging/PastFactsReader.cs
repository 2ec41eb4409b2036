using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Why the facts of a past decision can't be put together any more.</summary>
public enum LostFacts
{
    /// <summary>The person's key is destroyed, and with it the number and the words.</summary>
    Erased = 1,

    /// <summary>The text went to another number than the person has today; of an earlier one only a hash is kept.</summary>
    NumberChanged = 2,

    /// <summary>The words of the text are not kept and can't be merged again.</summary>
    WordsGone = 3,
}

/// <param name="Facts">Null where <paramref name="Lost"/> says why.</param>
/// <param name="IsRecordChanged">The person's record was changed after the decision: address, language and line are those of today.</param>
public sealed record PastFacts(SendFacts? Facts, LostFacts? Lost, bool IsRecordChanged)
{
    public static PastFacts Without(LostFacts lost) => new(null, lost, false);
}

/// <summary>
/// Puts together again what the policy looked at when it decided on texts of the past: the consent events that were
/// recorded by then, the stops in force, the texts that had gone, purchases, answers about the number. What has no history
/// (address, line, the purpose's sender and promise) is taken as it is today.
/// </summary>
public sealed class PastFactsReader(SubscriberVault vault, SubjectKeys keys, PublicAddress address, ShortLinks links)
{
    /// <param name="texts">At most some hundreds, all decided; from one database with <paramref name="db"/>.</param>
    public async Task<IReadOnlyDictionary<long, PastFacts>> ReadAsync(PortalDbContext db, IReadOnlyList<OutboundMessage> texts, CancellationToken cancellationToken)
    {
        var history = await PastRecords.ReadAsync(db, texts, cancellationToken);
        var read = new Dictionary<long, PastFacts>();
        foreach (var group in texts.GroupBy(text => (text.CampaignId, text.PurposeId)))
        {
            var words = new TextsOfGroup(history.CampaignOf(group.First()), history.PurposeOf(group.First()), address, links);
            await words.ReadAttributesAsync(db, [.. group.Where(text => text.BodySealed is null).Select(text => text.SubscriberId)], cancellationToken);
            foreach (var text in group)
                read[text.Id] = Of(text, history, words);
        }

        return read;
    }

    private PastFacts Of(OutboundMessage text, PastRecords history, TextsOfGroup words)
    {
        var (at, purpose) = (text.DecidedAt!.Value, history.PurposeOf(text));
        if (history.PersonOf(text) is not { } person || vault.Open(person) is not { } opened)
            return PastFacts.Without(LostFacts.Erased);
        if (history.PeriodAt(person.Id, at) is { } period && period.Id != person.CurrentPeriodId)
            return PastFacts.Without(LostFacts.NumberChanged);
        var (preferences, number) = (history.PreferencesAt(person, at), history.StateAt(person, at));
        var facts = new SendFacts
        {
            MessageClass = text.MessageClass,
            To = number == NumberState.Invalid ? Recipient.Invalid : Recipient.Of(opened.Phone),
            IsNumberSuspect = number == NumberState.Suspect,
            Purpose = purpose.Id, Brand = purpose.Brand,
            DeclaredCountry = person.DeclaredRegion, DeclaredState = person.DeclaredState, DeclaredZone = person.DeclaredZone,
            Consent = history.ConsentAt(person.Id, purpose, at),
            Suppression = SendFactsReader.Strictest(history.StopsAt(person, at), purpose),
            Frequency = preferences.Frequency, PausedUntil = preferences.PausedUntil, IsRestricted = person.IsRestricted && person.UpdatedAt <= at,
            PromisedPerMonth = purpose.PromisedPerMonth, PromisedInWords = history.PromiseAt(person.Id, purpose, at),
            Subject = history.CampaignOf(text)?.Subject,
            RecentSends = history.SendsBefore(person.Id, at, text.Id),
            PurchaseAt = history.PurchaseBefore(person.Id, at),
            Sender = new SenderFacts(purpose.Sender, purpose.SenderCanReceive),
            Reassigned = history.AnswerAt(person, at),
            Answers = TextsOfGroup.AnswerTo(text), Timing = history.CampaignOf(text)?.Timing,
        };
        var body = BodyOf(text, new PersonFacts(person.Id, facts, opened, person.WrappedKey, person.Language, person.CurrentPeriodId), words);
        return body is null ? PastFacts.Without(LostFacts.WordsGone) : new PastFacts(facts with { Body = body }, null, person.UpdatedAt > at);
    }

    private MessageBody? BodyOf(OutboundMessage text, PersonFacts person, TextsOfGroup words)
    {
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        // The words that were chosen then: the person may read another language today.
        return words.BodyFor(text, person, key, text.Language ?? person.Language);
    }
}
