namespace ConsentPortal.Domain.Audit;

/// <summary>
/// A whole tree in memory, about 64 bytes a leaf: for bundles, tests and small logs. A log in a database keeps the
/// nodes that <see cref="MerkleFrontier.Append"/> reports and proves with <see cref="MerkleInclusion"/> and
/// <see cref="MerkleConsistency"/> over them.
/// </summary>
public sealed class MerkleTree
{
    private readonly MerkleFrontier _frontier = new();
    private readonly List<List<MerkleHash>> _levels = [];

    public long Size => _frontier.Size;

    public MerkleHash Root => _frontier.Root;

    public void Append(MerkleHash leaf) => _frontier.Append(leaf, Remember);

    /// <param name="node">A complete subtree of this tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such complete subtree.</exception>
    public MerkleHash HashOf(MerkleNode node) =>
        node.Level >= 0 && node.Level < _levels.Count && node.Index >= 0 && node.Index < _levels[node.Level].Count
            ? _levels[node.Level][(int)node.Index]
            : throw new ArgumentOutOfRangeException(nameof(node), node, $"A tree of {Size} leaves has no such complete subtree.");

    /// <summary>The root that the tree had when it held only its first <paramref name="size"/> leaves.</summary>
    public MerkleHash RootAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleHash.OfEmptyTree : new MerkleRange(0, size).Hash(HashOf);
    }

    /// <inheritdoc cref="MerkleInclusion.Prove"/>
    public IReadOnlyList<MerkleHash> ProveInclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return MerkleInclusion.Prove(index, size, HashOf);
    }

    /// <inheritdoc cref="MerkleConsistency.Prove"/>
    public IReadOnlyList<MerkleHash> ProveConsistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, Size);
        return MerkleConsistency.Prove(oldSize, newSize, HashOf);
    }

    private void Remember(MerkleNode node, MerkleHash hash)
    {
        if (node.Level == _levels.Count)
            _levels.Add([]);
        _levels[node.Level].Add(hash);
    }
}
