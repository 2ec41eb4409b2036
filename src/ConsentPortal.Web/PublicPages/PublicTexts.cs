using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Web.PublicPages;

/// <summary>The words of the public pages in one language: a JSON file per language beside this one, the same keys in each.</summary>
internal sealed class PublicTexts
{
    public const string Fallback = "en";

    private static readonly FrozenDictionary<string, PublicTexts> ByLanguage =
        new[] { "en", "es", "fr", "de" }.Select(language => new PublicTexts(language)).ToFrozenDictionary(texts => texts.Language);

    private readonly FrozenDictionary<string, string> _texts;

    private PublicTexts(string language)
    {
        (Language, Culture) = (language, CultureInfo.GetCultureInfo(language == "en" ? "en-US" : language));
        using var file = typeof(PublicTexts).Assembly.GetManifestResourceStream($"{typeof(PublicTexts).Namespace}.Texts.{language}.json")!;
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>ISO 639-1, in the order in which the pages offer them.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es", "fr", "de"];

    public string Language { get; }

    /// <summary>In which dates and numbers are written.</summary>
    public CultureInfo Culture { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    /// <exception cref="KeyNotFoundException">The key stands in no file; a test finds it first.</exception>
    public string this[string key] => _texts[key];

    /// <summary>The text with its places filled in.</summary>
    public string Of(string key, params ReadOnlySpan<object?> values) => string.Format(Culture, _texts[key], values);

    public bool Has(string key) => _texts.ContainsKey(key);

    public string Date(DateTimeOffset at) => at.UtcDateTime.ToString(Culture.DateTimeFormat.LongDatePattern.Replace("dddd, ", "", StringComparison.Ordinal).Replace("dddd ", "", StringComparison.Ordinal), Culture);

    public string Date(DateOnly on) => Date(new DateTimeOffset(on, TimeOnly.MinValue, TimeSpan.Zero));

    public string Time(DateTimeOffset at) => $"{Date(at)}, {at.UtcDateTime.ToString(Culture.DateTimeFormat.ShortTimePattern, Culture)} UTC";

    public static PublicTexts In(string language) => ByLanguage.GetValueOrDefault(language) ?? ByLanguage[Fallback];

    public static bool Speaks(string language) => ByLanguage.ContainsKey(language);
}
