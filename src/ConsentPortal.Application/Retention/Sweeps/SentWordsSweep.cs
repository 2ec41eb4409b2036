using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

internal sealed class SentWordsSweep(SubscriberVault vault) : RetentionSweep
{
    public override RecordClass Class => RecordClass.SentWords;

    public override Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken) => Due(scope).LongCountAsync(cancellationToken);

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var rows = await Due(scope).OrderBy(m => m.Id).Take(Sampled)
            .Join(scope.Db.Subscribers, m => m.SubscriberId, s => s.Id, (m, s) => new { At = m.SentAt ?? m.PlannedAt, Person = s }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new RetentionSample(Masked.Of(vault, r.Person), r.At))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var ids = await Due(scope).Where(m => m.Id > after).OrderBy(m => m.Id).Take(BatchSize).Select(m => m.Id).ToListAsync(cancellationToken);
        await scope.Db.OutboundMessages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(m => m.SetProperty(x => x.BodySealed, (byte[]?)null).SetProperty(x => x.RefusedFields, (string?)null), cancellationToken);
        return new SweepStep(ids.Count, ids.Count == 0 ? after : ids[^1], ids.Count == BatchSize);
    }

    private IQueryable<OutboundMessage> Due(SweepScope scope)
    {
        var (db, cutOff, people, purposes) = (scope.Db, scope.CutOff(Class), scope.Held.People, scope.Held.Purposes);
        var restricted = RestrictedPeople.Of(scope);
        return db.OutboundMessages.AsNoTracking().Where(m =>
            m.BodySealed != null && m.PlannedAt < cutOff && (m.SentAt == null || m.SentAt < cutOff)
            && m.State != MessageState.Planned && m.State != MessageState.Deferred && m.State != MessageState.Sending
            && !people.Contains(m.SubscriberId) && !purposes.Contains(m.PurposeId) && !restricted.Any(id => id == m.SubscriberId)
            && !db.ConsentRecords.Any(r => r.SubscriberId == m.SubscriberId && purposes.Contains(r.PurposeId)));
    }
}
