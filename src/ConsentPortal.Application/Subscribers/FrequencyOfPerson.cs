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
public sealed record PromiseMeter(PurposeId PurposeId, string Purpose, int ReceivedThisMonth, int OfThisPurpose, int? PromisedPerMonth)
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
        var since = MonthStart(SubscriberDetail.ZonesOf(subscriber, vault.Open(subscriber)));
        var received = await db.OutboundMessages.AsNoTracking()
            .Where(m => m.SubscriberId == id && m.SentAt >= since && Sent.Contains(m.State) && Counted.Contains(m.MessageClass))
            .GroupBy(m => m.PurposeId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().Where(p => Counted.Contains(p.MessageClass)).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        return purposes.Where(p => p.RetiredAt is null || received.ContainsKey(p.Id))
            .Select(p => new PromiseMeter(p.Id, p.Name, received.Values.Sum(), received.GetValueOrDefault(p.Id), p.PromisedPerMonth)).ToList();
    }

    private DateTimeOffset MonthStart(IReadOnlyList<string> zones)
    {
        var zone = zones.Count > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(zones[0], out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var first = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(first, zone.GetUtcOffset(first)).ToUniversalTime();
    }
}
