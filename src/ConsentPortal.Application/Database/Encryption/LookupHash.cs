using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Database.Encryption;

/// <summary>
/// Keyed hashes (HMAC-SHA-256) for look-ups. A plain hash of a phone number could be undone by trying all numbers;
/// these can't without the key ring (EU-22). Each kind of value has a prefix, so that equal text never collides. They are
/// cut: half of HMAC-SHA-256 is what RFC 2104 §5 keeps at least, and what finds several people anyway needs less. Their
/// places in an index are random, so each byte that they are shorter is memory and writing saved for every person added.
/// </summary>
public sealed class LookupHash(KeyRing ring)
{
    internal const int PhoneHashSize = 16;
    internal const int EndingHashSize = 8;
    internal const int WordHashSize = 16;
    private const int MostTokens = 20_000;
    private const int ShortText = 200;

    // Ten thousand at most.
    private readonly ConcurrentDictionary<string, byte[]> _endings = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, byte[]> _tokens = new(StringComparer.Ordinal);

    public byte[] Phone(PhoneNumber number) => Phone(number.E164);

    /// <param name="e164">With its leading plus.</param>
    public byte[] Phone(string e164) => Hash("phone:", e164)[..PhoneHashSize];

    public byte[] Last4(string e164) => _endings.GetOrAdd(e164[^4..], static (ending, hashes) => hashes.Hash("last4:", ending)[..EndingHashSize], this);

    public byte[] ExternalId(string externalId) => Hash("external:", Fold(externalId));

    /// <summary>Of a program's request, which can hold a number: the address that was called and the body as it came.</summary>
    public byte[] Request(string path, string body) => Hash("request:", $"{path}\n{body}");

    /// <summary>One hash for a word typed into the search, or for its first three letters if it has only three.</summary>
    public byte[] NameWord(string word) => Hash("name:", Fold(word))[..WordHashSize];

    /// <summary>The hashes under which a name can be found: each word, and each word's first three letters.</summary>
    public IReadOnlyCollection<byte[]> NameTokens(string name)
    {
        var words = name.Split([' ', '-', '\t', ',', '.'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folded in words.Select(Fold).Where(folded => folded.Length > 0))
        {
            tokens.Add(folded);
            if (folded.Length > 3)
                tokens.Add(folded[..3]);
        }

        return [.. tokens.Select(Token)];
    }

    // A list holds few names many times. The words alone say nothing about anybody, and are let go when they become many.
    private byte[] Token(string folded)
    {
        if (_tokens.TryGetValue(folded, out var known))
            return known;
        if (_tokens.Count >= MostTokens)
            _tokens.Clear();
        return _tokens[folded] = Hash("name:", folded)[..WordHashSize];
    }

    /// <summary>Lower case, without accents or outer space: Zoë and zoe are found alike.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.Trim().ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.Trim().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(character));
        }

        return folded.ToString();
    }

    private byte[] Hash(string prefix, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(prefix.Length + value.Length);
        Span<byte> bytes = most <= ShortText ? stackalloc byte[ShortText] : new byte[most];
        var count = Encoding.UTF8.GetBytes(prefix, bytes);
        count += Encoding.UTF8.GetBytes(value, bytes[count..]);
        return HMACSHA256.HashData(ring.IndexKey, bytes[..count]);
    }
}
