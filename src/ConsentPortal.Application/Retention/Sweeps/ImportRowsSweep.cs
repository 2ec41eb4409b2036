using ConsentPortal.Application.Imports;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

internal sealed class ImportRowsSweep : RetentionSweep
{
    public override RecordClass Class => RecordClass.ImportRows;

    public override async Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken) =>
        await Issues(scope).LongCountAsync(cancellationToken) + await Changes(scope).LongCountAsync(cancellationToken);

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var (issues, changes) = (Issues(scope), Changes(scope));
        var batches = await Ended(scope).Where(b => issues.Any(i => i.BatchId == b.Id) || changes.Any(c => c.BatchId == b.Id))
            .OrderBy(b => b.StartedAt).Take(Sampled).Select(b => new { b.FileName, At = b.FinishedAt ?? b.StartedAt }).ToListAsync(cancellationToken);
        return [.. batches.Select(b => new RetentionSample(b.FileName, b.At))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var issues = await Issues(scope).OrderBy(i => i.Id).Take(BatchSize).Select(i => i.Id).ToListAsync(cancellationToken);
        var changes = await Changes(scope).OrderBy(c => c.Id).Take(BatchSize).Select(c => c.Id).ToListAsync(cancellationToken);
        await scope.Db.ImportIssues.Where(i => issues.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
        await scope.Db.ImportChanges.Where(c => changes.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
        return new SweepStep(issues.Count + changes.Count, 0, issues.Count == BatchSize || changes.Count == BatchSize);
    }

    private IQueryable<ImportBatch> Ended(SweepScope scope)
    {
        var cutOff = scope.CutOff(Class);
        return scope.Db.ImportBatches.AsNoTracking().Where(b =>
            (b.FinishedAt ?? b.StartedAt) < cutOff && b.State != ImportState.Running && b.State != ImportState.WaitingForApproval);
    }

    private IQueryable<ImportIssue> Issues(SweepScope scope)
    {
        var ended = Ended(scope);
        return scope.Db.ImportIssues.AsNoTracking().Where(i => ended.Any(b => b.Id == i.BatchId));
    }

    private IQueryable<ImportChange> Changes(SweepScope scope)
    {
        var (db, ended, people, purposes) = (scope.Db, Ended(scope), scope.Held.People, scope.Held.Purposes);
        var restricted = RestrictedPeople.Of(scope);
        return db.ImportChanges.AsNoTracking().Where(c =>
            ended.Any(b => b.Id == c.BatchId) && !people.Contains(c.SubscriberId) && !restricted.Any(id => id == c.SubscriberId) && !db.ConsentRecords.Any(r => r.SubscriberId == c.SubscriberId && purposes.Contains(r.PurposeId)));
    }
}
