using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>Whole texts and the parts of long ones. What nobody has read yet keeps its words.</summary>
internal sealed class ReceivedWordsSweep(SubscriberVault vault) : RetentionSweep
{
    public override RecordClass Class => RecordClass.ReceivedWords;

    public override async Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken) =>
        await Texts(scope).LongCountAsync(cancellationToken) + await Parts(scope).LongCountAsync(cancellationToken);

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var rows = await (
            from text in Texts(scope)
            join person in scope.Db.Subscribers on text.SubscriberId equals (Domain.Subscribers.SubscriberId?)person.Id into people
            from person in people.DefaultIfEmpty()
            orderby text.Id
            select new { text.ReceivedAt, Person = person }).Take(Sampled).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new RetentionSample(Masked.Of(vault, r.Person), r.ReceivedAt))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var texts = await Texts(scope).Where(m => m.Id > after).OrderBy(m => m.Id).Take(BatchSize).Select(m => m.Id).ToListAsync(cancellationToken);
        var parts = await Parts(scope).OrderBy(p => p.Id).Take(BatchSize).Select(p => p.Id).ToListAsync(cancellationToken);
        await scope.Db.InboundMessages.Where(m => texts.Contains(m.Id)).ExecuteUpdateAsync(m => m.SetProperty(x => x.BodySealed, (byte[]?)null), cancellationToken);
        await scope.Db.ReceivedParts.Where(p => parts.Contains(p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.TextSealed, (byte[]?)null), cancellationToken);
        return new SweepStep(texts.Count + parts.Count, texts.Count == 0 ? after : texts[^1], texts.Count == BatchSize || parts.Count == BatchSize);
    }

    private IQueryable<InboundMessage> Texts(SweepScope scope)
    {
        var (db, cutOff, people, purposes) = (scope.Db, scope.CutOff(Class), scope.Held.People, scope.Held.Purposes);
        var restricted = RestrictedPeople.Of(scope);
        return db.InboundMessages.AsNoTracking().Where(m =>
            m.BodySealed != null && m.ReceivedAt < cutOff && m.Review != ReviewState.Waiting && m.Review != ReviewState.ToCheck
            && (m.SubscriberId == null
                || (!people.Contains(m.SubscriberId.Value) && !restricted.Any(id => id == m.SubscriberId) && !db.ConsentRecords.Any(r => r.SubscriberId == m.SubscriberId && purposes.Contains(r.PurposeId)))));
    }

    private IQueryable<ReceivedPart> Parts(SweepScope scope)
    {
        var (db, cutOff, people, purposes) = (scope.Db, scope.CutOff(Class), scope.Held.People, scope.Held.Purposes);
        var restricted = RestrictedPeople.Of(scope);
        return db.ReceivedParts.AsNoTracking().Where(p =>
            p.TextSealed != null && p.ReadAt != null && p.ReceivedAt < cutOff
            && !people.Contains(p.SubscriberId) && !restricted.Any(id => id == p.SubscriberId) && !db.ConsentRecords.Any(r => r.SubscriberId == p.SubscriberId && purposes.Contains(r.PurposeId)));
    }
}
