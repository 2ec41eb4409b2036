using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Database.Encryption;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Which link of which text a short address means.</summary>
/// <param name="MessageId">Of the send ledger, or of the texts for staff.</param>
/// <param name="Link">1 to 255.</param>
/// <param name="IsTest">Whether it is a test text, whose clicks count nowhere.</param>
public readonly record struct LinkOfText(long MessageId, int Link, bool IsTest = false);

/// <summary>
/// Makes and reads the last part of a short address: sixteen letters, of which nothing is stored. Text (5 bytes, the highest bit for a test) ‖ link (1)
/// ‖ HMAC-SHA-256, the first 48 bits, under a key of its own. What stands before the HMAC is masked with a pad drawn from
/// it, so that an address tells nobody how many texts there are.
/// </summary>
public sealed class LinkTokens(KeyRing ring)
{
    public const int Length = 16;

    private const int SaidSize = 6;
    private const int MacSize = 6;
    private const long Test = 1L << 39;
    private const long MostTexts = Test - 1;

    private readonly byte[] _key = Derive(ring, "consentportal/short-link/1");
    private readonly byte[] _mask = Derive(ring, "consentportal/short-link-mask/1");

    public string Write(LinkOfText named)
    {
        if (named.MessageId > MostTexts)
            throw new ArgumentOutOfRangeException(nameof(named), named, "A short address has room for so many texts and no more.");
        Span<byte> id = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(id, named.IsTest ? named.MessageId | Test : named.MessageId);
        Span<byte> bytes = stackalloc byte[SaidSize + MacSize];
        id[^(SaidSize - 1)..].CopyTo(bytes);
        bytes[SaidSize - 1] = checked((byte)named.Link);
        Mac(bytes[..SaidSize]).CopyTo(bytes[SaidSize..]);
        Mask(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>Null for what this portal did not make.</returns>
    public LinkOfText? Read(string? token)
    {
        if (token?.Length != Length || !Base64Url.IsValid(token))
            return null;
        Span<byte> bytes = Base64Url.DecodeFromChars(token);
        Mask(bytes);
        if (!CryptographicOperations.FixedTimeEquals(Mac(bytes[..SaidSize]), bytes[SaidSize..]))
            return null;
        Span<byte> id = stackalloc byte[sizeof(long)];
        bytes[..(SaidSize - 1)].CopyTo(id[^(SaidSize - 1)..]);
        var text = BinaryPrimitives.ReadInt64BigEndian(id);
        return new LinkOfText(text & MostTexts, bytes[SaidSize - 1], (text & Test) != 0);
    }

    private ReadOnlySpan<byte> Mac(ReadOnlySpan<byte> said) => HMACSHA256.HashData(_key, said).AsSpan(0, MacSize);

    private void Mask(Span<byte> bytes)
    {
        var pad = HMACSHA256.HashData(_mask, bytes[SaidSize..]);
        for (var i = 0; i < SaidSize; i++)
            bytes[i] ^= pad[i];
    }

    private static byte[] Derive(KeyRing ring, string info) => HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.IndexKey, 32, info: Encoding.ASCII.GetBytes(info));
}
