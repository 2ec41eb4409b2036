using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention;

/// <param name="Holds">In force first, then those that have ended, newest first.</param>
/// <param name="Runs">Newest first.</param>
/// <param name="Purposes">That a hold can be on.</param>
/// <param name="BackupDays">For how long copies of the database live; null while nobody has said.</param>
public sealed record RetentionView(RetentionSchedule Schedule, IReadOnlyList<HoldView> Holds, IReadOnlyList<RetentionRun> Runs, IReadOnlyList<HoldablePurpose> Purposes, int? BackupDays);

public sealed record HoldablePurpose(PurposeId Id, string Name);

/// <param name="Person">The masked number; null where a purpose is held, or the person is gone.</param>
public sealed record HoldView(
    Guid Id, SubscriberId? SubscriberId, string? Person, string? Purpose, string Reason, DateTimeOffset PlacedAt, string PlacedBy, DateTimeOffset? Until, DateTimeOffset? LiftedAt, string? LiftedBy)
{
    public bool IsInForce(DateTimeOffset now) => LiftedAt is null && (Until is null || Until > now);
}

/// <summary>What the retention page shows: the schedule, the holds and the last runs.</summary>
public sealed class RetentionOverview(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    private const int RunsShown = 10;
    private const int HoldsShown = 200;

    public async Task<RetentionView> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        return new RetentionView(
            await StoredSchedule.ReadAsync(db, cancellationToken), await HoldsAsync(db, cancellationToken), await RunsAsync(db, cancellationToken),
            await db.Purposes.AsNoTracking().OrderBy(p => p.Name).Select(p => new HoldablePurpose(p.Id, p.Name)).ToListAsync(cancellationToken),
            await BackupLife.DaysAsync(db, cancellationToken));
    }

    private async Task<IReadOnlyList<HoldView>> HoldsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await (
            from hold in db.LegalHolds.AsNoTracking()
            join person in db.Subscribers on hold.SubscriberId equals (SubscriberId?)person.Id into people
            from person in people.DefaultIfEmpty()
            join purpose in db.Purposes on hold.PurposeId equals (PurposeId?)purpose.Id into purposes
            from purpose in purposes.DefaultIfEmpty()
            orderby hold.PlacedAt descending
            select new { Hold = hold, Person = person, Purpose = purpose == null ? null : purpose.Name }).Take(HoldsShown).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new HoldView(
                r.Hold.Id, r.Hold.SubscriberId, r.Person is null ? null : vault.Open(r.Person)?.Phone.ToString(), r.Purpose, r.Hold.Reason, r.Hold.PlacedAt, r.Hold.PlacedBy,
                r.Hold.Until, r.Hold.LiftedAt, r.Hold.LiftedBy)).OrderBy(h => h.IsInForce(now) ? 0 : 1),
        ];
    }

    private static async Task<IReadOnlyList<RetentionRun>> RunsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.Action == RunRetention.Finished).OrderByDescending(e => e.Id).Take(RunsShown).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return [.. entries.Select(e => new RetentionRun(e.At, e.ActorKind == ActorKind.Job ? "Daily job" : names.Of(e.ActorKind, e.ActorId), Counts(e)))];
    }

    private static Dictionary<RecordClass, long> Counts(AuditEntry entry)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        var after = leaf.RootElement.GetProperty("after");
        return Enum.GetValues<RecordClass>().Where(c => after.TryGetProperty(c.ToString(), out _)).ToDictionary(c => c, c => after.GetProperty(c.ToString()).GetInt64());
    }
}
