using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Subscribers;

/// <summary>
/// A custom value that is a list, as one text with a semicolon before, between and behind its values: <c>;red;blue;</c>. So one search of
/// text tells on any database whether it has a value.
/// </summary>
public static class ValueList
{
    public const char Between = ';';

    /// <summary>Of the kept text.</summary>
    public const int Longest = 400;

    /// <param name="text"><c>red; blue</c>, or the kept form.</param>
    /// <returns>The kept form, each value once as rules compare it; null where the text has no value or is too long.</returns>
    public static string? Read(string text)
    {
        var values = Parts(text).DistinctBy(RuleText.Fold, StringComparer.Ordinal).ToList();
        var kept = $"{Between}{string.Join(Between, values)}{Between}";
        return values.Count == 0 || kept.Length > Longest ? null : kept;
    }

    public static IReadOnlyList<string> Values(string kept) => Parts(kept);

    /// <summary>For people: "red; blue".</summary>
    public static string Words(string kept) => string.Join($"{Between} ", Parts(kept));

    /// <summary>The text that a kept list holds, once both are folded as <see cref="RuleText.Fold"/> does, exactly when the value is in the list.</summary>
    public static string Sought(string value) => RuleText.Fold($"{Between}{value.Trim()}{Between}");

    private static string[] Parts(string text) => text.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
