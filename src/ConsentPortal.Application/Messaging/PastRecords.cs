using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>What the ledgers hold about the people of one batch of past texts, and what of it counted at an instant.</summary>
internal sealed class PastRecords
{
    private const string PreferencesChanged = "preferences.changed";

    private readonly Dictionary<SubscriberId, Subscriber> _people;
    private readonly Dictionary<CampaignId, Campaign> _campaigns;
    private readonly Dictionary<PurposeId, Purpose> _purposes;
    private readonly ILookup<SubscriberId, NumberPeriod> _periods;
    private readonly ILookup<(SubscriberId, PurposeId), ConsentEvent> _events;
    private readonly Dictionary<WordingId, FrequencyPromise> _promises;
    private readonly ILookup<string, Suppression> _stops;
    private readonly ILookup<SubscriberId, PastSend> _sends;
    private readonly ILookup<SubscriberId, DateTimeOffset> _purchases;
    private readonly ILookup<SubscriberId, AuditEntry> _entries;

    private PastRecords(Reading read)
    {
        (_people, _campaigns, _purposes) = (read.People, read.Campaigns, read.Purposes);
        (_periods, _events, _stops) = (read.Periods, read.Events, read.Stops);
        (_sends, _purchases, _entries, _promises) = (read.Sends, read.Purchases, read.Entries, read.Promises);
    }

    public static async Task<PastRecords> ReadAsync(PortalDbContext db, IReadOnlyList<OutboundMessage> texts, CancellationToken cancellationToken)
    {
        var read = new Reading(db, texts);
        await read.PeopleAsync(cancellationToken);
        await read.ConsentAsync(cancellationToken);
        await read.MessagesAsync(cancellationToken);
        return new PastRecords(read);
    }

    public Subscriber? PersonOf(OutboundMessage text) => _people.GetValueOrDefault(text.SubscriberId);

    public Campaign? CampaignOf(OutboundMessage text) => text.CampaignId is { } id ? _campaigns.GetValueOrDefault(id) : null;

    public Purpose PurposeOf(OutboundMessage text) => _purposes[text.PurposeId];

    public NumberPeriod? PeriodAt(SubscriberId id, DateTimeOffset at) => _periods[id].FirstOrDefault(p => p.From <= at && (p.To is null || at < p.To));

    /// <summary>From what the portal had been told by then: a withdrawal that it learned of later could not stop the text.</summary>
    public SendConsent? ConsentAt(SubscriberId id, Purpose purpose, DateTimeOffset at) =>
        StateAt(id, purpose, at) is { } state ? SendFactsReader.ConsentOf(state, purpose, at) : null;

    /// <summary>How often texts may come by the words that the person had read by then.</summary>
    public FrequencyPromise? PromiseAt(SubscriberId id, Purpose purpose, DateTimeOffset at) =>
        StateAt(id, purpose, at)?.WordingId is { } read && _promises.TryGetValue(read, out var promise) ? promise : null;

    public IEnumerable<Suppression> StopsAt(Subscriber person, DateTimeOffset at) => person.PhoneHash is null ? []
        : _stops[Convert.ToHexString(person.PhoneHash)].Where(s => s.At <= at && (s.LiftedAt is null || s.LiftedAt > at));

    /// <summary>The first change after the instant tells how it was before; without one it is as today.</summary>
    public (FrequencyPreference Frequency, DateTimeOffset? PausedUntil) PreferencesAt(Subscriber person, DateTimeOffset at)
    {
        if (_entries[person.Id].FirstOrDefault(e => e.Action == PreferencesChanged && e.At > at) is not { } change)
            return (person.Frequency, person.PausedUntil);
        using var leaf = JsonDocument.Parse(change.Leaf);
        var before = leaf.RootElement.GetProperty("before");
        var frequency = Enum.TryParse<FrequencyPreference>(before.GetProperty("frequency").GetString(), ignoreCase: true, out var chosen) ? chosen : person.Frequency;
        return (frequency, before.GetProperty("pausedUntil") is { ValueKind: JsonValueKind.String } until ? until.GetDateTimeOffset() : null);
    }

