using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// A public key in the form of C2SP signed-note: <c>name+hash+base64</c>. The name and the four-byte hash stand in each
/// signature line, so that a reader finds the key that made it.
/// </summary>
public sealed record VerifierKey
{
    /// <summary>The signature type of a note that is signed with Ed25519.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>Bytes of an Ed25519 public key.</summary>
    public const int PublicKeySize = 32;

    /// <param name="name">Who signs; not empty, without plus signs and white space. By custom a host name and path.</param>
    /// <param name="publicKey">The raw Ed25519 public key, <see cref="PublicKeySize"/> bytes.</param>
    public VerifierKey(string name, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name))
            throw new ArgumentException("A key's name is not empty and has no plus sign and no white space.", nameof(name));
        if (publicKey.Length != PublicKeySize)
            throw new ArgumentException($"An Ed25519 public key has {PublicKeySize} bytes, not {publicKey.Length}.", nameof(publicKey));
        Name = name;
        PublicKey = publicKey.ToArray();
        byte[] identity = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519, .. publicKey];
        KeyHash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(identity));
    }

    public string Name { get; }

    /// <summary>The raw Ed25519 public key.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ line feed ‖ 0x01 ‖ public key), most significant first.</summary>
    public uint KeyHash { get; }

    /// <summary>Reads <c>name+hash+base64</c>, with or without a line end; a failure when any part does not fit the others.</summary>
    public static Result<VerifierKey> Parse(string text)
    {
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]))
            return new VerifierKeyIsUnreadable("it is not of the form name+hash+base64");
        var bytes = new byte[PublicKeySize + 2];
        if (!Convert.TryFromBase64String(parts[2], bytes, out var written) || written != PublicKeySize + 1 || bytes[0] != Ed25519)
            return new VerifierKeyIsUnreadable("its last part is not an Ed25519 key in base64");
        var key = new VerifierKey(parts[0], bytes.AsSpan(1, PublicKeySize));
        return key.HashText == parts[1] ? key : new VerifierKeyIsUnreadable("its hash does not fit its name and key");
    }

    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && PublicKey.Span.SequenceEqual(other.PublicKey.Span);

    public override int GetHashCode() => HashCode.Combine(Name, KeyHash);

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Name}+{HashText}+{Convert.ToBase64String([Ed25519, .. PublicKey.Span])}";

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(unit => unit == '+' || char.IsWhiteSpace(unit) || char.IsControl(unit));

    private string HashText => KeyHash.ToString("x8", CultureInfo.InvariantCulture);
}

/// <summary>The text given as a public key is not one.</summary>
public sealed record VerifierKeyIsUnreadable(string Reason)
    : Failure($"The public key cannot be read: {Reason}. Nothing was checked with it; give the key as it was published.");
