using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>What is to be sent, as far as it is the same for all recipients.</summary>
/// <param name="Answers">Set for replies to something the person did.</param>
public sealed record SendQuestion(Purpose Purpose, MessageClass MessageClass, string? Subject = null, InboundAnswer? Answers = null);

/// <summary>One person's facts, without the text, which is merged from <paramref name="Opened"/>.</summary>
/// <param name="Opened">Null for an erased person.</param>
public sealed record PersonFacts(SubscriberId Id, SendFacts Facts, OpenedSubscriber? Opened, byte[]? WrappedKey, string? Language, NumberPeriodId PeriodId);

/// <summary>
/// Gathers, for a batch of people, everything that the policy may look at, as it is now: never as it was when a campaign
/// was planned.
/// </summary>
public sealed class SendFactsReader(SubscriberVault vault)
{
    // The longest cap and the longest promise look back a month.
    internal static readonly TimeSpan LookBack = TimeSpan.FromDays(32);

    internal static readonly MessageState[] SentStates =
        [MessageState.Sending, MessageState.Accepted, MessageState.Delivered, MessageState.Unconfirmed, MessageState.Failed, MessageState.Expired];

    /// <param name="ids">At most some hundreds: they become parameters of the queries.</param>
    public async Task<IReadOnlyDictionary<SubscriberId, PersonFacts>> ReadAsync(
        PortalDbContext db, IReadOnlyCollection<SubscriberId> ids, SendQuestion question, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = ids.ToList();
        var people = await db.Subscribers.AsNoTracking().Where(s => keys.Contains(s.Id)).ToListAsync(cancellationToken);
        var consents = await db.ConsentRecords.AsNoTracking()
            .Where(r => r.PurposeId == question.Purpose.Id && keys.Contains(r.SubscriberId))
            .ToDictionaryAsync(r => r.SubscriberId, cancellationToken);
        var words = await PromisedWords.OfAsync(db, question.Purpose.Id, cancellationToken);
        var suppressions = await SuppressionsAsync(db, people, cancellationToken);
        var recent = await RecentAsync(db, keys, now, cancellationToken);
        var answers = await AnswersAsync(db, people, cancellationToken);
        var purchases = await db.SubscriberFacts.AsNoTracking()
            .Where(f => keys.Contains(f.SubscriberId) && f.Kind == FactKind.Purchase)
            .GroupBy(f => f.SubscriberId).Select(g => new { g.Key, At = g.Max(f => f.At) })
            .ToDictionaryAsync(p => p.Key, p => p.At, cancellationToken);

        return people.ToDictionary(s => s.Id, s =>
        {
            var opened = vault.Open(s);
            var facts = new SendFacts
            {
                MessageClass = question.MessageClass,
                To = opened is null ? Recipient.Invalid : Usable(Recipient.Of(opened.Phone), s),
                Purpose = question.Purpose.Id,
                Brand = question.Purpose.Brand,
                DeclaredCountry = s.DeclaredRegion, DeclaredState = s.DeclaredState, DeclaredZone = s.DeclaredZone,
                Consent = consents.TryGetValue(s.Id, out var record) ? ConsentOf(record.State, question.Purpose, now) : null,
                Suppression = s.PhoneHash is null ? null : Widest(suppressions[Convert.ToHexString(s.PhoneHash)], question.Purpose),
                Frequency = s.Frequency, PausedUntil = s.PausedUntil, IsRestricted = s.IsRestricted,
                PromisedPerMonth = question.Purpose.PromisedPerMonth, PromisedInWords = record?.WordingId is { } read && words.TryGetValue(read, out var promise) ? promise : null,
                Subject = question.Subject,
                RecentSends = recent.TryGetValue(s.Id, out var sends) ? sends : [],
                PurchaseAt = purchases.TryGetValue(s.Id, out var at) ? at : null,
                Sender = new SenderFacts(question.Purpose.Sender, question.Purpose.SenderCanReceive),
                Reassigned = s.NumberState == NumberState.Reassigned
                    ? new ReassignedCheck(ReassignedAnswer.Yes, s.UpdatedAt)
                    : answers.GetValueOrDefault(s.CurrentPeriodId),
                Answers = question.Answers,
            };
            return new PersonFacts(s.Id, facts, opened, s.WrappedKey, s.Language, s.CurrentPeriodId);
        });
    }

    // The network has said that nobody is there, whatever the numbering plan thinks.
    private static Recipient Usable(Recipient recipient, Subscriber subscriber) =>
        subscriber.NumberState == NumberState.Invalid ? Recipient.Invalid : recipient;

