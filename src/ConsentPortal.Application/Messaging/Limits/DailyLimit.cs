using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>A carrier says that its day is full for a sender: what else would go there waits for the next day instead of failing too.</summary>
internal static class DailyLimit
{
    // The last of the large zones of the US in which a new day begins: by then it has begun for every carrier there.
    private const string UsualZone = "America/Los_Angeles";

    /// <param name="message">That the carrier refused.</param>
    /// <param name="told">The carrier's code, where the refusal names it; otherwise what is known of the number.</param>
    /// <param name="now">Of the transaction, which is the caller's (UTC).</param>
    public static async Task ReachedAsync(PortalDbContext db, Actor actor, OutboundMessage message, string? told, string? code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var sender = await db.Purposes.Where(p => p.Id == message.PurposeId).Select(p => p.Sender).SingleAsync(cancellationToken);
        var person = await db.Subscribers.Where(s => s.Id == message.SubscriberId).Select(s => new { s.NetworkCode, s.Region }).SingleAsync(cancellationToken);
        var (network, country) = (told ?? person.NetworkCode, person.Region);
        var limits = await db.SendingLimits.Where(l => l.Sender == sender).ToListAsync(cancellationToken);
        var limit = limits.Where(l => l.IsOfCarrier && l.Covers(network, country)).OrderByDescending(l => l.IsEntered).FirstOrDefault()
            // Where nobody can say which carrier it was, it may be any.
            ?? (network is null ? limits.FirstOrDefault(l => !l.IsOfCarrier) : null)
            ?? Add(db, sender, network, country, now);
        if (limit.HeldUntil > now)
            return;
        limit.HoldForTheDay(now);
        db.Audit(actor, now, new AuditFact("sending.limitHeld", SendingLimitFacts.ObjectType, limit.Id.ToString(), After: SendingLimitFacts.Of(limit), Reason: $"The carrier refused a text with code {code}: its limit for the day is reached."));
        // The next refusal of the same batch finds this one.
        await db.SaveChangesAsync(cancellationToken);
    }

    private static SendingLimit Add(PortalDbContext db, string sender, string? network, string? country, DateTimeOffset now)
    {
        var added = new SendingLimit
        {
            Id = Guid.CreateVersion7(now), Sender = sender, Carrier = network is null ? null : $"Network {network}", Country = network is null ? null : country, Networks = network ?? "", Zone = UsualZone,
        };
        db.SendingLimits.Add(added);
        return added;
    }
}
