namespace ConsentPortal.Application.Database.Encryption;

/// <summary>Compares keyed hashes as what they are: bytes that are spread evenly already.</summary>
internal sealed class KeyedHashComparer : IEqualityComparer<byte[]>
{
    public static KeyedHashComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => BitConverter.ToInt32(obj, 0);
}
