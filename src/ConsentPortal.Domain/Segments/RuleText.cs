namespace ConsentPortal.Domain.Segments;

/// <summary>How rules compare text: by its characters, and neither capitals nor blanks at the end count.</summary>
public static class RuleText
{
    /// <summary>The form in which two texts are equal exactly when rules take them for the same.</summary>
    public static string Fold(string text) => text.TrimEnd(' ').ToUpperInvariant();

    public static bool IsSame(string a, string b) => string.Equals(Fold(a), Fold(b), StringComparison.Ordinal);
}
