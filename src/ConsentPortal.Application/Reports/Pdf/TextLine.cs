using System.Text.RegularExpressions;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>A text without line ends, ready to be measured and drawn: each of its characters is one that some font shows.</summary>
/// <param name="Order">Null for what the font of Latin, Greek and Cyrillic shows by itself, which is nearly every text.</param>
/// <param name="Links">The addresses in it that lead somewhere; null where none does.</param>
internal readonly record struct TextLine(string Text, TextOrder? Order = null, IReadOnlyList<TextLink>? Links = null)
{
    public bool IsRightToLeft => Order is { IsRightToLeft: true };

    /// <summary>A part of it, without white at its end.</summary>
    public TextLine Part(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(Text[end - 1]))
            end--;
        return new TextLine(Text[start..end], Order?.Part(start, end - start), TextLink.Within(Links, start, end));
    }
}

/// <param name="Address">The whole of it, also where a line has only a part.</param>
internal readonly partial record struct TextLink(int Start, int End, string Address)
{
    public static IReadOnlyList<TextLink>? In(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return null;
        TextLink[] links = [.. Addresses().Matches(text).Select(m => new TextLink(m.Index, m.Index + m.Length, m.Value)).Where(l => Uri.IsWellFormedUriString(l.Address, UriKind.Absolute))];
        return links.Length == 0 ? null : links;
    }

    public static IReadOnlyList<TextLink>? Within(IReadOnlyList<TextLink>? links, int start, int end)
    {
        if (links is null)
            return null;
        TextLink[] within = [.. links.Where(l => l.Start < end && l.End > start).Select(l => l with { Start = Math.Max(l.Start, start) - start, End = Math.Min(l.End, end) - start })];
        return within.Length == 0 ? null : within;
    }

    // What ends a sentence or closes a bracket behind an address is not part of it.
    [GeneratedRegex(@"https?://[!-~]*[!-~-[.,;:!?'"")>\]}]]", RegexOptions.CultureInvariant, 5_000)]
    private static partial Regex Addresses();
}
