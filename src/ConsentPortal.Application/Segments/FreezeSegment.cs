using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Done">How many people of the list have been gone through.</param>
public sealed record FreezeProgress(int Done, int Total);

/// <summary>
/// Keeps the people whom a rule means at this moment as a static list: a segment of its own whose rule names its own members, so that
/// campaigns can be aimed at it and other rules can take it in or leave it out. They are read at one instant and written some thousand at a time, so that
/// nobody waits long for the database however many they are; until the last is written the list is hidden, and one that does not get that far is taken away whole.
/// </summary>
public sealed class FreezeSegment(PortalDatabase database, Leases leases, TimeProvider clock)
{
    internal const int Lot = 2_000;

    /// <summary>Whoever wants to write meanwhile, a STOP among them, waits for so many.</summary>
    internal int PeopleAtOnce { get; init; } = Lot;

    public Task<Result<SegmentId>> ExecuteAsync(Actor actor, SegmentRule rule, string name, CancellationToken cancellationToken) => ExecuteAsync(actor, rule, name, null, cancellationToken);

    /// <param name="name">Of the list.</param>
    /// <param name="progress">Told before the first people are written, and after each lot of them.</param>
    public async Task<Result<SegmentId>> ExecuteAsync(Actor actor, SegmentRule rule, string name, Action<FreezeProgress>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSegments);
        if (name.Trim() is not { Length: >= 3 and <= 100 } trimmed)
            return new FieldRefused(nameof(name), "Give the list a name of 3 to 100 characters.");
        if (rule.Check() is { Count: > 0 } problems)
            return new SegmentRuleRefused(problems);
        var now = clock.GetUtcNow();
        if (!(await PeopleAsync(rule, trimmed, now, cancellationToken)).TryGet(out var people, out var refused))
            return refused;
        var id = SegmentId.New(now);
        var lease = new WorkLease(leases, clock, UnfinishedList.LeaseOf(id));
        await lease.HoldAsync(cancellationToken);
        try
        {
            return await MakeAsync(new Making(actor, id, trimmed, rule, people, now), lease, progress, cancellationToken);
        }
        finally
        {
            await lease.ReleaseAsync();
        }
    }

    private sealed record Making(Actor Actor, SegmentId Id, string Name, SegmentRule Rule, List<SubscriberId> People, DateTimeOffset At);

    /// <summary>All of one instant: 16 bytes a person in memory.</summary>
    private async Task<Result<List<SubscriberId>>> PeopleAsync(SegmentRule rule, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Segments.AnyAsync(s => s.Name == name, cancellationToken))
            return SaveSegment.NameTaken(nameof(name));
        if (!(await SegmentAudience.CompleteAsync(db, rule, of: null, cancellationToken)).TryGet(out var whole, out var incomplete))
            return incomplete;
        var people = await SegmentTranslator.PeopleInOrder(db, whole, await RuleMoments.AtAsync(db, now, cancellationToken)).Select(s => s.Id).ToListAsync(cancellationToken);
        return people.Count == 0 ? new NobodyToFreeze() : people;
    }

    private async Task<Result<SegmentId>> MakeAsync(Making list, WorkLease lease, Action<FreezeProgress>? progress, CancellationToken cancellationToken)
    {
        if (await BeginAsync(list, cancellationToken) is { } refused)
            return refused;
        try
        {
            progress?.Invoke(new FreezeProgress(0, list.People.Count));
            for (var done = 0; done < list.People.Count; done += PeopleAtOnce)
            {
                await lease.HoldAsync(cancellationToken);
                var some = list.People[done..Math.Min(done + PeopleAtOnce, list.People.Count)];
                await database.WriteAsJobAsync(db => AddAsync(db, list.Id, some, cancellationToken), cancellationToken);
                progress?.Invoke(new FreezeProgress(done + some.Count, list.People.Count));
            }

            await database.WriteAsync(db => EndAsync(db, list, cancellationToken), cancellationToken);
            return list.Id;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await UnfinishedList.TakeAwayAsync(database, list.Actor, list.Id, "It was stopped before all people were written.", clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
        catch
        {
            await UnfinishedList.TakeAwayAsync(database, list.Actor, list.Id, "It ended because of an error.", clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
    }

    /// <returns>Why there is no such list; null when it has begun.</returns>
    private async Task<Failure?> BeginAsync(Making list, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Failure?>(
                async db =>
                {
                    if (await db.Segments.AnyAsync(s => s.Name == list.Name, cancellationToken))
                        return SaveSegment.NameTaken(nameof(list.Name));
                    db.Segments.Add(new Segment { Id = list.Id, Name = list.Name, CreatedAt = list.At, ArchivedAt = list.At });
                    db.Audit(list.Actor, list.At, new AuditFact("segment.freezeBegun", "segment", list.Id.ToString(), After: new Dictionary<string, object?>
                    {
                        ["name"] = list.Name, ["people"] = list.People.Count, ["rule"] = list.Rule.Sentence(await SegmentAudience.NamesAsync(db, cancellationToken)),
                    }));
                    return null;
                },
                cancellationToken);
        }
        catch (DbUpdateException problem) when (IsTaken(problem))
        {
            return new ChangedMeanwhile();
        }
    }

    // Somebody else took the name at the same moment.
    private bool IsTaken(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }

    private static async Task AddAsync(PortalDbContext db, SegmentId list, List<SubscriberId> people, CancellationToken cancellationToken)
    {
        if (!await db.Segments.AnyAsync(s => s.Id == list && s.CurrentVersion == 0, cancellationToken))
            throw new InvalidOperationException($"List {list} was taken for one whose process had died, and is gone.");
        var (ids, gone) = (people.ToArray(), await GoneAsync(db, people, cancellationToken));
        // What happens to a record between two lots is done to the list, too: a merge may have brought the record that goes on already.
        var there = await db.SegmentMembers.AsNoTracking().Where(m => m.SegmentId == list && EF.Parameter(ids).Contains(m.SubscriberId)).Select(m => m.SubscriberId).ToHashSetAsync(cancellationToken);
        there.UnionWith(gone.Keys);
        var added = people.Where(id => !there.Contains(id)).ToHashSet();
        added.UnionWith(await GoingOnAsync(db, list, gone, cancellationToken));
        await db.InsertAsync<SegmentMember>([.. added.Select(person => new SegmentMember { SegmentId = list, SubscriberId = person })], cancellationToken);
    }

    /// <summary>Who was erased, merged or removed since the people were read, with the record that goes on.</summary>
    private static async Task<Dictionary<SubscriberId, SubscriberId?>> GoneAsync(PortalDbContext db, List<SubscriberId> people, CancellationToken cancellationToken)
    {
        var ids = people.ToArray();
        var records = await db.Subscribers.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.Id))
            .Select(s => new { s.Id, IsGone = s.ErasedAt != null || s.MergedIntoId != null, s.MergedIntoId }).ToDictionaryAsync(s => s.Id, cancellationToken);
        return people.Where(id => records.GetValueOrDefault(id) is not { IsGone: false }).ToDictionary(id => id, id => records.GetValueOrDefault(id)?.MergedIntoId);
    }

    /// <summary>The records into which some were merged, as far as they are not on the list yet: a merge takes the lists along.</summary>
    private static async Task<List<SubscriberId>> GoingOnAsync(PortalDbContext db, SegmentId list, Dictionary<SubscriberId, SubscriberId?> gone, CancellationToken cancellationToken)
    {
        var kept = gone.Values.OfType<SubscriberId>().Distinct().ToArray();
        return kept.Length == 0
            ? []
            : await db.Subscribers.AsNoTracking().Where(s => EF.Parameter(kept).Contains(s.Id) && s.ErasedAt == null && s.MergedIntoId == null && !db.SegmentMembers.Any(m => m.SegmentId == list && m.SubscriberId == s.Id))
                .Select(s => s.Id).ToListAsync(cancellationToken);
    }

    private static async Task EndAsync(PortalDbContext db, Making list, CancellationToken cancellationToken)
    {
        var segment = await db.Segments.SingleAsync(s => s.Id == list.Id && s.CurrentVersion == 0, cancellationToken);
        var names = await SegmentAudience.NamesAsync(db, cancellationToken);
        var itself = new AllOf([new OnList(list.Id)]);
        (segment.CurrentVersion, segment.ArchivedAt) = (1, null);
        db.SegmentVersions.Add(new SegmentVersion
        {
            SegmentId = list.Id, Version = 1, RuleJson = SegmentRuleJson.Write(itself), Sentence = itself.Sentence(names with { Lists = new Dictionary<SegmentId, string> { [list.Id] = list.Name } }),
            At = list.At, AuthorId = Guid.TryParse(list.Actor.Id, out var author) ? author : Guid.Empty,
        });
        db.Audit(list.Actor, list.At, new AuditFact("segment.frozen", "segment", list.Id.ToString(), After: new Dictionary<string, object?>
        {
            ["name"] = list.Name, ["people"] = await db.SegmentMembers.CountAsync(m => m.SegmentId == list.Id, cancellationToken), ["rule"] = list.Rule.Sentence(names),
        }));
    }
}

public sealed record NobodyToFreeze() : Failure("The rule means nobody at this moment, so there is nothing to keep. No list was made.");
