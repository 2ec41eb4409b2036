using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>How much one member of staff, program or room has looked at people.</summary>
/// <param name="Reveals">Values behind the mask, in the days that were asked for.</param>
/// <param name="Pages">Masked: pages of people and of their requests, people whose texts the inbox showed, items of evidence.</param>
/// <param name="UsualReveals">Median of the days with any, over the time that the rule looks back; null where there are none.</param>
/// <param name="Unusual">Days among those asked for that stand out, newest first.</param>
public sealed record StaffLooks(ActorKind ActorKind, string ActorId, string Who, int Reveals, int Pages, double? UsualReveals, DateTimeOffset LastAt, IReadOnlyList<UnusualLooks> Unusual);

/// <param name="IsReveal">Values were revealed; otherwise masked pages were opened.</param>
public sealed record UnusualLooks(DateOnly Day, bool IsReveal, int Count, double? Median);

/// <summary>How often somebody looked on one day of UTC, as the database counted it.</summary>
/// <param name="Day">Days since 1 January of the year 1.</param>
/// <param name="LastTicks">The last of them, in ticks of UTC.</param>
internal sealed record LooksOfDay(int ActorKind, string ActorId, long Day, int Count, long LastTicks);

/// <summary>
/// Looks counted by who looked, by the audit trail. Days are those of UTC. Which stand out, <see cref="UnusualDays"/> says.
/// </summary>
public sealed class LooksByStaff(PortalDatabase database, TimeProvider clock)
{
    /// <param name="days">How many days back, today counted.</param>
    public async Task<IReadOnlyList<StaffLooks>> ListAsync(Actor actor, int days, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        return await ReadAsync(db, new DateTimeOffset(now.UtcDateTime.Date.AddDays(1 - days), TimeSpan.Zero), now.AddTicks(1), cancellationToken);
    }

    /// <summary>Read from one index for each kind of look, over the time and the time that the rule looks back.</summary>
    internal static async Task<IReadOnlyList<StaffLooks>> ReadAsync(PortalDbContext db, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var since = from.AddDays(-UnusualDays.DaysBack);
        var tallies = new Dictionary<(ActorKind, string), LookTally>();
        foreach (var (action, objectKind, kind) in LooksAtPeople.All)
        {
            foreach (var look in await db.LooksByDay(action, objectKind, since, to).ToListAsync(cancellationToken))
            {
                var actor = ((ActorKind)look.ActorKind, look.ActorId);
                if (!tallies.TryGetValue(actor, out var tally))
                    tallies[actor] = tally = new LookTally(from);
                tally.Add(look, LooksAtPeople.IsReveal(kind));
            }
        }

        var seen = tallies.Where(t => t.Value.IsSeen).ToList();
        var names = await ActorNames.OfAsync(db, seen.Select(t => t.Key), cancellationToken);
        return [.. seen.Select(t => t.Value.Of(t.Key.Item1, t.Key.Item2, names.Of(t.Key.Item1, t.Key.Item2))).OrderByDescending(l => l.Unusual.Count).ThenByDescending(l => l.Reveals).ThenByDescending(l => l.Pages).ThenBy(l => l.Who, StringComparer.Ordinal)];
    }

    private sealed class LookTally(DateTimeOffset from)
    {
        private readonly Dictionary<DateOnly, int> _reveals = [];
        private readonly Dictionary<DateOnly, int> _pages = [];
        private readonly DateOnly _first = DateOnly.FromDateTime(from.UtcDateTime);
        private DateTimeOffset _last;

        /// <summary>Whether there is a look in the days that were asked for.</summary>
        public bool IsSeen => _last >= from;

        public void Add(LooksOfDay looks, bool isReveal)
        {
            var (days, day, last) = (isReveal ? _reveals : _pages, DateOnly.FromDayNumber((int)looks.Day), new DateTimeOffset(looks.LastTicks, TimeSpan.Zero));
            days[day] = days.GetValueOrDefault(day) + looks.Count;
            _last = last > _last ? last : _last;
        }

        public StaffLooks Of(ActorKind kind, string id, string who) => new(
            kind, id, who, Since(_reveals), Since(_pages), UnusualDays.MedianOf(_reveals.Values), _last,
            [.. Standing(_reveals, UnusualDays.LeastReveals, isReveal: true).Concat(Standing(_pages, UnusualDays.LeastPages, isReveal: false)).OrderByDescending(d => d.Day)]);

        private int Since(Dictionary<DateOnly, int> days) => days.Where(d => d.Key >= _first).Sum(d => d.Value);

        private IEnumerable<UnusualLooks> Standing(Dictionary<DateOnly, int> days, int least, bool isReveal) =>
            UnusualDays.In(days, least).Where(d => d.Day >= _first).Select(d => new UnusualLooks(d.Day, isReveal, d.Count, d.Median));
    }
}
