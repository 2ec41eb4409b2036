using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Compares the send ledger with what the log says of its texts: the newest word about a text is the state of its row, and there is a word about each
/// that was handed over since the log has named texts. Holds one byte for each text from the first one on; texts beyond <paramref name="most"/> of them are
/// another comparison's.
/// </summary>
/// <param name="first">The first id that is compared.</param>
/// <param name="most">How many ids.</param>
internal sealed class LedgerComparison(PortalDatabase database, long first, int most)
{
    public const int Most = 1 << 26;

    private const int PageSize = 1 << 16;
    private const int RowsAtOnce = 1_000;

    // The dispatcher works on meanwhile, so a row may be newer than the word, or the word than the row. No text changes in each of so many looks.
    private const int Looks = 4;

    // Beside the state of a row: whether the log would have named it.
    private const byte Nameable = 1 << 7;

    private readonly byte[]?[] _pages = new byte[(most + PageSize - 1) / PageSize][];

    private long? _later;
    private DateTimeOffset? _since;

    /// <summary>The comparison of the texts beyond these; null when there is no word about any, and no row that would need one.</summary>
    public LedgerComparison? Next => _later is { } later ? new LedgerComparison(database, later, most) { _since = _since } : null;

    // The last id that is compared here.
    private long Last => first + Math.Min(most - 1, long.MaxValue - first);

    /// <param name="words">In the order of the log.</param>
    /// <param name="at">When the first of them was written; null when there is none.</param>
    public void Take(IReadOnlyList<NamedText> words, DateTimeOffset? at)
    {
        _since ??= at;
        foreach (var word in words)
        {
            var place = word.Id - first;
            if (place >= most)
                _later = Math.Min(word.Id, _later ?? word.Id);
            else if (place >= 0)
                (_pages[place / PageSize] ??= new byte[PageSize])[place % PageSize] = (byte)word.State;
        }
    }

    /// <param name="size">How many sealed entries were taken; what came later is read here.</param>
    /// <returns>A problem for each text whose row says otherwise or is in no entry, at most so many.</returns>
    public async Task<IReadOnlyList<BundleProblem>> CompareAsync(long size, int mostProblems, CancellationToken cancellationToken)
    {
        var problems = new List<BundleProblem>();
        await using var db = database.Open();
        await TakeLaterAsync(db, size, cancellationToken);
        // Nobody's id is below the first one: the database counts up from one.
        if (first == 0)
            problems.AddRange((await NeedingAWord(db).Where(m => m.Id < 0).OrderBy(m => m.Id).Take(mostProblems).Select(m => new { m.Id, m.State }).ToListAsync(cancellationToken))
                .Select(row => Unnamed(row.Id, row.State)));
        var highest = await db.OutboundMessages.MaxAsync(m => (long?)m.Id, cancellationToken) ?? -1;
        for (var i = 0; i < _pages.Length && (long)i * PageSize <= Last - first && problems.Count < mostProblems; i++)
        {
            var from = first + ((long)i * PageSize);
            if (_pages[i] is null && from > highest)
                continue;
            problems.AddRange(await CompareAsync(db, from, _pages[i] ??= new byte[PageSize], size, cancellationToken));
            _pages[i] = null;
        }

        if (await NeedingAWord(db).Where(m => m.Id > Last).MinAsync(m => (long?)m.Id, cancellationToken) is { } beyond)
            _later = Math.Min(beyond, _later ?? beyond);
        return [.. problems.Take(mostProblems)];
    }

