using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Finds entries so that a page costs the same at a thousand entries and at ten million. One index answers one actor and one action,
/// or one action on one kind of object, in the order of time; what spans several of them is their lists, merged.
/// </summary>
internal sealed class AuditSearch(PortalDbContext db, AuditQuery query)
{
    private IQueryable<AuditEntry> All => db.AuditEntries.AsNoTracking();

    /// <param name="atOnce">How many places are read of one list at a time: about as many as will be taken.</param>
    public async IAsyncEnumerable<AuditPlace> FindAsync(AuditPosition position, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new PriorityQueue<AuditStream, AuditPlace>(Comparer<AuditPlace>.Create((a, b) => position.IsUpwards ? a.CompareTo(b) : b.CompareTo(a)));
        await foreach (var list in ListsAsync(cancellationToken))
        {
            var stream = new AuditStream(list, query, position, atOnce);
            if (await stream.FillAsync(cancellationToken))
                next.Enqueue(stream, stream.Next);
        }

        while (next.TryDequeue(out var stream, out var place))
        {
            yield return place;
            stream.Pass();
            if (await stream.FillAsync(cancellationToken))
                next.Enqueue(stream, stream.Next);
        }
    }

    /// <summary>Lists that have no entry in common and together hold what is asked for.</summary>
    private IAsyncEnumerable<IQueryable<AuditEntry>> ListsAsync(CancellationToken cancellationToken)
    {
        if (query.Subject is { } subject)
            return OneAsync(All.Where(e => e.SubscriberId == subject));
        if (query.RequestId is { Length: > 0 } request)
            return OneAsync(All.Where(e => e.RequestId == request));
        if (query is { ObjectId.Length: > 0, ObjectKind.Length: > 0 })
            return OneAsync(All.Where(e => e.ObjectKind == query.ObjectKind && e.ObjectId == query.ObjectId));
        if (query.ObjectId is { Length: > 0 } id)
            return KindsAsync(All, kind => OfActions(All.Where(e => e.ObjectKind == kind && e.ObjectId == id)), cancellationToken);
        if (query.ActorId is { Length: > 0 } actor)
            return ActionsAsync(All.Where(e => e.ActorId == actor), action => All.Where(e => e.ActorId == actor && e.Action == action), cancellationToken);
        return NamesAnAction || query.ObjectKind is { Length: > 0 } ? ActionsOnKindsAsync(cancellationToken) : OneAsync(All);
    }

    private bool NamesAnAction => query.Group is { Length: > 0 } || query.Action is { Length: > 0 } || query.Outcome is not null || query.LeavesOutTexts;

    private async IAsyncEnumerable<IQueryable<AuditEntry>> OneAsync(IQueryable<AuditEntry> entries)
    {
        await Task.CompletedTask;
        yield return Narrowed(OfActions(entries));
    }

    private async IAsyncEnumerable<IQueryable<AuditEntry>> ActionsAsync(
        IQueryable<AuditEntry> among, Func<string, IQueryable<AuditEntry>> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var action in ActionsOfAsync(among, cancellationToken))
            yield return Narrowed(entries(action));
    }

    private async IAsyncEnumerable<IQueryable<AuditEntry>> ActionsOnKindsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var action in ActionsOfAsync(All, cancellationToken))
        {
            await foreach (var list in KindsAsync(All.Where(e => e.Action == action), kind => All.Where(e => e.Action == action && e.ObjectKind == kind), cancellationToken))
                yield return list;
        }
    }

    private async IAsyncEnumerable<IQueryable<AuditEntry>> KindsAsync(
        IQueryable<AuditEntry> among, Func<string, IQueryable<AuditEntry>> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = "";
        while (await FirstAfterAsync(among.Select(e => e.ObjectKind), last, cancellationToken) is { } kind)
        {
            if (query.ObjectKind is not { Length: > 0 } wanted || kind == wanted)
                yield return Narrowed(entries(kind));
            last = kind;
        }
    }

    /// <summary>The different actions, from one to the next along the index and never over the entries between.</summary>
    private async IAsyncEnumerable<string> ActionsOfAsync(IQueryable<AuditEntry> among, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = query.Group ?? "";
        while (await FirstAfterAsync(among.Select(e => e.Action), last, cancellationToken) is { } action)
        {
            if (query.Group is { Length: > 0 } group && !action.StartsWith(group, StringComparison.Ordinal))
                yield break;
            if (IsWanted(action))
                yield return action;
            last = action;
        }
    }

    private static Task<string?> FirstAfterAsync(IQueryable<string> words, string last, CancellationToken cancellationToken) =>
#pragma warning disable CA1309 // The database compares, in the order of its index; only this form becomes a query.
        words.Where(word => string.Compare(word, last) > 0).OrderBy(word => word).FirstOrDefaultAsync(cancellationToken);
