using System.Text.Json;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>One of a campaign's texts in a further language.</summary>
/// <param name="Variant">A to D: of which text.</param>
/// <param name="Language">ISO 639-1 in small letters, perhaps with a region.</param>
/// <param name="Body">Liquid template.</param>
public sealed record TranslatedText(char Variant, string Language, string Body);

public sealed partial class Campaign
{
    private IReadOnlyList<TranslatedText>? _translations;

    /// <summary>In which the texts are written that everybody gets who reads none of the others; null where there is one language.</summary>
    public string? Language { get; private set; }

    /// <summary>As it is stored; null where there is one language.</summary>
    public string? TranslationsJson { get; private set; }

    /// <summary>The texts in further languages, by letter and language. A text need not be there in each of them.</summary>
    public IReadOnlyList<TranslatedText> Translations =>
        _translations ??= TranslationsJson is { } json ? JsonSerializer.Deserialize<IReadOnlyList<TranslatedText>>(json, JsonSerializerOptions.Web)! : [];

    /// <summary>Everything that is read by somebody, text A first and further languages last: links are numbered in this order.</summary>
    public IEnumerable<string> Bodies => Texts.Select(t => t.Body).Concat(Translations.Select(t => t.Body));

    /// <param name="language">Of the texts without a translation; does not matter where there is none.</param>
    public void Translate(string? language, IEnumerable<TranslatedText> translations)
    {
        IReadOnlyList<TranslatedText> texts = [.. translations.OrderBy(t => t.Variant).ThenBy(t => t.Language, StringComparer.Ordinal)];
        (Language, TranslationsJson) = texts.Count == 0 ? (null, null) : (language, JsonSerializer.Serialize(texts, JsonSerializerOptions.Web));
        _translations = texts;
    }
}
