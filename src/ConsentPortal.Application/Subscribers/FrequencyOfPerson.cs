using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Texts of the promised day, week or month against what somebody was promised for a purpose.</summary>
/// <param name="Promise">Of the number on the purpose and the words that they read the one that is nearer to its end; null where no number is promised.</param>
/// <param name="Received">Marketing and informational texts of all purposes, of the last month where nothing is promised: the send policy holds them all against the promise.</param>
/// <param name="OfThisPurpose">Those among them that were about this purpose.</param>
/// <param name="Words">How often, as the wording says that this person was shown; null where they were shown none.</param>
/// <param name="RoomFrom">The first instant at which one more text keeps the promise (UTC); now while there is room.</param>
public sealed record PromiseMeter(
    PurposeId PurposeId, string Purpose, FrequencyPromise? Promise, int Received, int OfThisPurpose, string? Words, DateTimeOffset RoomFrom)
{
    public bool IsUsedUp => Received >= Promise?.Count;
}

/// <summary>How often a person was texted lately against what they were promised, purpose by purpose, counted as the send policy counts (CT-02).</summary>
public sealed class FrequencyOfPerson(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    // The longest promise is one a month.
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(32);

    // Everything that reached the provider counts, delivered or not: nobody can be sure that it did not arrive.
    private static readonly MessageState[] Sent =
        [MessageState.Sending, MessageState.Accepted, MessageState.Delivered, MessageState.Unconfirmed, MessageState.Failed, MessageState.Expired];

    private static readonly MessageClass[] Counted = [MessageClass.Marketing, MessageClass.Informational];

    public async Task<Result<IReadOnlyList<PromiseMeter>>> GetAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var subscriber = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (subscriber is null)
            return new SubscriberNotFound();
        // Records that went into this one are the same person.
        var records = await db.Subscribers.AsNoTracking().Where(s => s.Id == id || s.MergedIntoId == id).Select(s => s.Id).ToListAsync(cancellationToken);
        var since = now - LookBack;
        var sends = await db.OutboundMessages.AsNoTracking()
            .Where(m => records.Contains(m.SubscriberId) && m.SentAt > since && Sent.Contains(m.State) && Counted.Contains(m.MessageClass))
            .OrderBy(m => m.SentAt).Select(m => new { m.PurposeId, At = m.SentAt!.Value, m.MessageClass }).ToListAsync(cancellationToken);
        var received = sends.ConvertAll(m => (m.PurposeId, Send: new RecentSend(m.At, m.MessageClass)));
        var purposes = await db.Purposes.AsNoTracking().Where(p => Counted.Contains(p.MessageClass)).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var words = await (
            from record in db.ConsentRecords.AsNoTracking()
            where record.SubscriberId == id
            join wording in db.Wordings on record.WordingId equals wording.Id
            select new { record.PurposeId, wording.PromisedFrequency }).ToDictionaryAsync(w => w.PurposeId, w => w.PromisedFrequency, cancellationToken);
        var reading = new Reading(received, SubscriberDetail.ZonesOf(subscriber, vault.Open(subscriber)), now);
        return purposes.Where(p => p.RetiredAt is null || received.Exists(r => r.PurposeId == p.Id)).Select(p => reading.MeterOf(p, words.GetValueOrDefault(p.Id))).ToList();
    }

    private sealed record Reading(List<(PurposeId PurposeId, RecentSend Send)> Received, IReadOnlyList<string> Zones, DateTimeOffset Now)
    {
        public PromiseMeter MeterOf(Purpose purpose, string? words)
        {
            var (first, second) = FrequencyPromise.Of(purpose.PromisedPerMonth, FrequencyPromise.Read(words));
            var nearest = (first, second) switch
            {
                (null, _) => (FrequencyPromise?)null,
                ({ } only, null) => only,
                ({ } one, { } other) => IsNearer(Use(one, null), Use(other, null)) ? one : other,
            };
            var counted = nearest ?? FrequencyPromise.AMonth(int.MaxValue);
            var all = Use(counted, null);
            return new PromiseMeter(purpose.Id, purpose.Name, nearest, all.Used, Use(counted, purpose.Id).Used, words, all.RoomFrom);
        }

        private PromiseUse Use(FrequencyPromise promise, PurposeId? about) => PromiseUse.At(
            promise, [.. Received.Where(r => about is null || r.PurposeId == about).Select(r => r.Send)], null, Zones, Now);

        private static bool IsNearer(PromiseUse one, PromiseUse other) =>
            one.RoomFrom != other.RoomFrom ? one.RoomFrom > other.RoomFrom : one.Promise.Count - one.Used <= other.Promise.Count - other.Used;
    }
}
