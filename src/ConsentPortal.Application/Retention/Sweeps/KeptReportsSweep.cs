using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>Kept reports whose time is over, and those whose making broke off a day ago. One on a purpose that is held stays.</summary>
internal sealed class KeptReportsSweep : RetentionSweep
{
    public override RecordClass Class => RecordClass.KeptReports;

    /// <summary>Each may be a hundred megabytes.</summary>
    public override int BatchSize => 5;

    public override Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken) => Due(scope).LongCountAsync(cancellationToken);

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken) =>
        await Due(scope).OrderBy(r => r.MadeAt).Take(Sampled).Select(r => new RetentionSample(r.Kind, r.MadeAt)).ToListAsync(cancellationToken);

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var ids = await Due(scope).OrderBy(r => r.MadeAt).Take(BatchSize).Select(r => r.Id).ToListAsync(cancellationToken);
        await scope.Db.KeptReports.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
        return new SweepStep(ids.Count, after, ids.Count == BatchSize);
    }

    private IQueryable<KeptReport> Due(SweepScope scope)
    {
        var (cutOff, broken, purposes) = (scope.CutOff(Class), scope.Now.AddDays(-1), scope.Held.Purposes);
        return scope.Db.KeptReports.AsNoTracking().Where(r => (r.MadeAt < cutOff || (!r.IsComplete && r.MadeAt < broken)) && (r.PurposeId == null || !purposes.Contains(r.PurposeId.Value)));
    }
}
