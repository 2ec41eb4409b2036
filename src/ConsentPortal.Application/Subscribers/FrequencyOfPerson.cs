using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Texts this month against what the wordings of a purpose promise.</summary>
/// <param name="ReceivedThisMonth">Marketing and informational texts of all purposes: the send policy holds them all against the promise.</param>
/// <param name="OfThisPurpose">Those among them that were about this purpose.</param>
/// <param name="PromisedPerMonth">Null where no number is promised.</param>
/// <param name="Words">How often, as the wording says that this person was shown; null where they were shown none.</param>
/// <param name="Until">The first instant of their next month (UTC), when counting begins anew.</param>
public sealed record PromiseMeter(
    PurposeId PurposeId, string Purpose, int ReceivedThisMonth, int OfThisPurpose, int? PromisedPerMonth, string? Words, DateTimeOffset Until)
{
    public bool IsUsedUp => ReceivedThisMonth >= PromisedPerMonth;
}

/// <summary>How often a person was texted in the present calendar month of their own zone, purpose by purpose (CT-02).</summary>
public sealed class FrequencyOfPerson(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    // Everything that reached the provider counts, delivered or not: nobody can be sure that it did not arrive.
    private static readonly MessageState[] Sent =
        [MessageState.Sending, MessageState.Accepted, MessageState.Delivered, MessageState.Unconfirmed, MessageState.Failed, MessageState.Expired];

    private static readonly MessageClass[] Counted = [MessageClass.Marketing, MessageClass.Informational];

    public async Task<Result<IReadOnlyList<PromiseMeter>>> GetAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var subscriber = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (subscriber is null)
            return new SubscriberNotFound();
        var (since, until) = Month(SubscriberDetail.ZonesOf(subscriber, vault.Open(subscriber)));
        // Records that went into this one are the same person.
        var records = await db.Subscribers.AsNoTracking().Where(s => s.Id == id || s.MergedIntoId == id).Select(s => s.Id).ToListAsync(cancellationToken);
        var received = await db.OutboundMessages.AsNoTracking()
            .Where(m => records.Contains(m.SubscriberId) && m.SentAt >= since && Sent.Contains(m.State) && Counted.Contains(m.MessageClass))
            .GroupBy(m => m.PurposeId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().Where(p => Counted.Contains(p.MessageClass)).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var words = await (
            from record in db.ConsentRecords.AsNoTracking()
            where record.SubscriberId == id
            join wording in db.Wordings on record.WordingId equals wording.Id
            select new { record.PurposeId, wording.PromisedFrequency }).ToDictionaryAsync(w => w.PurposeId, w => w.PromisedFrequency, cancellationToken);
        return purposes.Where(p => p.RetiredAt is null || received.ContainsKey(p.Id))
            .Select(p => new PromiseMeter(p.Id, p.Name, received.Values.Sum(), received.GetValueOrDefault(p.Id), p.PromisedPerMonth, words.GetValueOrDefault(p.Id), until)).ToList();
    }

    private (DateTimeOffset Start, DateTimeOffset End) Month(IReadOnlyList<string> zones)
    {
        var zone = zones.Count > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(zones[0], out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var first = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return (Instant(first), Instant(first.AddMonths(1)));

        DateTimeOffset Instant(DateTime midnight) => new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
