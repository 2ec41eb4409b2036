using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Messaging.Linting;

/// <summary>
/// Characters that word processors and phones put in place of plain ones. They are not in the seven-bit alphabet and look
/// the same, or nearly, as what stands for them here (O-07).
/// </summary>
internal static partial class PlainLetters
{
    private static readonly FrozenDictionary<char, (string Name, string Plain)> Known = new Dictionary<char, (string Name, string Plain)>
    {
        ['\u2018'] = ("typographic quote", "'"), ['\u2019'] = ("typographic apostrophe", "'"), ['\u201A'] = ("typographic quote", "'"), ['\u201B'] = ("typographic quote", "'"),
        ['\u2032'] = ("prime", "'"), ['\u00B4'] = ("acute accent", "'"), ['`'] = ("grave accent", "'"), ['\u02BC'] = ("typographic apostrophe", "'"),
        ['\u2039'] = ("typographic quote", "'"), ['\u203A'] = ("typographic quote", "'"),
        ['\u201C'] = ("typographic quote", "\""), ['\u201D'] = ("typographic quote", "\""), ['\u201E'] = ("typographic quote", "\""), ['\u201F'] = ("typographic quote", "\""),
        ['\u00AB'] = ("typographic quote", "\""), ['\u00BB'] = ("typographic quote", "\""), ['\u2033'] = ("double prime", "\""),
        ['\u2010'] = ("typographic hyphen", "-"), ['\u2011'] = ("non-breaking hyphen", "-"), ['\u2012'] = ("dash", "-"), ['\u2013'] = ("dash", "-"), ['\u2014'] = ("long dash", "-"),
        ['\u2015'] = ("long dash", "-"), ['\u2212'] = ("minus sign", "-"), ['\u2022'] = ("bullet", "-"), ['\u00B7'] = ("middle dot", "-"),
        ['\u2026'] = ("ellipsis", "..."), ['\u00D7'] = ("multiplication sign", "x"), ['\u2122'] = ("trade mark sign", "(TM)"), ['\u00AE'] = ("registered sign", "(R)"), ['\u00A9'] = ("copyright sign", "(C)"),
        ['\u00A0'] = ("non-breaking space", " "), ['\u202F'] = ("narrow non-breaking space", " "), ['\u2007'] = ("figure space", " "), ['\u2009'] = ("thin space", " "),
        ['\u200A'] = ("hair space", " "), ['\u2002'] = ("wide space", " "), ['\u2003'] = ("wide space", " "), ['\u3000'] = ("wide space", " "), ['\t'] = ("tabulator", " "),
        ['\u200B'] = ("zero-width space", ""), ['\u200C'] = ("zero-width character", ""), ['\uFEFF'] = ("byte order mark", ""), ['\u2060'] = ("word joiner", ""), ['\u00AD'] = ("soft hyphen", ""),
    }.ToFrozenDictionary();

    public static bool IsKnown(string character) => character.Length == 1 && Known.ContainsKey(character[0]);

    /// <summary>"typographic apostrophe (’)", or the character alone where it has no plain one.</summary>
    public static string NameOf(string character) =>
        !IsKnown(character) ? character
        : Known[character[0]] is var (name, plain) && string.IsNullOrWhiteSpace(plain) ? name : $"{name} ({character})";

    /// <summary>The text with plain characters; words keep their letters.</summary>
    public static string Of(string text)
    {
        if (!text.Any(Known.ContainsKey))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
            plain.Append(Known.TryGetValue(c, out var known) ? known.Plain : c);
        return plain.ToString();
    }

    /// <summary>The same for a text with merge fields: a quote inside the quotes of a field becomes a single one and so does not end them.</summary>
    public static string OfTemplate(string template)
    {
        var result = new StringBuilder(template.Length);
        var end = 0;
        foreach (var tag in Tags().EnumerateMatches(template))
        {
            var inside = template.Substring(tag.Index, tag.Length);
            result.Append(Of(template[end..tag.Index])).Append(inside.Contains('"', StringComparison.Ordinal) ? Of(inside.Replace('\u201C', '\'').Replace('\u201D', '\'').Replace('\u201E', '\'')) : Of(inside));
            end = tag.Index + tag.Length;
        }

        return result.Append(Of(template[end..])).ToString();
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Tags();
}
