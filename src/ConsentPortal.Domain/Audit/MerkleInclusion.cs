namespace ConsentPortal.Domain.Audit;

/// <summary>Proof that one leaf stands at one place of a tree (RFC 6962 §2.1.1, verification as in RFC 9162 §2.1.3.2).</summary>
public static class MerkleInclusion
{
    /// <summary>The stored nodes that <see cref="Prove"/> will ask for, so that they can be read in one query.</summary>
    public static IReadOnlyList<MerkleNode> NodesFor(long index, long size) =>
        [.. Path(index, size).SelectMany(range => range.Nodes())];

    /// <param name="index">Number of the leaf, from 0.</param>
    /// <param name="size">Leaves of the tree for which the proof is made; it may have grown since.</param>
    /// <param name="hashOf">Answers the hash of a complete subtree.</param>
    /// <returns>The hashes from the leaf's neighbour up to the root's child.</returns>
    public static IReadOnlyList<MerkleHash> Prove(long index, long size, Func<MerkleNode, MerkleHash> hashOf) =>
        [.. Path(index, size).Select(range => range.Hash(hashOf))];

    /// <summary>Whether <paramref name="proof"/> leads from the leaf to exactly this root; nonsense is false, never an error.</summary>
    public static bool Verify(MerkleHash leaf, long index, long size, IReadOnlyList<MerkleHash> proof, MerkleHash root)
    {
        if (index < 0 || index >= size)
            return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.OfNode(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHash.OfNode(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    private static List<MerkleRange> Path(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<MerkleRange>();
        var range = new MerkleRange(0, size);
        while (range.Count > 1)
        {
            var (left, right) = range.Split();
            var isLeft = index < left.End;
            path.Add(isLeft ? right : left);
            range = isLeft ? left : right;
        }

        path.Reverse();
        return path;
    }
}