    private async Task<IEnumerable<BundleProblem>> CompareAsync(PortalDbContext db, long from, byte[] said, long size, CancellationToken cancellationToken)
    {
        var (to, rows) = (Math.Min(Last, from + Math.Min(PageSize - 1, long.MaxValue - from)), new byte[PageSize]);
        await ReadAsync(db.OutboundMessages.Where(m => m.Id >= from && m.Id <= to), from, rows, cancellationToken);
        var differing = Differing(Enumerable.Range(0, PageSize));
        for (var look = 1; look < Looks && differing.Count > 0; look++)
        {
            await TakeLaterAsync(db, size, cancellationToken);
            foreach (var some in differing.Chunk(RowsAtOnce))
                await ReadAgainAsync(db, from, rows, some, cancellationToken);
            differing = Differing(differing);
        }

        return differing.Select(place => said[place] == 0 ? Unnamed(from + place, StateOf(rows[place])) : Problem(from + place, (MessageState)said[place], StateOf(rows[place])));

        List<int> Differing(IEnumerable<int> places) => [.. places.Where(place => said[place] == 0 ? (rows[place] & Nameable) != 0 : said[place] != (byte)StateOf(rows[place]))];
    }

    private async Task ReadAgainAsync(PortalDbContext db, long from, byte[] rows, int[] places, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(places, place => from + place);
        foreach (var place in places)
            rows[place] = 0;
        await ReadAsync(db.OutboundMessages.Where(m => EF.Parameter(ids).Contains(m.Id)), from, rows, cancellationToken);
    }

    private async Task ReadAsync(IQueryable<OutboundMessage> texts, long from, byte[] rows, CancellationToken cancellationToken)
    {
        var since = _since ?? DateTimeOffset.MaxValue;
        await foreach (var row in texts.AsNoTracking().Select(m => new { m.Id, m.State, IsLater = m.PlannedAt > since || m.DecidedAt > since || m.SentAt > since })
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var needsWord = row is { IsLater: true, State: not (MessageState.Planned or MessageState.Deferred or MessageState.Skipped) };
            rows[row.Id - from] = (byte)((byte)row.State | (needsWord ? Nameable : 0));
        }
    }

    /// <summary>
    /// Rows that say that a text was handed over since the log has named texts. One that was only planned, or waited from the start, was not named yet, and one that was skipped
    /// may have been counted with its campaign; none of them claims that anything left, and whoever hands it over later names it.
    /// </summary>
    private IQueryable<OutboundMessage> NeedingAWord(PortalDbContext db)
    {
        var since = _since ?? DateTimeOffset.MaxValue;
        return db.OutboundMessages.AsNoTracking().Where(m => m.State != MessageState.Planned && m.State != MessageState.Deferred && m.State != MessageState.Skipped && (m.PlannedAt > since || m.DecidedAt > since || m.SentAt > since));
    }

    private static MessageState StateOf(byte row) => (MessageState)(row & ~Nameable);

    /// <summary>What was written since, sealed or not. The sealer may take an entry from the one list to the other between the two questions, never back.</summary>
    private async Task TakeLaterAsync(PortalDbContext db, long size, CancellationToken cancellationToken)
    {
        var entries = new SortedDictionary<long, (DateTimeOffset At, List<NamedText> Words)>();
        foreach (var list in new[] { db.AuditEntries.Where(e => e.LeafIndex == null), db.AuditEntries.Where(e => e.LeafIndex >= size) })
        {
            await foreach (var entry in list.AsNoTracking().Select(e => new { e.Id, e.At, e.Action, e.Leaf }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (!NamedTexts.IsNamedBy(entry.Action) || entries.ContainsKey(entry.Id))
                    continue;
                entries[entry.Id] = (entry.At, []);
                NamedTexts.Read(entry.Leaf, entries[entry.Id].Words);
            }
        }

        foreach (var (at, words) in entries.Values)
            Take(words, words.Count == 0 ? null : at);
    }

    private static BundleProblem Problem(long id, MessageState said, MessageState row) => new(null, BundleProblemKind.Ledger, row == 0
        ? $"Text {id} is not in the send ledger any more, and the log last says that it was {NamedTexts.WordOf(said)}: its row was taken out of the database."
        : $"Text {id} stands in the send ledger as {NamedTexts.WordOf(row)}, but the log last says {NamedTexts.WordOf(said)}: its row was changed in the database, past the portal.");
    private static BundleProblem Unnamed(long id, MessageState row) => new(null, BundleProblemKind.Ledger,
        $"Text {id} stands in the send ledger as {NamedTexts.WordOf(row)}, but no entry of the log names it: its row was put into the database, past the portal.");
}