    internal static SendConsent ConsentOf(ConsentState state, Purpose purpose, DateTimeOffset now) => new()
    {
        State = state.StatusAt(now), Level = state.Level, Method = MethodOf(state.Channel), GrantedAt = state.GrantedAt,
        ExpiresAt = state.ExpiresAt, DoubleOptInBy = state.DoubleOptInBy, Brand = purpose.Brand, Purpose = purpose.Id, EventId = state.GrantEventId,
    };

    private static CaptureMethod? MethodOf(ConsentChannel channel) => channel switch
    {
        ConsentChannel.WebForm => CaptureMethod.WebForm,
        ConsentChannel.Keyword => CaptureMethod.Keyword,
        ConsentChannel.Paper => CaptureMethod.Paper,
        ConsentChannel.Staff => CaptureMethod.Staff,
        ConsentChannel.Import => CaptureMethod.Import,
        ConsentChannel.Api => CaptureMethod.Api,
        ConsentChannel.PreferenceCentre => CaptureMethod.PreferenceCentre,
        ConsentChannel.Provider or ConsentChannel.Portal => null,
    };

    private static async Task<ILookup<string, Suppression>> SuppressionsAsync(PortalDbContext db, List<Subscriber> people, CancellationToken cancellationToken)
    {
        var hashes = people.Where(s => s.PhoneHash is not null).Select(s => s.PhoneHash!).ToList();
        var rows = await db.Suppressions.AsNoTracking().Where(s => s.LiftedAt == null && hashes.Contains(s.PhoneHash)).ToListAsync(cancellationToken);
        return rows.ToLookup(s => Convert.ToHexString(s.PhoneHash));
    }

    /// <summary>What the Reassigned Numbers Database said last of each number, in the period in which it is this person's (US-26).</summary>
    private static async Task<Dictionary<NumberPeriodId, ReassignedCheck>> AnswersAsync(PortalDbContext db, List<Subscriber> people, CancellationToken cancellationToken)
    {
        var periods = people.ConvertAll(s => s.CurrentPeriodId);
        var rows = await db.NumberPeriods.AsNoTracking().Where(p => periods.Contains(p.Id) && p.ReassignedAnswer != null)
            .Select(p => new { p.Id, Answer = p.ReassignedAnswer!.Value, p.ReassignedCheckedAt }).ToListAsync(cancellationToken);
        return rows.ToDictionary(p => p.Id, p => new ReassignedCheck(p.Answer, p.ReassignedCheckedAt));
    }

    /// <param name="stops">Those in force on one number.</param>
    internal static SuppressionScope? Widest(IEnumerable<Suppression> stops, Purpose purpose)
    {
        SuppressionScope? widest = null;
        foreach (var row in stops)
        {
            var reaches = row.Scope switch
            {
                SuppressionScope.All or SuppressionScope.Marketing => true,
                SuppressionScope.Purpose => row.PurposeId == purpose.Id,
                SuppressionScope.Sender => row.Sender == purpose.Sender,
            };
            if (reaches && (widest is null || row.Scope < widest))
                widest = row.Scope;
        }

        return widest;
    }

    private static async Task<Dictionary<SubscriberId, IReadOnlyList<RecentSend>>> RecentAsync(
        PortalDbContext db, List<SubscriberId> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - LookBack;
        // Texts to a record that was merged into theirs went to the same person.
        var merged = await db.Subscribers.AsNoTracking().Where(s => s.MergedIntoId != null && keys.Contains(s.MergedIntoId.Value))
            .Select(s => new { s.Id, Into = s.MergedIntoId!.Value }).ToDictionaryAsync(s => s.Id, s => s.Into, cancellationToken);
        var records = keys.Concat(merged.Keys).ToList();
        var rows = await (
            from message in db.OutboundMessages.AsNoTracking()
            where records.Contains(message.SubscriberId) && message.SentAt > since && SentStates.Contains(message.State)
            join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
            from campaign in campaigns.DefaultIfEmpty()
            select new { message.SubscriberId, At = message.SentAt!.Value, message.MessageClass, Subject = campaign == null ? null : campaign.Subject })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(r => merged.GetValueOrDefault(r.SubscriberId, r.SubscriberId)).ToDictionary(
            g => g.Key, IReadOnlyList<RecentSend> (g) => [.. g.Select(r => new RecentSend(r.At, r.MessageClass, r.Subject)).OrderBy(r => r.At)]);
    }
}
