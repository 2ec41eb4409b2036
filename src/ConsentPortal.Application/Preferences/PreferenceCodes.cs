using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Database.Encryption;

namespace ConsentPortal.Application.Preferences;

/// <summary>The six digits that are texted to a number, and what is kept of them.</summary>
public sealed class PreferenceCodes(KeyRing ring)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Wrong tries, after which a code is worth nothing: one in 200,000 is guessed.</summary>
    public const int MostAttempts = 5;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.IndexKey, 32, info: Encoding.ASCII.GetBytes("consentportal/one-time-code/1"));

    internal static string New() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    internal byte[] HashOf(Guid id, string code) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{id:N}:{code}"));

    /// <summary>A code that staff sent for a privacy request opens no preference page, and the other way round.</summary>
    internal byte[] HashForRequest(Guid id, string code) => HashOf(id, $"request:{code}");

    internal bool IsRightForRequest(OneTimeCode row, string code) => CryptographicOperations.FixedTimeEquals(HashForRequest(row.Id, code), row.CodeHash);

    internal bool IsRight(OneTimeCode row, string code) => IsRight(row.Id, row.CodeHash, code);

    internal bool IsRight(Guid id, byte[] hash, string code) => CryptographicOperations.FixedTimeEquals(HashOf(id, code), hash);

    /// <summary>For a code that is read to a member of staff. In the seven-bit alphabet, so that it is one part.</summary>
    /// <param name="number">DSR-…: what the person asked.</param>
    internal static string RequestTextIn(string? language, string brand, string number, string code) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        "es" => $"{brand}: su código para la solicitud {number} es {code}. Vale 10 minutos. Léalo solo a quien le atiende. Si no ha pedido nada, ignore este mensaje.",
        "fr" => $"{brand}: votre code pour la demande {number} est {code}. Il vaut 10 minutes. Lisez-le seulement à la personne qui vous aide. Rien demandé? Ignorez ce SMS.",
        "de" => $"{brand}: Ihr Code für die Anfrage {number} ist {code}. Er gilt 10 Minuten. Lesen Sie ihn nur der Person vor, die Ihnen hilft. Nichts angefragt? Dann ignorieren.",
        _ => $"{brand}: your code for request {number} is {code}. It is valid for 10 minutes. Read it only to the person who helps you. If you asked for nothing, ignore this text.",
    };

    /// <summary>In the seven-bit alphabet, so that it is one part.</summary>
    /// <param name="language">ISO 639-1; English where there is none of that language.</param>
    internal static string TextIn(string? language, string brand, string code) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        "es" => $"{brand}: su código para sus preferencias es {code}. Vale 10 minutos. No se lo dé a nadie. Si no lo ha pedido, ignore este mensaje.",
        "fr" => $"{brand}: votre code pour vos préférences est {code}. Il vaut 10 minutes. Ne le donnez à personne. Si vous ne l'avez pas demandé, ignorez ce SMS.",
        "de" => $"{brand}: Ihr Code für Ihre Einstellungen ist {code}. Er gilt 10 Minuten. Geben Sie ihn niemandem. Nicht angefordert? Dann ignorieren Sie diese SMS.",
        _ => $"{brand}: your code for your text preferences is {code}. It is valid for 10 minutes. Give it to nobody. If you did not ask for it, ignore this text.",
    };
}
