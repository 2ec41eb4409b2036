using ConsentPortal.Application.Database;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports.Undo;

/// <summary>
/// Removes the people whom an import added, as an erasure does: their key goes, the events stay as unreadable history, and
/// the number can be imported again. Whoever has been texted, has texted, or was changed since is kept, and so is whoever a legal hold is on.
/// </summary>
public sealed class PeopleRemoval(PortalDatabase database, SubscriberVault vault, SubscriberFactory factory)
{
    internal async Task<ImportUndone> RemoveAsync(ImportUndo undo, CancellationToken cancellationToken)
    {
        var done = ImportUndone.Nothing;
        SubscriberId? after = null;
        while (true)
        {
            var (step, last) = await database.WriteAsync(db => NextAsync(db, undo, after, cancellationToken), cancellationToken);
            done += step;
            if (last is null)
                return done;
            after = last;
        }
    }

    private async Task<(ImportUndone Step, SubscriberId? Last)> NextAsync(PortalDbContext db, ImportUndo undo, SubscriberId? after, CancellationToken cancellationToken)
    {
        var added = db.Subscribers.Where(s => s.ImportBatchId == undo.BatchId && s.ErasedAt == null);
        if (after is { } last)
            added = added.Where(s => s.Id > last);
        var people = await added.OrderBy(s => s.Id).Take(ImportUndo.AtOnce).ToListAsync(cancellationToken);
        if (people.Count == 0)
            return (ImportUndone.Nothing, null);
        var kept = await KeptAsync(db, undo, people.ConvertAll(s => s.Id), cancellationToken);
        var removed = people.Where(s => !kept.Contains(s.Id) && s.UpdatedAt == s.CreatedAt && s.MergedIntoId is null && !s.IsRestricted).ToList();
        await db.ForgetWordsAsync(removed.SelectMany(s => Words(s, vault.Open(s)!)), cancellationToken);
        await ForgetAsync(db, undo, removed.ConvertAll(s => s.Id), cancellationToken);
        foreach (var person in removed)
            person.Empty(undo.Now);
        await db.InsertAsync(removed.ConvertAll(s => undo.Entry("subscriber.removed", s.Id, [])), cancellationToken);
        return (ImportUndone.Nothing with { Removed = removed.Count, KeptPeople = people.Count - removed.Count }, people[^1].Id);
    }

    private IReadOnlyList<SearchWord> Words(Subscriber person, OpenedSubscriber opened) => factory.Words(person.Id, opened.Phone, opened.Profile);

    /// <summary>Those with whom something has happened that is not the import's, and those whose records a legal hold keeps.</summary>
    private static async Task<HashSet<SubscriberId>> KeptAsync(PortalDbContext db, ImportUndo undo, List<SubscriberId> ids, CancellationToken cancellationToken)
    {
        var reasons = db.ConsentEvents.Where(e => ids.Contains(e.SubscriberId) && e.ImportBatchId != undo.BatchId).Select(e => e.SubscriberId)
            .Union(db.OutboundMessages.Where(m => ids.Contains(m.SubscriberId) && m.State != MessageState.Skipped).Select(m => m.SubscriberId))
            .Union(db.InboundMessages.Where(m => m.SubscriberId != null && ids.Contains(m.SubscriberId.Value)).Select(m => m.SubscriberId!.Value))
            .Union(db.PrivacyRequests.Where(r => r.SubscriberId != null && ids.Contains(r.SubscriberId.Value)).Select(r => r.SubscriberId!.Value))
            .Union(db.SubscriberFacts.Where(f => ids.Contains(f.SubscriberId)).Select(f => f.SubscriberId));
        var held = await HeldRecords.AtAsync(db, undo.Now, cancellationToken);
        var byPurpose = db.ConsentRecords.Where(r => ids.Contains(r.SubscriberId) && held.Purposes.Contains(r.PurposeId)).Select(r => r.SubscriberId);
        return [.. await reasons.Union(byPurpose).ToListAsync(cancellationToken), .. held.People.Intersect(ids)];
    }

    private static async Task ForgetAsync(PortalDbContext db, ImportUndo undo, List<SubscriberId> ids, CancellationToken cancellationToken)
    {
        await db.SubscriberAttributes.Where(a => ids.Contains(a.SubscriberId)).ExecuteDeleteAsync(cancellationToken);
        await db.SegmentMembers.Where(m => ids.Contains(m.SubscriberId)).ExecuteDeleteAsync(cancellationToken);
        await db.ConsentEvents.Where(e => ids.Contains(e.SubscriberId)).ExecuteUpdateAsync(e => e.SetProperty(x => x.EvidenceSealed, (byte[]?)null), cancellationToken);
        await db.OutboundMessages.Where(m => ids.Contains(m.SubscriberId)).ExecuteUpdateAsync(m => m.SetProperty(x => x.BodySealed, (byte[]?)null).SetProperty(x => x.RefusedFields, (string?)null), cancellationToken);
        await db.NumberPeriods.Where(p => ids.Contains(p.SubscriberId))
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.PhoneHash, NumberPeriod.NoHash).SetProperty(x => x.To, x => x.To ?? undo.Now), cancellationToken);
    }
}
