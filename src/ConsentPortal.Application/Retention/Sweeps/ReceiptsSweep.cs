using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

internal sealed class ReceiptsSweep : RetentionSweep
{
    public override RecordClass Class => RecordClass.Receipts;

    public override Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken) => Due(scope).LongCountAsync(cancellationToken);

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken) =>
        await Due(scope).OrderBy(r => r.Id).Take(Sampled).Select(r => new RetentionSample(r.Status, r.ReceivedAt)).ToListAsync(cancellationToken);

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var ids = await Due(scope).Where(r => r.Id > after).OrderBy(r => r.Id).Take(BatchSize).Select(r => r.Id).ToListAsync(cancellationToken);
        await scope.Db.ReceivedReceipts.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(cancellationToken);
        return new SweepStep(ids.Count, ids.Count == 0 ? after : ids[^1], ids.Count == BatchSize);
    }

    private IQueryable<ReceivedReceipt> Due(SweepScope scope)
    {
        var (db, cutOff, people, purposes) = (scope.Db, scope.CutOff(Class), scope.Held.People, scope.Held.Purposes);
        return db.ReceivedReceipts.AsNoTracking().Where(r =>
            r.ReceivedAt < cutOff && !db.OutboundMessages.Any(m => m.Id == r.MessageId
                && (people.Contains(m.SubscriberId) || purposes.Contains(m.PurposeId) || db.ConsentRecords.Any(c => c.SubscriberId == m.SubscriberId && purposes.Contains(c.PurposeId)))));
    }
}
