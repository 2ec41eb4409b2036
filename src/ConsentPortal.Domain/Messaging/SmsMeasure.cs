using System.Collections.Frozen;

namespace ConsentPortal.Domain.Messaging;

public enum SmsEncoding
{
    /// <summary>The 7-bit alphabet of 3GPP TS 23.038.</summary>
    Gsm7 = 1,

    /// <summary>Two octets for each unit; an emoji takes two units.</summary>
    Ucs2 = 2,
}

/// <summary>
/// How large a text is on the air. Seven-bit texts hold 160 units alone and 153 in each of several parts, others 70 and
/// 67; neither an escaped character nor a surrogate pair is ever split between parts (O-06, O-07). National shift tables
/// are not used.
/// </summary>
/// <param name="Units">Septets (escaped characters count two) or UTF-16 code units.</param>
/// <param name="Parts">At least 1.</param>
/// <param name="ForcedBy">The characters, each once and in order, for whose sake the whole text is UCS-2.</param>
public sealed record SmsMeasure(SmsEncoding Encoding, int Units, int Parts, IReadOnlyList<string> ForcedBy)
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "^{}\\[~]|€\f";

    private static readonly FrozenDictionary<char, int> Septets =
        Basic.Select(c => (c, 1)).Concat(Extension.Select(c => (c, 2))).ToFrozenDictionary(p => p.c, p => p.Item2);

    public static SmsMeasure Of(string text)
    {
        var units = 0;
        foreach (var c in text)
        {
            if (!Septets.TryGetValue(c, out var septets))
                return Ucs2(text);
            units += septets;
        }

        return new SmsMeasure(SmsEncoding.Gsm7, units, units <= 160 ? 1 : Gsm7Parts(text), []);
    }

    /// <summary>Whether a character fits the 7-bit alphabet.</summary>
    public static bool IsGsm7(char c) => Septets.ContainsKey(c);

    private static int Gsm7Parts(string text)
    {
        var (parts, room) = (1, 153);
        foreach (var c in text)
        {
            if (Septets[c] > room)
                (parts, room) = (parts + 1, 153);
            room -= Septets[c];
        }

        return parts;
    }

    private static SmsMeasure Ucs2(string text)
    {
        var forcedBy = text.EnumerateRunes()
            .Where(r => !r.IsBmp || !Septets.ContainsKey((char)r.Value))
            .Select(r => r.ToString()).Distinct().ToArray();
        return new SmsMeasure(SmsEncoding.Ucs2, text.Length, text.Length <= 70 ? 1 : Ucs2Parts(text), forcedBy);
    }

    private static int Ucs2Parts(string text)
    {
        var (parts, room) = (1, 67);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var units = isPair ? 2 : 1;
            if (units > room)
                (parts, room) = (parts + 1, 67);
            room -= units;
            i += units - 1;
        }

        return parts;
    }
}
