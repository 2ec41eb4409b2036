using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Retention;

/// <summary>Changes for how long one class of records is kept. The next run goes by it.</summary>
public sealed class ChangeRetention(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, RecordClass records, int months, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageRetention);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var schedule = await StoredSchedule.ReadAsync(db, cancellationToken);
                var before = schedule.MonthsOf(records);
                if (!schedule.With(records, months).TryGet(out var changed, out var refused))
                    return refused;
                await StoredSchedule.WriteAsync(db, changed, cancellationToken);
                db.Audit(actor, now, new AuditFact("retention.changed", "retention", records.ToString(), Reason: reason.Trim(),
                    Before: new Dictionary<string, object?> { ["months"] = before }, After: new Dictionary<string, object?> { ["months"] = months }));
                return Done.Value;
            },
            cancellationToken);
    }
}