    /// <summary>What carriers had said of the number by then; before the first word of them it was usable.</summary>
    public NumberState StateAt(Subscriber person, DateTimeOffset at)
    {
        // What was said of a number that they had before says nothing about this one.
        var since = PeriodAt(person.Id, at)?.From ?? DateTimeOffset.MinValue;
        AuditEntry[] words = [.. _entries[person.Id].Where(e => e.Action == TrustNumber.Judged && e.At >= since)];
        if (words.Length == 0)
            return person.NumberState;
        if (words.LastOrDefault(e => e.At <= at) is not { } last)
            return NumberState.Usable;
        using var leaf = JsonDocument.Parse(last.Leaf);
        return Enum.TryParse<NumberState>(leaf.RootElement.GetProperty("after").GetProperty("state").GetString(), ignoreCase: true, out var state) ? state : person.NumberState;
    }

    /// <param name="except">The text itself.</param>
    public IReadOnlyList<RecentSend> SendsBefore(SubscriberId id, DateTimeOffset at, long except) =>
    [
        .. _sends[id].Where(s => s.MessageId != except && s.At < at && s.At > at - SendFactsReader.LookBack && (s.MergedAt is null || s.MergedAt <= at))
            .OrderBy(s => s.At).Select(s => new RecentSend(s.At, s.MessageClass, s.Subject)),
    ];

    public DateTimeOffset? PurchaseBefore(SubscriberId id, DateTimeOffset at) =>
        _purchases[id].Where(p => p <= at).Select(p => (DateTimeOffset?)p).Max();

    public ReassignedCheck? AnswerAt(Subscriber person, DateTimeOffset at)
    {
        if (person.NumberState == NumberState.Reassigned && person.UpdatedAt <= at)
            return new ReassignedCheck(ReassignedAnswer.Yes, person.UpdatedAt);
        return PeriodAt(person.Id, at) is { ReassignedAnswer: { } answer, ReassignedCheckedAt: { } asked } && asked <= at ? new ReassignedCheck(answer, asked) : null;
    }

    private ConsentState? StateAt(SubscriberId id, Purpose purpose, DateTimeOffset at)
    {
        ConsentEvent[] known = [.. _events[(id, purpose.Id)].Where(e => e.RecordedAt <= at)];
        return known.Length == 0 ? null : ConsentState.From(known);
    }

    /// <param name="MergedAt">When the record to which it went became a part of the person's.</param>
    private sealed record PastSend(SubscriberId SubscriberId, long MessageId, DateTimeOffset At, MessageClass MessageClass, string? Subject, DateTimeOffset? MergedAt);

    private sealed class Reading(PortalDbContext db, IReadOnlyList<OutboundMessage> texts)
    {
        private readonly List<SubscriberId> _ids = [.. texts.Select(t => t.SubscriberId).Distinct()];
        private readonly List<PurposeId> _purposeIds = [.. texts.Select(t => t.PurposeId).Distinct()];
        private readonly DateTimeOffset _first = texts.Min(t => t.DecidedAt!.Value);
        private readonly DateTimeOffset _last = texts.Max(t => t.DecidedAt!.Value);

        public Dictionary<SubscriberId, Subscriber> People { get; private set; } = [];

        public Dictionary<CampaignId, Campaign> Campaigns { get; private set; } = [];

        public Dictionary<PurposeId, Purpose> Purposes { get; private set; } = [];

        public ILookup<SubscriberId, NumberPeriod> Periods { get; private set; } = null!;

        public ILookup<(SubscriberId, PurposeId), ConsentEvent> Events { get; private set; } = null!;

        public Dictionary<WordingId, FrequencyPromise> Promises { get; } = [];

        public ILookup<string, Suppression> Stops { get; private set; } = null!;

        public ILookup<SubscriberId, PastSend> Sends { get; private set; } = null!;

        public ILookup<SubscriberId, DateTimeOffset> Purchases { get; private set; } = null!;

        public ILookup<SubscriberId, AuditEntry> Entries { get; private set; } = null!;

