using System.Globalization;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Campaigns;

/// <summary>A custom value as it stands in a text.</summary>
/// <param name="IsTrue">What a condition takes it for: false for a flag that is not set.</param>
public sealed record AttributeWords(string Text, bool IsTrue = true)
{
    /// <summary>Smaller numbers stand without marks between thousands, so that a year or a code is not torn.</summary>
    private const int Grouped = 10_000;

    private const double ExampleNumber = 12_345;

    private static readonly DateTimeOffset ExampleDay = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A value in a language's own way: 31 Dec 2026 or 31.12.2026, 12,345.5 or 12.345,5, yes or ja. English where the language is not known.</summary>
    /// <returns>Null for a row that has no value of the type.</returns>
    internal static AttributeWords? Of(AttributeType type, string? text, double? number, DateTimeOffset? date, string? language) => type switch
    {
        AttributeType.Text => string.IsNullOrWhiteSpace(text) ? null : new AttributeWords(text.Trim()),
        AttributeType.List => text is null || ValueList.Values(text) is not { Count: > 0 } values ? null : new AttributeWords(string.Join(", ", values)),
        AttributeType.Number => number is { } value ? new AttributeWords(Number(value, CultureOf(language))) : null,
        AttributeType.Date => date is { } day ? new AttributeWords(Day(day, CultureOf(language))) : null,
        AttributeType.Flag => number is { } flag ? Flag(flag > 0, language) : null,
    };

    internal static AttributeWords Example(AttributeType type, string word, string? language) => Of(type, word, type == AttributeType.Flag ? 1 : ExampleNumber, ExampleDay, language)!;

    // Narrow spaces between thousands would make the whole text Unicode.
    private static string Number(double value, CultureInfo culture) =>
        value.ToString(Math.Abs(value) < Grouped ? "0.##########" : "#,0.##########", culture).Replace('\u202f', ' ').Replace('\u00a0', ' ').Replace('\u2212', '-').Replace('\u2019', '\'');

    private static string Day(DateTimeOffset day, CultureInfo culture)
    {
        // An English day in figures would be read in two ways.
        if (culture.TwoLetterISOLanguageName == "en")
            return day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return day.ToString(Figures(culture), CultureInfo.InvariantCulture);
    }

    /// <summary>Day, month and four figures of the year in the order and with the marks of the language.</summary>
    private static string Figures(CultureInfo culture)
    {
        var (pattern, mark) = (culture.DateTimeFormat.ShortDatePattern, culture.DateTimeFormat.DateSeparator.Trim());
        var separator = mark.Length == 1 && char.IsAscii(mark[0]) ? $"'{mark}'" : "'/'";
        string[] parts = pattern.IndexOf('y', StringComparison.Ordinal) < pattern.IndexOf('d', StringComparison.Ordinal) ? ["yyyy", "MM", "dd"] : ["dd", "MM", "yyyy"];
        return string.Join(separator, parts);
    }

    private static AttributeWords Flag(bool isSet, string? language) => new(
        language?.Split('-')[0].ToLowerInvariant() switch
        {
            "es" => isSet ? "sí" : "no",
            "fr" => isSet ? "oui" : "non",
            "de" => isSet ? "ja" : "nein",
            _ => isSet ? "yes" : "no",
        },
        isSet);

    private static CultureInfo CultureOf(string? language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(string.IsNullOrWhiteSpace(language) ? "en" : language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
