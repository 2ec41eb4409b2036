using System.Buffers.Binary;
using System.Numerics;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// The least that must be remembered of a tree to append to it and to know its root: its size and one hash for each
/// set bit of the size, at most 63. Not safe for several threads at once.
/// </summary>
public sealed class MerkleFrontier
{
    // Complete subtrees from the largest (left) to the smallest (right).
    private readonly List<MerkleHash> _peaks = [];

    /// <summary>Number of leaves appended so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root hash of RFC 6962 §2.1 over all leaves so far.</summary>
    public MerkleHash Root
    {
        get
        {
            if (_peaks.Count == 0)
                return MerkleHash.OfEmptyTree;
            var root = _peaks[^1];
            for (var i = _peaks.Count - 2; i >= 0; i--)
                root = MerkleHash.OfNode(_peaks[i], root);
            return root;
        }
    }

    /// <param name="leaf">Hash of the new leaf, see <see cref="MerkleHash.OfLeaf"/>.</param>
    /// <param name="completed">Called for the leaf and for each node that it completes, lowest first; for whoever stores nodes.</param>
    public void Append(MerkleHash leaf, Action<MerkleNode, MerkleHash>? completed = null)
    {
        var index = Size;
        var hash = leaf;
        completed?.Invoke(new MerkleNode(0, index), hash);
        for (var level = 1; (index & 1) == 1; level++)
        {
            hash = MerkleHash.OfNode(_peaks[^1], hash);
            _peaks.RemoveAt(_peaks.Count - 1);
            index >>= 1;
            completed?.Invoke(new MerkleNode(level, index), hash);
        }

        _peaks.Add(hash);
        Size++;
    }

    /// <summary>Eight bytes of size, most significant first, then the remembered hashes from left to right.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(long) + (_peaks.Count * MerkleHash.Size)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < _peaks.Count; i++)
            _peaks[i].CopyTo(bytes.AsSpan(sizeof(long) + (i * MerkleHash.Size)));
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a frontier: their number does not fit the size that they state.</exception>
    public static MerkleFrontier FromBytes(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length < sizeof(long) ? -1 : BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (size < 0 || bytes.Length != sizeof(long) + (BitOperations.PopCount((ulong)size) * MerkleHash.Size))
            throw new FormatException($"{bytes.Length} bytes are not the frontier of an audit tree.");
        var frontier = new MerkleFrontier { Size = size };
        for (var at = sizeof(long); at < bytes.Length; at += MerkleHash.Size)
            frontier._peaks.Add(MerkleHash.FromBytes(bytes.Slice(at, MerkleHash.Size)));
        return frontier;
    }
}