        public async Task PeopleAsync(CancellationToken cancellationToken)
        {
            People = await db.Subscribers.AsNoTracking().Where(s => _ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
            Periods = (await db.NumberPeriods.AsNoTracking().Where(p => _ids.Contains(p.SubscriberId)).OrderBy(p => p.From).ToListAsync(cancellationToken))
                .ToLookup(p => p.SubscriberId);
            Purchases = (await db.SubscriberFacts.AsNoTracking().Where(f => _ids.Contains(f.SubscriberId) && f.Kind == FactKind.Purchase && f.At <= _last)
                .Select(f => new { f.SubscriberId, f.At }).ToListAsync(cancellationToken)).ToLookup(f => f.SubscriberId, f => f.At);
            Entries = (await db.AuditEntries.AsNoTracking()
                .Where(e => e.SubscriberId != null && _ids.Contains(e.SubscriberId.Value) && (e.Action == TrustNumber.Judged || (e.Action == PreferencesChanged && e.At > _first)))
                .OrderBy(e => e.Id).ToListAsync(cancellationToken)).ToLookup(e => e.SubscriberId!.Value);
        }

        public async Task ConsentAsync(CancellationToken cancellationToken)
        {
            Purposes = await db.Purposes.AsNoTracking().Where(p => _purposeIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
            Events = (await db.ConsentEvents.AsNoTracking()
                .Where(e => _ids.Contains(e.SubscriberId) && _purposeIds.Contains(e.PurposeId) && e.RecordedAt <= _last)
                .OrderBy(e => e.Id).ToListAsync(cancellationToken)).ToLookup(e => (e.SubscriberId, e.PurposeId));
            foreach (var id in _purposeIds)
            {
                foreach (var (wording, promise) in await PromisedWords.OfAsync(db, id, cancellationToken))
                    Promises[wording] = promise;
            }

            var hashes = People.Values.Where(s => s.PhoneHash is not null).Select(s => s.PhoneHash!).ToList();
            Stops = (await db.Suppressions.AsNoTracking()
                .Where(s => hashes.Contains(s.PhoneHash) && s.At <= _last && (s.LiftedAt == null || s.LiftedAt > _first))
                .ToListAsync(cancellationToken)).ToLookup(s => Convert.ToHexString(s.PhoneHash));
        }

        public async Task MessagesAsync(CancellationToken cancellationToken)
        {
            var ids = texts.Select(t => t.CampaignId).OfType<CampaignId>().Distinct().ToList();
            Campaigns = await db.Campaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
            // Texts to a record that was merged into theirs went to the same person, from the merge on.
            var merged = await db.Subscribers.AsNoTracking().Where(s => s.MergedIntoId != null && _ids.Contains(s.MergedIntoId.Value))
                .ToDictionaryAsync(s => s.Id, s => (Into: s.MergedIntoId!.Value, At: s.MergedAt), cancellationToken);
            var (since, records, states) = (_first - SendFactsReader.LookBack, _ids.Concat(merged.Keys).ToList(), SendFactsReader.SentStates);
            var rows = await (
                from message in db.OutboundMessages.AsNoTracking()
                where records.Contains(message.SubscriberId) && message.SentAt > since && message.SentAt < _last && states.Contains(message.State)
                join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
                from campaign in campaigns.DefaultIfEmpty()
                select new { message.SubscriberId, message.Id, At = message.SentAt!.Value, message.MessageClass, Subject = campaign == null ? null : campaign.Subject })
                .ToListAsync(cancellationToken);
            Sends = rows.SelectMany(r => Of(r.SubscriberId, r.Id, r.At, r.MessageClass, r.Subject)).ToLookup(s => s.SubscriberId);

            IEnumerable<PastSend> Of(SubscriberId id, long message, DateTimeOffset at, MessageClass messageClass, string? subject)
            {
                if (People.ContainsKey(id))
                    yield return new PastSend(id, message, at, messageClass, subject, null);
                if (merged.TryGetValue(id, out var merge))
                    yield return new PastSend(merge.Into, message, at, messageClass, subject, merge.At);
            }
        }
    }
}
