namespace ConsentPortal.Domain.Segments;

/// <summary>How rules compare text: by its characters, and neither capitals nor blanks at the end count.</summary>
public static class RuleText
{
    public static int Compare(string a, string b) => MemoryExtensions.CompareTo(Trimmed(a), Trimmed(b), StringComparison.OrdinalIgnoreCase);

    public static bool IsSame(string a, string b) => MemoryExtensions.Equals(Trimmed(a), Trimmed(b), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Trimmed(string text) => text.AsSpan().TrimEnd(' ');
}
