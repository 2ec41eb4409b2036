using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// A SHA-256 value of the audit tree, hashed as RFC 6962 §2.1 says: leaves and nodes carry different first bytes, so
/// that no leaf can be passed off as a node.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>Bytes of one hash.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int LongestOnStack = 1024;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash OfEmptyTree { get; } = FromBytes(SHA256.HashData([]));

    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    public static MerkleHash FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? MemoryMarshal.Read<MerkleHash>(bytes)
            : throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>SHA-256(0x00 ‖ leaf).</summary>
    public static MerkleHash OfLeaf(ReadOnlySpan<byte> leaf)
    {
        Span<byte> message = leaf.Length < LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[leaf.Length + 1];
        message = message[..(leaf.Length + 1)];
        message[0] = LeafPrefix;
        leaf.CopyTo(message[1..]);
        return Hash(message);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static MerkleHash OfNode(MerkleHash left, MerkleHash right)
    {
        Span<byte> message = stackalloc byte[1 + Size + Size];
        message[0] = NodePrefix;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + Size)..]);
        return Hash(message);
    }

    /// <summary>Reads standard base64 of exactly <see cref="Size"/> bytes; false for anything else.</summary>
    public static bool TryFromBase64(ReadOnlySpan<char> text, out MerkleHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isHash = text.Length == 44 && Convert.TryFromBase64Chars(text, bytes, out var written) && written == Size;
        hash = isHash ? FromBytes(bytes) : default;
        return isHash && hash.ToBase64().AsSpan().SequenceEqual(text);
    }

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public string ToBase64() => Convert.ToBase64String(ToBytes());

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    public bool Equals(MerkleHash other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    public override int GetHashCode() => _first.GetHashCode();

    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    private static MerkleHash Hash(ReadOnlySpan<byte> message)
    {
        Span<byte> bytes = stackalloc byte[Size];
        SHA256.HashData(message, bytes);
        return FromBytes(bytes);
    }
}
