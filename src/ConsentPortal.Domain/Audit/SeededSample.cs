using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// Draws a sample that anybody can draw again: of all ids those with the smallest SHA-256 over "seed:id" (UTF-8), in the order of
/// these hashes. Holds no more than the sample, however many ids pass.
/// </summary>
public sealed class SeededSample(string seed, int size)
{
    private static readonly Comparer<byte[]> Largest = Comparer<byte[]>.Create((a, b) => b.AsSpan().SequenceCompareTo(a));

    private readonly PriorityQueue<long, byte[]> _drawn = new(Largest);

    /// <summary>How many ids have passed.</summary>
    public long Population { get; private set; }

    public void Offer(long id)
    {
        Population++;
        var lot = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{id}")));
        if (_drawn.Count < size)
            _drawn.Enqueue(id, lot);
        else if (size > 0)
            _drawn.EnqueueDequeue(id, lot);
    }

    /// <summary>The ids in the order of their hashes.</summary>
    public IReadOnlyList<long> Drawn =>
        [.. _drawn.UnorderedItems.OrderBy(item => item.Priority, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))).Select(item => item.Element)];
}
