using System.Numerics;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// Proof that a later tree only appended to an earlier one (RFC 6962 §2.1.2, verification as in RFC 9162 §2.1.4.2): what
/// turns a remembered checkpoint into evidence against a rewritten or rolled-back log.
/// </summary>
public static class MerkleConsistency
{
    /// <summary>The stored nodes that <see cref="Prove"/> will ask for, so that they can be read in one query.</summary>
    public static IReadOnlyList<MerkleNode> NodesFor(long oldSize, long newSize) =>
        [.. Path(oldSize, newSize).SelectMany(range => range.Nodes())];

    /// <param name="oldSize">Leaves of the earlier tree; 0 and <paramref name="newSize"/> give an empty proof.</param>
    /// <param name="newSize">Leaves of the later tree, not fewer.</param>
    /// <param name="hashOf">Answers the hash of a complete subtree.</param>
    public static IReadOnlyList<MerkleHash> Prove(long oldSize, long newSize, Func<MerkleNode, MerkleHash> hashOf) =>
        [.. Path(oldSize, newSize).Select(range => range.Hash(hashOf))];

    /// <summary>Whether the tree of <paramref name="newRoot"/> starts with exactly the leaves of <paramref name="oldRoot"/>.</summary>
    public static bool Verify(
        long oldSize, MerkleHash oldRoot, long newSize, MerkleHash newRoot, IReadOnlyList<MerkleHash> proof)
    {
        if (oldSize < 0 || oldSize > newSize)
            return false;
        if (oldSize == newSize)
            return proof.Count == 0 && oldRoot == newRoot;
        if (oldSize == 0)
            return proof.Count == 0 && oldRoot == MerkleHash.OfEmptyTree;

        // A complete earlier tree is itself a node of the later one, so the proof leaves it out.
        IEnumerable<MerkleHash> hashes = BitOperations.IsPow2(oldSize) ? proof.Prepend(oldRoot) : proof;
        return Climb(oldSize - 1, newSize - 1, [.. hashes], out var reachedOld, out var reachedNew)
            && reachedOld == oldRoot && reachedNew == newRoot;
    }

    private static bool Climb(long node, long last, MerkleHash[] hashes, out MerkleHash old, out MerkleHash @new)
    {
        (old, @new) = (default, default);
        if (hashes.Length == 0)
            return false;
        while ((node & 1) == 1)
            (node, last) = (node >> 1, last >> 1);
        (old, @new) = (hashes[0], hashes[0]);
        foreach (var sibling in hashes.AsSpan(1))
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                old = MerkleHash.OfNode(sibling, old);
                @new = MerkleHash.OfNode(sibling, @new);
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                @new = MerkleHash.OfNode(@new, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0;
    }

    private static List<MerkleRange> Path(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<MerkleRange>();
        if (oldSize == 0 || oldSize == newSize)
            return path;
        var range = new MerkleRange(0, newSize);
        while (oldSize != range.End)
        {
            var (left, right) = range.Split();
            var isLeft = oldSize <= left.End;
            path.Add(isLeft ? right : left);
            range = isLeft ? left : right;
        }

        if (range.Start != 0)
            path.Add(range);
        path.Reverse();
        return path;
    }
}
