using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Says what was done to entries whose signed root does not fit although each fits its own hash. No two leaves are alike, so the
/// same hash twice is a copy; and the sealer goes by the order of writing, so entries against that order changed places.
/// </summary>
internal sealed class BrokenRange(PortalDatabase database, long from, long to)
{
    private const int MostProblems = 20;

    public async Task<IReadOnlyList<BundleProblem>> NameAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var range = await db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex >= from && e.LeafIndex < to).OrderBy(e => e.LeafIndex)
            .Select(e => new Placed(e.LeafIndex!.Value, e.Id, e.At, e.Leaf)).ToListAsync(cancellationToken);
        var copies = await CopiesAsync(db, range, cancellationToken);
        var copied = copies.Select(c => c.Index).ToHashSet();
        return [.. copies.Concat(Swapped([.. range.Where(e => !copied.Contains(e.Place))])).Take(MostProblems)];
    }

    private static async Task<List<BundleProblem>> CopiesAsync(PortalDbContext db, List<Placed> range, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<MerkleHash, long>();
        foreach (var entry in range)
            wanted.TryAdd(MerkleHash.OfLeaf(entry.Leaf), entry.Place);
        var problems = new List<BundleProblem>();
        await foreach (var other in db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex != null && e.LeafHash != null).OrderBy(e => e.LeafIndex)
            .Select(e => new { Place = e.LeafIndex!.Value, Hash = e.LeafHash! }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (wanted.TryGetValue(MerkleHash.FromBytes(other.Hash), out var place) && place != other.Place)
                problems.Add(new BundleProblem(place, BundleProblemKind.Duplicated, $"Entry {place} stands once more as entry {other.Place}."));
        }

        return problems;
    }

    private static IEnumerable<BundleProblem> Swapped(List<Placed> range)
    {
        for (var i = 1; i < range.Count; i++)
        {
            if (range[i].Id < range[i - 1].Id || range[i].At < range[i - 1].At)
                yield return new BundleProblem(range[i].Place, BundleProblemKind.Swapped, $"Entry {range[i].Place} was written before entry {range[i - 1].Place}: the order was changed.");
        }
    }

    private sealed record Placed(long Place, long Id, DateTimeOffset At, byte[] Leaf);
}
