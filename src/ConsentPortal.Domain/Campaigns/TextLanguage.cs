namespace ConsentPortal.Domain.Campaigns;

/// <summary>Why a person gets a text in the language that they get it in.</summary>
public enum LanguageMatch
{
    /// <summary>It is the language that the person reads.</summary>
    Exact = 1,

    /// <summary>It is that language, without the region that the person named: German for Austrian German.</summary>
    Base = 2,

    /// <summary>There are no words in the person's language, or nobody knows it: the usual ones.</summary>
    Usual = 3,
}

/// <param name="Language">Null only where the usual language was never said.</param>
public readonly record struct LanguageChoice(string? Language, LanguageMatch Match);

/// <summary>Which language a person gets: exactly theirs, else theirs without its region, else the usual one.</summary>
public static class TextLanguage
{
    /// <summary>Further languages of one campaign.</summary>
    public const int Most = 12;

    public const int LongestCode = 8;

    /// <summary>Small letters, as languages of texts are kept.</summary>
    public static string Normal(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Trim().Replace('_', '-').ToLowerInvariant();
    }

    /// <summary>Whether it is two letters of ISO 639-1, perhaps with a script or region: de, pt-br, zh-hant, es-419.</summary>
    public static bool IsCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Length <= LongestCode && code.Split('-') is [{ Length: 2 } language, .. var rest] && language.All(char.IsAsciiLetterLower)
            && rest is [] or [{ Length: >= 2 and <= 5 }] && rest.All(region => region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
    }

    /// <param name="reads">As the person's record has it; null where nobody knows.</param>
    /// <param name="usual">Of the words for whoever reads none of the others.</param>
    /// <param name="further">In which there are words besides.</param>
    public static LanguageChoice For(string? reads, string? usual, IReadOnlyCollection<string> further)
    {
        ArgumentNullException.ThrowIfNull(further);
        if (string.IsNullOrWhiteSpace(reads))
            return new LanguageChoice(usual, LanguageMatch.Usual);
        var exact = Normal(reads);
        if (Has(exact))
            return new LanguageChoice(exact, LanguageMatch.Exact);
        var plain = exact.Split('-')[0];
        return Has(plain) ? new LanguageChoice(plain, LanguageMatch.Base) : new LanguageChoice(usual, LanguageMatch.Usual);

        bool Has(string language) => language == usual || further.Contains(language);
    }
}
