using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Database.Encryption;

/// <summary>
/// Keyed hashes (HMAC-SHA-256) for look-ups. A plain hash of a phone number could be undone by trying all numbers;
/// these can't without the key ring (EU-22). Each kind of value has a prefix, so that equal text never collides. They are
/// cut: half of HMAC-SHA-256 is what RFC 2104 §5 keeps at least, and what finds several people anyway needs less, and is a
/// number. Their places in an index are random, so each byte that they are shorter is memory and writing saved for every
/// person added.
/// </summary>
public sealed class LookupHash(KeyRing ring)
{
    internal const int PhoneHashSize = 16;
    private const int StaffAddressSize = 6;
    private const int MostWords = 20_000;
    private const int ShortWord = 3;
    private const int ShortText = 200;

    private static readonly SearchValues<char> BetweenWords = SearchValues.Create(" -\t,.");

    // Ten thousand at most.
    private readonly ConcurrentDictionary<string, long> _endings = new(StringComparer.Ordinal);

    // By the words as they are written. A list holds few names many times.
    private readonly ConcurrentDictionary<string, (long Whole, long? Beginning)> _words = new(StringComparer.Ordinal);

    public byte[] Phone(PhoneNumber number) => Phone(number.E164);

    /// <param name="e164">With its leading plus.</param>
    public byte[] Phone(string e164) => Hash("phone:", e164)[..PhoneHashSize];

    /// <summary>Of the last four digits of a number.</summary>
    public long Ending(ReadOnlySpan<char> e164)
    {
        var ending = e164[^4..];
        if (_endings.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(ending, out var known))
            return known;
        var digits = ending.ToString();
        return _endings[digits] = ShortHash("last4:", digits);
    }

    public byte[] ExternalId(string externalId) => Hash("external:", Fold(externalId));

    /// <summary>Of an address at the sign-in page that belongs to nobody: enough to tell one from another in a list, too little to look anybody up.</summary>
    public byte[] StaffAddress(string address) => Hash("staffAddress:", Fold(address))[..StaffAddressSize];

    /// <summary>Of a program's request, which can hold a number: the address that was called and the body as it came.</summary>
    public byte[] Request(string path, string body) => Hash("request:", $"{path}\n{body}");

    /// <summary>Of what an erased person could be found by, as one request keeps it: capitals or not are the same, accents are not.</summary>
    public byte[] Trace(string request, string kind, string text) => Hash("trace:", $"{request}\n{kind}\n{text.Trim().Normalize(NormalizationForm.FormC).ToUpperInvariant()}");

    /// <summary>Of a word typed into the search, or of its first three letters if it has only three.</summary>
    public long NameWord(string word) => ShortHash("name:", Fold(word));

    /// <summary>Under which a name is found: each word, and each word's first three letters.</summary>
    public IReadOnlyList<long> NameWords(string name)
    {
        var found = new List<long>(4);
        var rest = name.AsSpan();
        while (rest.Length > 0)
        {
            var end = rest.IndexOfAny(BetweenWords);
            var word = (end < 0 ? rest : rest[..end]).Trim();
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (word.Length == 0)
                continue;
            var (whole, beginning) = Word(word);
            Take(whole);
            if (beginning is { } first)
                Take(first);
        }

        return found;

        void Take(long hash)
        {
            if (!found.Contains(hash))
                found.Add(hash);
        }
    }

    // The words alone say nothing about anybody, and are let go when they become many.
    private (long Whole, long? Beginning) Word(ReadOnlySpan<char> written)
    {
        if (_words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(written, out var known))
            return known;
        if (_words.Count >= MostWords)
            _words.Clear();
        var word = written.ToString();
        var folded = Fold(word);
        return _words[word] = (ShortHash("name:", folded), folded.Length > ShortWord ? ShortHash("name:", folded[..ShortWord]) : null);
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

    private long ShortHash(string prefix, string value) => BinaryPrimitives.ReadInt64BigEndian(Hash(prefix, value));

    private byte[] Hash(string prefix, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(prefix.Length + value.Length);
        Span<byte> bytes = most <= ShortText ? stackalloc byte[ShortText] : new byte[most];
        var count = Encoding.UTF8.GetBytes(prefix, bytes);
        count += Encoding.UTF8.GetBytes(value, bytes[count..]);
        return HMACSHA256.HashData(ring.IndexKey, bytes[..count]);
    }
}
