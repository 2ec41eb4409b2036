using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Database.Encryption;

/// <summary>
/// The data key of one person. Everything readable about them is sealed with it: AES-256-GCM, a fresh nonce each time,
/// bound to the person and the field, so that a blob moved to another row or column does not open.
/// Blob: version 1 ‖ nonce (12) ‖ tag (16) ‖ ciphertext.
/// </summary>
public sealed class SubjectKey : IDisposable
{
    private const byte BlobVersion = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + NonceSize + TagSize;

    private static readonly JsonSerializerOptions Compact = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly AesGcm _cipher;
    private readonly byte[] _context = new byte[17];

    internal SubjectKey(byte[] key, SubscriberId subscriber)
    {
        _cipher = new AesGcm(key, TagSize);
        subscriber.Value.TryWriteBytes(_context, bigEndian: true, out _);
    }

    public byte[] Seal(string text, SealedField field)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var blob = Seal(plain, field);
        CryptographicOperations.ZeroMemory(plain);
        return blob;
    }

    /// <summary>Seals a value as JSON; what it lacks is left out, because millions of these are kept.</summary>
    public byte[] SealJson<T>(T value, SealedField field)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(value, Compact);
        var blob = Seal(plain, field);
        CryptographicOperations.ZeroMemory(plain);
        return blob;
    }

    /// <summary>Seals bytes, such as a file, in the same form as a text.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, SealedField field)
    {
        var blob = new byte[HeaderSize + plain.Length];
        blob[0] = BlobVersion;
        var nonce = blob.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        _context[16] = (byte)field;
        _cipher.Encrypt(nonce, plain, blob.AsSpan(HeaderSize), blob.AsSpan(1 + NonceSize, TagSize), _context);
        return blob;
    }

    /// <exception cref="CryptographicException">The blob was changed, or belongs to another person or field.</exception>
    public string Open(byte[] blob, SealedField field) => Encoding.UTF8.GetString(OpenBytes(blob, field));

    /// <exception cref="CryptographicException">The blob was changed, or belongs to another person or field.</exception>
    public byte[] OpenBytes(byte[] blob, SealedField field)
    {
        if (blob.Length < HeaderSize || blob[0] != BlobVersion)
            throw new CryptographicException("A sealed field has an unknown form.");
        var plain = new byte[blob.Length - HeaderSize];
        _context[16] = (byte)field;
        _cipher.Decrypt(blob.AsSpan(1, NonceSize), blob.AsSpan(HeaderSize), blob.AsSpan(1 + NonceSize, TagSize), plain, _context);
        return plain;
    }

    public void Dispose() => _cipher.Dispose();
}

/// <summary>What a blob holds; the numbers are part of what is authenticated and never change.</summary>
public enum SealedField : byte
{
    Phone = 1,
    Profile = 2,
    Evidence = 3,
    MessageBody = 4,
    InboundBody = 5,
    AuditValue = 6,
    RequestDetail = 7,
    Document = 8,
    ImportedValue = 9,
}

/// <summary>
/// Makes and unwraps data keys. Wrapped key: version 1 ‖ master key id (4, big-endian) ‖ nonce (12) ‖ tag (16) ‖ key (32).
/// </summary>
public sealed class SubjectKeys(KeyRing ring)
{
    private const byte WrapVersion = 1;
    private const int NonceSize = 12;
    private const int TagSize = WrapCipher.TagSize;
    private const int KeySize = 32;
    private const int HeaderSize = 1 + sizeof(uint) + NonceSize + TagSize;

    /// <summary>What a wrapped key is called once it is gone: the master key that wrapped it, and the beginning of its own SHA-256, from which nothing can be unwrapped.</summary>
    public static string NameOf(byte[] wrapped) =>
        string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt32BigEndian(wrapped.AsSpan(1))}/{Convert.ToHexStringLower(SHA256.HashData(wrapped)[..8])}");

    public (byte[] Wrapped, SubjectKey Key) Create(SubscriberId subscriber)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        try
        {
            return (Wrap(key, subscriber), new SubjectKey(key, subscriber));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <exception cref="CryptographicException">The key ring is not the one that wrapped this key.</exception>
    public SubjectKey Unwrap(byte[] wrapped, SubscriberId subscriber)
    {
        var key = UnwrapBytes(wrapped, subscriber);
        try
        {
            return new SubjectKey(key, subscriber);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The same data key under the ring's current master key; null when it already is.</summary>
    public byte[]? Rewrap(byte[] wrapped, SubscriberId subscriber)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(wrapped.AsSpan(1)) == ring.CurrentMasterKeyId)
            return null;
        var key = UnwrapBytes(wrapped, subscriber);
        try
        {
            return Wrap(key, subscriber);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private byte[] Wrap(byte[] key, SubscriberId subscriber)
    {
        var wrapped = new byte[HeaderSize + KeySize];
        wrapped[0] = WrapVersion;
        BinaryPrimitives.WriteUInt32BigEndian(wrapped.AsSpan(1), ring.CurrentMasterKeyId);
        var nonce = wrapped.AsSpan(1 + sizeof(uint), NonceSize);
        RandomNumberGenerator.Fill(nonce);
        WrapCipher.Of(ring.MasterKey(ring.CurrentMasterKeyId)).Encrypt(nonce, key, wrapped.AsSpan(HeaderSize), wrapped.AsSpan(1 + sizeof(uint) + NonceSize, TagSize), subscriber.Value.ToByteArray(true));
        return wrapped;
    }

    private byte[] UnwrapBytes(byte[] wrapped, SubscriberId subscriber)
    {
        if (wrapped.Length != HeaderSize + KeySize || wrapped[0] != WrapVersion)
            throw new CryptographicException("A wrapped data key has an unknown form.");
        var masterKey = ring.MasterKey(BinaryPrimitives.ReadUInt32BigEndian(wrapped.AsSpan(1)));
        var key = new byte[KeySize];
        WrapCipher.Of(masterKey).Decrypt(wrapped.AsSpan(1 + sizeof(uint), NonceSize), wrapped.AsSpan(HeaderSize),
            wrapped.AsSpan(1 + sizeof(uint) + NonceSize, TagSize), key, subscriber.Value.ToByteArray(true));
        return key;
    }
}
