using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Preferences;

/// <summary>Whom a token names, as long as the period of the number lasts.</summary>
/// <param name="IsNumberProven">A code texted to the number was read back a moment ago.</param>
public sealed record PreferenceKey(NumberPeriodId PeriodId, DateTimeOffset ExpiresAt, bool IsNumberProven);

/// <summary>
/// Makes and reads the tokens behind the preference page. Nothing is stored: kind (1) ‖ period of the number (16) ‖ expiry ‖
/// HMAC-SHA-256, the first 96 bits, under a key of its own. The token names the period, not the person: when the number
/// goes to somebody else it opens nothing.
/// </summary>
/// <remarks>
/// A link may be forwarded or shown to others, so it proves no number: it can stop, pause and choose how often, which harm nobody, but
/// what it switches on waits for a YES from the number. Only a session after a texted code proves it.
/// </remarks>
public sealed class PreferenceLinks(KeyRing ring, TimeProvider clock)
{
    /// <summary>CASL s. 11(2) asks for 60 days after the text; links in old texts should work for whoever finds them.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(400);

    public static readonly TimeSpan SessionLifetime = TimeSpan.FromMinutes(30);

    private const byte Link = 1;
    private const byte Session = 2;
    private const int HeadSize = 17;
    private const int MacSize = 12;
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.IndexKey, 32, info: Encoding.ASCII.GetBytes("consentportal/preference-link/1"));

    /// <summary>Goes into texts and onto staff's clipboard. The same all day, so that two copies look alike.</summary>
    public string LinkFor(NumberPeriodId period)
    {
        Span<byte> expiry = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(expiry, checked((ushort)((clock.GetUtcNow() + LinkLifetime - Epoch).Days + 1)));
        return Write(Link, period, expiry);
    }

    /// <summary>For the cookie of somebody who has just read a code back.</summary>
    public string SessionFor(NumberPeriodId period)
    {
        Span<byte> expiry = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(expiry, checked((uint)(clock.GetUtcNow() + SessionLifetime - Epoch).TotalMinutes));
        return Write(Session, period, expiry);
    }

    /// <returns>A <see cref="PreferenceLinkBroken"/> or <see cref="PreferenceLinkExpired"/> where it opens nothing.</returns>
    public Result<PreferenceKey> Read(string? token)
    {
        if (token is null || token.Length > 64 || !Base64Url.IsValid(token))
            return new PreferenceLinkBroken();
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < HeadSize || ExpirySize(bytes[0]) is not { } size || bytes.Length != HeadSize + size + MacSize)
            return new PreferenceLinkBroken();
        var said = bytes.AsSpan(0, HeadSize + size);
        // Spare bits of the last letter are not signed: only the one spelling that was made is taken.
        if (!CryptographicOperations.FixedTimeEquals(Mac(said), bytes.AsSpan(HeadSize + size)) || Base64Url.EncodeToString(bytes) != token)
            return new PreferenceLinkBroken();
        var expiry = said[HeadSize..];
        var expiresAt = Epoch + (bytes[0] == Link ? TimeSpan.FromDays(BinaryPrimitives.ReadUInt16BigEndian(expiry)) : TimeSpan.FromMinutes(BinaryPrimitives.ReadUInt32BigEndian(expiry)));
        if (clock.GetUtcNow() >= expiresAt)
            return new PreferenceLinkExpired();
        return new PreferenceKey(NumberPeriodId.From(new Guid(said[1..HeadSize], bigEndian: true)), expiresAt, bytes[0] == Session);
    }

    private string Write(byte kind, NumberPeriodId period, ReadOnlySpan<byte> expiry)
    {
        var bytes = new byte[HeadSize + expiry.Length + MacSize];
        bytes[0] = kind;
        period.Value.TryWriteBytes(bytes.AsSpan(1), bigEndian: true, out _);
        expiry.CopyTo(bytes.AsSpan(HeadSize));
        Mac(bytes.AsSpan(0, HeadSize + expiry.Length)).CopyTo(bytes.AsSpan(HeadSize + expiry.Length));
        return Base64Url.EncodeToString(bytes);
    }

    private byte[] Mac(ReadOnlySpan<byte> said) => HMACSHA256.HashData(_key, said)[..MacSize];

    private static int? ExpirySize(byte kind) => kind switch
    {
        Link => sizeof(ushort),
        Session => sizeof(uint),
        _ => null,
    };
}

public sealed record PreferenceLinkBroken()
    : Failure("The link is not complete, or was changed. Nothing was changed; open it from the text again, or ask for a code.");

public sealed record PreferenceLinkExpired()
    : Failure("The link has expired. Nothing was changed; ask for a code.");

public sealed record PreferenceLinkVoid()
    : Failure("The link belonged to an earlier owner of the number, or to somebody whose data was deleted. Nothing was changed; ask for a code.");