#pragma warning restore CA1309

    private bool IsWanted(string action) =>
        (query.Group is not { Length: > 0 } group || action.StartsWith(group + ".", StringComparison.Ordinal))
        && (query.Action is not { Length: > 0 } wanted || action == wanted)
        && (query.Outcome is not { } outcome || AuditOutcomes.Of(action) == outcome)
        && !(query.LeavesOutTexts && NamedTexts.IsNamedBy(action));

    /// <summary>The same as <see cref="IsWanted"/>, for lists that are short whatever the actions in them.</summary>
    private IQueryable<AuditEntry> OfActions(IQueryable<AuditEntry> entries)
    {
        if (query.Group is { Length: > 0 } group)
        {
            var prefix = group + ".";
            entries = entries.Where(e => e.Action.StartsWith(prefix));
        }

        if (query.Action is { Length: > 0 } action)
            entries = entries.Where(e => e.Action == action);
        if (query.Outcome is AuditOutcome.NotDone)
            entries = entries.Where(e => AuditOutcomes.NotDone.Contains(e.Action));
        if (query.Outcome is AuditOutcome.Done)
            entries = entries.Where(e => !AuditOutcomes.NotDone.Contains(e.Action));
        if (query.LeavesOutTexts)
            entries = entries.Where(e => !e.Action.StartsWith(NamedTexts.Actions));
        return entries;
    }

    /// <summary>Everything that is asked for besides the action and the days.</summary>
    private IQueryable<AuditEntry> Narrowed(IQueryable<AuditEntry> entries)
    {
        if (query.ActorId is { Length: > 0 } actor)
            entries = entries.Where(e => e.ActorId == actor);
        if (query.ObjectKind is { Length: > 0 } kind)
            entries = entries.Where(e => e.ObjectKind == kind);
        if (query.ObjectId is { Length: > 0 } id)
            entries = entries.Where(e => e.ObjectId == id);
        if (query.Subject is { } subject)
            entries = entries.Where(e => e.SubscriberId == subject);
        if (query.RequestId is { Length: > 0 } request)
            entries = entries.Where(e => e.RequestId == request);
        return entries;
    }
}

/// <summary>One list of entries, read some at a time along its index.</summary>
internal sealed class AuditStream(IQueryable<AuditEntry> entries, AuditQuery query, AuditPosition position, int atOnce)
{
    private readonly Queue<AuditPlace> _ahead = [];
    private AuditPlace? _last = position.From;
    private bool _isEnd;

    public AuditPlace Next => _ahead.Peek();

    public void Pass() => _ahead.Dequeue();

    /// <returns>Whether there is a next one.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ahead.Count > 0)
            return true;
        if (_isEnd)
            return false;
        var (from, to) = (query.From, query.To);
        if (_last is { } last)
        {
            // One transaction may have given thousands of entries the same instant: two steps into the index, not a walk over those that were shown.
            if ((from is null || last.At >= from) && (to is null || last.At < to))
                await TakeAsync(OfInstant(last), cancellationToken);
            if (position.IsUpwards)
                from = Latest(from, last.At.AddTicks(1));
            else
                to = Earliest(to, last.At);
        }

        if (_ahead.Count < atOnce)
            await TakeAsync(Between(from, to), cancellationToken);
        _isEnd = _ahead.Count < atOnce;
        return _ahead.Count > 0;
    }

    private IQueryable<AuditEntry> OfInstant(AuditPlace last)
    {
        var (at, id) = (last.At, last.Id);
        return position.IsUpwards ? entries.Where(e => e.At == at && e.Id > id) : entries.Where(e => e.At == at && e.Id < id);
    }

    // Each bound at most once: of two on the same side the database would take either, and walk to the other.
    private IQueryable<AuditEntry> Between(DateTimeOffset? from, DateTimeOffset? to)
    {
        var some = entries;
        if (from is { } first)
            some = some.Where(e => e.At >= first);
        if (to is { } end)
            some = some.Where(e => e.At < end);
        return some;
    }

    private static DateTimeOffset Latest(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static DateTimeOffset Earliest(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;

    private async Task TakeAsync(IQueryable<AuditEntry> some, CancellationToken cancellationToken)
    {
        var ordered = position.IsUpwards ? some.OrderBy(e => e.At).ThenBy(e => e.Id) : some.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
        foreach (var found in await ordered.Select(e => new { e.At, e.Id }).Take(atOnce - _ahead.Count).ToListAsync(cancellationToken))
        {
            var place = new AuditPlace(found.At, found.Id);
            _ahead.Enqueue(place);
            _last = place;
        }
    }
}
