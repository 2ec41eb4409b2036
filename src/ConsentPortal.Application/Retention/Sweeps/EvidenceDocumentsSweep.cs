using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>Papers of people who are still there for another reason, or whose purposes keep them longer than the papers.</summary>
internal sealed class EvidenceDocumentsSweep(SubscriberVault vault) : RetentionSweep
{
    public override RecordClass Class => RecordClass.EvidenceDocuments;

    /// <summary>Each may be some megabytes.</summary>
    public override int BatchSize => 50;

    public override async Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var due in await DueAsync(scope, cancellationToken))
            count += await due.LongCountAsync(cancellationToken);
        return count;
    }

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var samples = new List<RetentionSample>();
        foreach (var due in await DueAsync(scope, cancellationToken))
        {
            var rows = await due.OrderBy(d => d.AddedAt).Take(Sampled).Select(d => new { d.AddedAt, Person = scope.Db.Subscribers.First(s => s.Id == d.SubscriberId) }).ToListAsync(cancellationToken);
            samples.AddRange(rows.Select(r => new RetentionSample(Masked.Of(vault, r.Person), r.AddedAt)));
        }

        return [.. samples.OrderBy(s => s.At).Take(Sampled)];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        foreach (var due in await DueAsync(scope, cancellationToken))
            ids.AddRange(await due.OrderBy(d => d.AddedAt).Take(BatchSize - ids.Count).Select(d => d.Id).ToListAsync(cancellationToken));
        await scope.Db.EvidenceDocuments.Where(d => ids.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
        return new SweepStep(ids.Count, after, ids.Count == BatchSize);
    }

    private async Task<IEnumerable<IQueryable<EvidenceDocument>>> DueAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var (db, cutOff) = (scope.Db, scope.CutOff(Class));
        var purposes = await db.Purposes.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        return QuietPeople.Due(scope, purposes, scope.Schedule.MonthsOf(Class))
            .Select(people => db.EvidenceDocuments.AsNoTracking().Where(d => d.AddedAt < cutOff && people.Any(p => p.Id == d.SubscriberId)));
    }
}
