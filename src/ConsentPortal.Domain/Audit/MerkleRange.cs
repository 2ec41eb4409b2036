using System.Numerics;
using System.Runtime.InteropServices;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// The leaves from <paramref name="Start"/> up to, but not with, <paramref name="End"/>, as RFC 6962 splits them: never
/// empty, and starting where a subtree that holds them all may start.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MerkleRange(long Start, long End)
{
    public long Count => End - Start;

    /// <summary>Where RFC 6962 splits: after the largest power of two of leaves that leaves something to the right.</summary>
    public (MerkleRange Left, MerkleRange Right) Split()
    {
        var middle = Start + (1L << BitOperations.Log2((ulong)(Count - 1)));
        return (this with { End = middle }, this with { Start = middle });
    }

    /// <summary>The complete subtrees that make up the range, from left to right.</summary>
    public IEnumerable<MerkleNode> Nodes()
    {
        var start = Start;
        while (start < End)
        {
            var level = BitOperations.Log2((ulong)(End - start));
            yield return new MerkleNode(level, start >> level);
            start += 1L << level;
        }
    }

    public MerkleHash Hash(Func<MerkleNode, MerkleHash> hashOf)
    {
        var hashes = Nodes().Select(hashOf).ToList();
        var hash = hashes[^1];
        for (var i = hashes.Count - 2; i >= 0; i--)
            hash = MerkleHash.OfNode(hashes[i], hash);
        return hash;
    }
}
