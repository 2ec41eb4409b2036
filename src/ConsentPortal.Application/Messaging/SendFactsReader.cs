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

/// <summary>What is to be sent, as far as it is the same for all recipients.</summary>
/// <param name="Answers">Set for replies to something the person did.</param>
public sealed record SendQuestion(Purpose Purpose, MessageClass MessageClass, string? Subject = null, InboundAnswer? Answers = null)
{
    /// <summary>What the campaign wants of each person's clock.</summary>
    public SendTiming? Timing { get; init; }
}

/// <summary>One person's facts, without the text, which is merged from <paramref name="Opened"/>.</summary>
/// <param name="Opened">Null for an erased person.</param>
public sealed record PersonFacts(SubscriberId Id, SendFacts Facts, OpenedSubscriber? Opened, byte[]? WrappedKey, string? Language, NumberPeriodId PeriodId)
{
    /// <summary>ISO 3166 country of the number.</summary>
    public string? Region { get; init; }

    /// <summary>Of the number's carrier (mobile country and network code), where a receipt has told.</summary>
    public string? NetworkCode { get; init; }
}

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

    /// <param name="ids">At most some thousand: they become one parameter of each query.</param>
    public async Task<IReadOnlyDictionary<SubscriberId, PersonFacts>> ReadAsync(
        PortalDbContext db, IReadOnlyCollection<SubscriberId> ids, SendQuestion question, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = ids.ToArray();
        var people = await PeopleAsync(db, keys, question.Purpose.Id, cancellationToken);
        var words = await PromisedWords.OfAsync(db, question.Purpose.Id, cancellationToken);
        var suppressions = await SuppressionsAsync(db, people, cancellationToken);
        var recent = await RecentAsync(db, keys, now, cancellationToken);
        var purchases = await db.SubscriberFacts.AsNoTracking()
            .Where(f => EF.Parameter(keys).Contains(f.SubscriberId) && f.Kind == FactKind.Purchase)
            .GroupBy(f => f.SubscriberId).Select(g => new { g.Key, At = g.Max(f => f.At) })
            .ToDictionaryAsync(p => p.Key, p => p.At, cancellationToken);

        return people.ToDictionary(p => p.Subscriber.Id, person =>
        {
            var (s, record) = (person.Subscriber, person.Consent);
            var opened = vault.Open(s);
            var facts = new SendFacts
            {
                MessageClass = question.MessageClass,
                To = opened is null ? Recipient.Invalid : Usable(Recipient.Of(opened.Phone), s),
                IsNumberSuspect = s.NumberState == NumberState.Suspect,
                Purpose = question.Purpose.Id,
                Brand = question.Purpose.Brand,
                DeclaredCountry = s.DeclaredRegion, DeclaredState = s.DeclaredState, DeclaredZone = s.DeclaredZone,
                Consent = record is null ? null : ConsentOf(record.State, question.Purpose, now),
                Suppression = s.PhoneHash is null ? null : Strictest(suppressions[s.PhoneHash], question.Purpose),
                Frequency = s.Frequency, PausedUntil = s.PausedUntil, IsRestricted = s.IsRestricted,
                PromisedPerMonth = question.Purpose.PromisedPerMonth, PromisedInWords = record?.WordingId is { } read && words.TryGetValue(read, out var promise) ? promise : null,
                Subject = question.Subject,
                RecentSends = recent.TryGetValue(s.Id, out var sends) ? sends : [],
                PurchaseAt = purchases.TryGetValue(s.Id, out var at) ? at : null,
                Sender = new SenderFacts(question.Purpose.Sender, question.Purpose.SenderCanReceive),
                Reassigned = s.NumberState == NumberState.Reassigned
                    ? new ReassignedCheck(ReassignedAnswer.Yes, s.UpdatedAt)
                    : person.Answer is { } answer ? new ReassignedCheck(answer, person.AnsweredAt) : null,
                Answers = question.Answers, Timing = question.Timing,
            };
            return new PersonFacts(s.Id, facts, opened, s.WrappedKey, s.Language, s.CurrentPeriodId) { Region = s.Region, NetworkCode = s.NetworkCode };
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

    /// <summary>Each person with their consent, and what the Reassigned Numbers Database said last of their number in the period in which it is theirs (US-26).</summary>
    private static Task<List<ReadPerson>> PeopleAsync(PortalDbContext db, SubscriberId[] keys, PurposeId purpose, CancellationToken cancellationToken) => (
        from s in db.Subscribers.AsNoTracking()
        where EF.Parameter(keys).Contains(s.Id)
        join r in db.ConsentRecords.AsNoTracking().Where(r => r.PurposeId == purpose) on s.Id equals r.SubscriberId into records
        from record in records.DefaultIfEmpty()
        join p in db.NumberPeriods.AsNoTracking() on s.CurrentPeriodId equals p.Id into periods
        from period in periods.DefaultIfEmpty()
        select new ReadPerson(s, record, period.ReassignedAnswer, period.ReassignedCheckedAt)).ToListAsync(cancellationToken);

    private static async Task<ILookup<byte[], Suppression>> SuppressionsAsync(PortalDbContext db, List<ReadPerson> people, CancellationToken cancellationToken)
    {
        var hashes = people.Select(p => p.Subscriber.PhoneHash).OfType<byte[]>().ToArray();
        var rows = await db.Suppressions.AsNoTracking().Where(s => s.LiftedAt == null && EF.Parameter(hashes).Contains(s.PhoneHash)).ToListAsync(cancellationToken);
        return rows.ToLookup(s => s.PhoneHash, KeyedHashComparer.Instance);
    }

    /// <summary>
    /// How far the stop reaches that leaves the least of a purpose's texts: one more stop never makes room for a text. A stop
    /// to the purpose or its sender ends every class of text, one to marketing only that one.
    /// </summary>
    /// <param name="stops">Those in force on one number.</param>
    internal static SuppressionScope? Strictest(IEnumerable<Suppression> stops, Purpose purpose)
    {
        SuppressionScope? strictest = null;
        foreach (var row in stops)
        {
            var reaches = row.Scope switch
            {
                // Also where the purpose is none of marketing: one text of it may be.
                SuppressionScope.All or SuppressionScope.Marketing => true,
                SuppressionScope.Purpose => row.PurposeId == purpose.Id,
                SuppressionScope.Sender => row.Sender == purpose.Sender,
            };
            if (reaches && IsStricter(row.Scope, strictest))
                strictest = row.Scope;
        }

        return strictest;
    }

    /// <summary>Whether one stop leaves less of a purpose's texts than another; null is none.</summary>
    internal static bool IsStricter(SuppressionScope? stop, SuppressionScope? than)
    {
        return Leaves(stop) < Leaves(than);

        static int Leaves(SuppressionScope? scope) => scope switch
        {
            SuppressionScope.All => 0,
            SuppressionScope.Purpose or SuppressionScope.Sender => 1,
            SuppressionScope.Marketing => 2,
            null => 3,
        };
    }

    private static async Task<Dictionary<SubscriberId, IReadOnlyList<RecentSend>>> RecentAsync(
        PortalDbContext db, SubscriberId[] keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - LookBack;
        // Texts to a record that was merged into theirs went to the same person.
        var merged = await db.Subscribers.AsNoTracking().Where(s => s.MergedIntoId != null && EF.Parameter(keys).Contains(s.MergedIntoId.Value))
            .Select(s => new { s.Id, Into = s.MergedIntoId!.Value }).ToDictionaryAsync(s => s.Id, s => s.Into, cancellationToken);
        var records = keys.Concat(merged.Keys).ToArray();
        var rows = await (
            from message in db.OutboundMessages.AsNoTracking()
            where EF.Parameter(records).Contains(message.SubscriberId) && message.SentAt > since && SentStates.Contains(message.State)
            join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
            from campaign in campaigns.DefaultIfEmpty()
            select new { message.SubscriberId, At = message.SentAt!.Value, message.MessageClass, Subject = campaign == null ? null : campaign.Subject })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(r => merged.GetValueOrDefault(r.SubscriberId, r.SubscriberId)).ToDictionary(
            g => g.Key, IReadOnlyList<RecentSend> (g) => [.. g.Select(r => new RecentSend(r.At, r.MessageClass, r.Subject)).OrderBy(r => r.At)]);
    }

    private sealed record ReadPerson(Subscriber Subscriber, ConsentRecord? Consent, ReassignedAnswer? Answer, DateTimeOffset? AnsweredAt);
}
