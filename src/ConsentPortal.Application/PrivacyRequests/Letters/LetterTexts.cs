using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>What a letter's template is filled in with.</summary>
/// <param name="Number">DSR-…</param>
/// <param name="Reason">In staff's own words; may be empty.</param>
/// <param name="MayStand">The law lets the clock stand for what this letter asks.</param>
/// <param name="IsUnrecorded">No record has the number, so that no code can be texted.</param>
/// <param name="Nothing">Set for the answer that no record has the number.</param>
internal sealed record LetterFacts(
    LetterKind Letter, PrivacyRequestKind Kind, PrivacyRegime Regime, string Number, DateOnly ReceivedOn, DateOnly DueOn, string Reason, string Organisation, bool IsStop, bool MayStand,
    NothingHeld? Nothing = null, bool IsUnrecorded = false);

/// <summary>That a number was searched for and no record has it.</summary>
/// <param name="Kept">What is there under the number alone.</param>
internal sealed record NothingHeld(DateOnly SearchedOn, IReadOnlyList<KeptByNumber> Kept)
{
    /// <summary>A stop alone is a code of the number by which no text leaves.</summary>
    public bool IsData => Kept.Any(k => k != KeptByNumber.Stop);
}

/// <summary>What can be kept under a number that no record has.</summary>
internal enum KeptByNumber
{
    Stop = 1,
    Provider = 2,
    Texts = 3,
    Staff = 4,
}

/// <summary>The letters in one language: a JSON file per language in Texts, the same keys in each.</summary>
internal sealed class LetterTexts
{
    private const string Fallback = "en";

    private static readonly FrozenDictionary<string, LetterTexts> ByLanguage =
        new[] { "en", "es", "fr", "de" }.ToFrozenDictionary(language => language, language => new LetterTexts(language));

    private readonly FrozenDictionary<string, string> _texts;
    private readonly CultureInfo _culture;

    private LetterTexts(string language)
    {
        (Language, _culture) = (language, CultureInfo.GetCultureInfo(language == Fallback ? "en-GB" : language));
        using var file = typeof(LetterTexts).Assembly.GetManifestResourceStream($"{typeof(LetterTexts).Namespace}.Texts.{language}.json")!;
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>ISO 639-1.</summary>
    public string Language { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    /// <param name="language">Of the person, such as de-AT; English where there are no letters in it.</param>
    public static LetterTexts In(string? language) => ByLanguage.GetValueOrDefault(language?.Split('-')[0].ToLowerInvariant() ?? Fallback) ?? ByLanguage[Fallback];

    /// <returns>The whole letter: its first line is the subject.</returns>
    public string Write(LetterFacts facts)
    {
        var due = Date(facts.DueOn);
        var reason = facts.Reason.Length > 0 ? facts.Reason : facts.Letter == LetterKind.IdentityQuestion ? _texts[facts.IsUnrecorded ? "IdentityAsk_Unrecorded" : "IdentityAsk"] : "";
        var text = string.Format(
            _culture, _texts[TemplateOf(facts)], facts.Number, _texts[$"Kind_{facts.Kind}"], Date(facts.ReceivedOn), due,
            reason, _texts[$"Complaint_{facts.Regime}"], facts.Organisation, string.Format(_culture, _texts[ClockOf(facts)], "", "", "", due),
            facts.Nothing is { } nothing ? Date(nothing.SearchedOn) : "", string.Join(' ', (facts.Nothing?.Kept ?? []).Select(kept => _texts[$"Kept_{kept}"])));
        return text.Replace("\n\n\n\n", "\n\n", StringComparison.Ordinal);
    }

    private string Date(DateOnly day) => day.ToString(
        _culture.DateTimeFormat.LongDatePattern.Replace("dddd, ", "", StringComparison.Ordinal).Replace("dddd ", "", StringComparison.Ordinal), _culture);

    private static string TemplateOf(LetterFacts facts) => facts switch
    {
        { Letter: LetterKind.Acknowledgement, IsStop: true } => "Acknowledgement_Stop",
        { Letter: LetterKind.Completion, Nothing: { } nothing } => nothing.IsData ? "Completion_NumberOnly" : "Completion_Nothing",
        { Letter: LetterKind.Completion, Kind: PrivacyRequestKind.Erasure } => "Completion_Erasure",
        _ => facts.Letter.ToString(),
    };

    private static string ClockOf(LetterFacts facts) => !facts.MayStand ? "ClockRuns" : facts.Letter == LetterKind.IdentityQuestion ? "ClockStarts" : "ClockStands";
}
