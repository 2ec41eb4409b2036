using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <param name="Networks">Empty for all carriers together.</param>
/// <param name="UsedToday">Parts, on the day of <paramref name="Zone"/>.</param>
/// <param name="HeldUntil">UTC; null while nothing is held back.</param>
/// <param name="IsEntered">Otherwise a carrier's refusal made it.</param>
public sealed record SendingLimitRow(
    Guid Id, string Sender, string? Carrier, string? Country, string Networks, int? PartsPerMinute, int? PartsPerDay, string Zone, int UsedToday, DateTimeOffset? HeldUntil, bool IsEntered);

/// <param name="People">Whose number is with it, as their last receipt said.</param>
public sealed record SeenNetwork(string Code, string? Country, int People);

/// <param name="RequestsPerSecond">Of the whole account; 0 for no limit, null while no account is set up.</param>
/// <param name="Senders">Of the purposes in use, with or without a limit.</param>
public sealed record SendingLimitOverview(IReadOnlyList<SendingLimitRow> Limits, int? RequestsPerSecond, IReadOnlyList<string> Senders);

/// <summary>What each sender may send, what of it is used, and what a carrier's refusal holds back.</summary>
public sealed class SendingLimitList(PortalDatabase database, ISmsGateway gateway, TimeProvider clock)
{
    private const int MostNetworks = 20;

    public async Task<SendingLimitOverview> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var limits = await db.SendingLimits.AsNoTracking().OrderBy(l => l.Sender).ThenBy(l => l.Carrier).ToListAsync(cancellationToken);
        var senders = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).Select(p => p.Sender).Distinct().OrderBy(s => s).ToListAsync(cancellationToken);
        return new SendingLimitOverview([.. limits.Select(l => Row(l, now))], gateway.HasAccount ? gateway.RequestsPerSecond : null, senders);
    }

    /// <returns>Null where it was removed.</returns>
    public async Task<SendingLimitRow?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        await using var db = database.Open();
        return await db.SendingLimits.AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is { } limit ? Row(limit, clock.GetUtcNow()) : null;
    }

    /// <summary>The carriers of the most people, for whoever enters a carrier's codes.</summary>
    public async Task<IReadOnlyList<SeenNetwork>> NetworksAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        await using var db = database.Open();
        return await db.Subscribers.AsNoTracking().Where(s => s.NetworkCode != null).GroupBy(s => new { s.NetworkCode, s.Region })
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.NetworkCode).Take(MostNetworks)
            .Select(g => new SeenNetwork(g.Key.NetworkCode!, g.Key.Region, g.Count())).ToListAsync(cancellationToken);
    }

    private static SendingLimitRow Row(SendingLimit limit, DateTimeOffset now) => new(
        limit.Id, limit.Sender, limit.Carrier, limit.Country, limit.Networks, limit.PartsPerMinute, limit.PartsPerDay, limit.Zone, limit.UsedAt(now), limit.HeldUntil > now ? limit.HeldUntil : null, limit.IsEntered);
}
