using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Compares the send ledger with what the log says of its texts: the newest word about a text is the state of its row. Holds one byte for each text from
/// the first one on; texts beyond <paramref name="most"/> of them are another comparison's.
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

    private readonly byte[]?[] _pages = new byte[(most + PageSize - 1) / PageSize][];

    private long? _later;

    /// <summary>The comparison of the texts beyond these; null when there is no word about any.</summary>
    public LedgerComparison? Next => _later is { } later ? new LedgerComparison(database, later, most) : null;

    /// <param name="words">In the order of the log.</param>
    public void Take(IReadOnlyList<NamedText> words)
    {
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
    /// <returns>A problem for each text whose row says otherwise, at most so many.</returns>
    public async Task<IReadOnlyList<BundleProblem>> CompareAsync(long size, int mostProblems, CancellationToken cancellationToken)
    {
        var problems = new List<BundleProblem>();
        await using var db = database.Open();
        await TakeLaterAsync(db, size, cancellationToken);
        for (var i = 0; i < _pages.Length && problems.Count < mostProblems; i++)
        {
            if (_pages[i] is { } page)
                problems.AddRange(await CompareAsync(db, first + ((long)i * PageSize), page, size, cancellationToken));
        }

        return [.. problems.Take(mostProblems)];
    }

    private async Task<IEnumerable<BundleProblem>> CompareAsync(PortalDbContext db, long from, byte[] said, long size, CancellationToken cancellationToken)
    {
        var (to, rows) = (from + PageSize, new byte[PageSize]);
        await foreach (var row in db.OutboundMessages.AsNoTracking().Where(m => m.Id >= from && m.Id < to).Select(m => new { m.Id, m.State }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            rows[row.Id - from] = (byte)row.State;
        var differing = Differing(Enumerable.Range(0, PageSize));
        for (var look = 1; look < Looks && differing.Count > 0; look++)
        {
            await TakeLaterAsync(db, size, cancellationToken);
            foreach (var some in differing.Chunk(RowsAtOnce))
                await ReadAgainAsync(db, from, rows, some, cancellationToken);
            differing = Differing(differing);
        }

        return differing.Select(place => Problem(from + place, (MessageState)said[place], (MessageState)rows[place]));

        List<int> Differing(IEnumerable<int> places) => [.. places.Where(place => said[place] != 0 && said[place] != rows[place])];
    }

    private static async Task ReadAgainAsync(PortalDbContext db, long from, byte[] rows, int[] places, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(places, place => from + place);
        foreach (var place in places)
            rows[place] = 0;
        await foreach (var row in db.OutboundMessages.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Id)).Select(m => new { m.Id, m.State }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            rows[row.Id - from] = (byte)row.State;
    }

    /// <summary>What was written since, sealed or not. The sealer may take an entry from the one list to the other between the two questions, never back.</summary>
    private async Task TakeLaterAsync(PortalDbContext db, long size, CancellationToken cancellationToken)
    {
        var entries = new SortedDictionary<long, List<NamedText>>();
        foreach (var list in new[] { db.AuditEntries.Where(e => e.LeafIndex == null), db.AuditEntries.Where(e => e.LeafIndex >= size) })
        {
            await foreach (var entry in list.AsNoTracking().Select(e => new { e.Id, e.Action, e.Leaf }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (NamedTexts.IsNamedBy(entry.Action) && !entries.ContainsKey(entry.Id))
                    NamedTexts.Read(entry.Leaf, entries[entry.Id] = []);
            }
        }

        foreach (var words in entries.Values)
            Take(words);
    }

    private static BundleProblem Problem(long id, MessageState said, MessageState row) => new(null, BundleProblemKind.Ledger, row == 0
        ? $"Text {id} is not in the send ledger any more, and the log last says that it was {NamedTexts.WordOf(said)}: its row was taken out of the database."
        : $"Text {id} stands in the send ledger as {NamedTexts.WordOf(row)}, but the log last says {NamedTexts.WordOf(said)}: its row was changed in the database, past the portal.");
}
