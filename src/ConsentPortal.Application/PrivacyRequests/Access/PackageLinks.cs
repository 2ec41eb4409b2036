using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>
/// Makes and reads the links behind which a person finds their package. Nothing is stored: request (16) ‖ expiry in minutes (4) ‖
/// HMAC-SHA-256, the first 128 bits, under a key of its own. A link alone opens nothing: a code texted to the number does.
/// </summary>
public sealed class PackageLinks(KeyRing ring, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int SaidSize = 20;
    private const int MacSize = 16;
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.IndexKey, 32, info: Encoding.ASCII.GetBytes("consentportal/package-link/1"));

    public string For(PrivacyRequestId request)
    {
        var bytes = new byte[SaidSize + MacSize];
        request.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), checked((uint)(clock.GetUtcNow() + Lifetime - Epoch).TotalMinutes));
        HMACSHA256.HashData(_key, bytes.AsSpan(0, SaidSize)).AsSpan(0, MacSize).CopyTo(bytes.AsSpan(SaidSize));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>A <see cref="PackageLinkRefused"/> where it opens nothing.</returns>
    public Result<PrivacyRequestId> Read(string? token)
    {
        if (token is null || token.Length > 64 || !Base64Url.IsValid(token))
            return new PackageLinkRefused();
        var bytes = Base64Url.DecodeFromChars(token);
        // Spare bits of the last letter are not signed: only the one spelling that was made is taken.
        if (bytes.Length != SaidSize + MacSize || Base64Url.EncodeToString(bytes) != token
            || !CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, bytes.AsSpan(0, SaidSize)).AsSpan(0, MacSize), bytes.AsSpan(SaidSize)))
            return new PackageLinkRefused();
        return clock.GetUtcNow() < Epoch + TimeSpan.FromMinutes(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16)))
            ? PrivacyRequestId.From(new Guid(bytes.AsSpan(0, 16), bigEndian: true)) : new PackageLinkRefused();
    }
}

public sealed record PackageLinkRefused()
    : Failure("The link is not complete, or is older than seven days. Nothing was handed out; ask for a new one.");
