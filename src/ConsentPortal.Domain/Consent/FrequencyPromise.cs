using System.Globalization;
using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Consent;

public enum PromiseUnit
{
    Day = 1,
    Week = 2,
    Month = 3,
}

/// <summary>"At most so many texts a day, week or month", as people were told when they agreed (CT-02).</summary>
/// <param name="Count">1 to 999.</param>
public readonly partial record struct FrequencyPromise(int Count, PromiseUnit Unit)
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Far more than a wording of 200 letters takes.</summary>
    private const int Milliseconds = 1_000;

    public static FrequencyPromise AMonth(int count) => new(count, PromiseUnit.Month);

    /// <summary>
    /// Reads the number and the unit out of a wording's "how often": "up to 4 texts a month", "2 mensajes por semana". Of a
    /// range it takes the upper end.
    /// </summary>
    /// <returns>Null where the words give no number of texts a day, week or month, such as "with each order" or "every 2 weeks".</returns>
    public static FrequencyPromise? Read(string? words)
    {
        if (words is null || Every().IsMatch(words) || Stated().Match(words) is not { Success: true } stated)
            return null;
        var count = int.Parse(stated.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return count < 1 ? null : new FrequencyPromise(count, stated.Groups["month"].Success ? PromiseUnit.Month : stated.Groups["week"].Success ? PromiseUnit.Week : PromiseUnit.Day);
    }

    /// <summary>What binds towards somebody: the purpose's number a month and what the words say that they read. Of two for one unit the lower.</summary>
    public static (FrequencyPromise? First, FrequencyPromise? Second) Of(int? perMonth, FrequencyPromise? inWords) => (perMonth, inWords) switch
    {
        (null, null) => (null, null),
        ({ } number, null) => (AMonth(number), null),
        (null, { } words) => (words, null),
        ({ } number, { Unit: PromiseUnit.Month } words) => (AMonth(Math.Min(number, words.Count)), null),
        ({ } number, { } words) => (words, AMonth(number)),
    };

    [GeneratedRegex(@"\b(every|alle|cada|tous les|toutes les)\s+\d", Options, Milliseconds)]
    private static partial Regex Every();

    [GeneratedRegex(
        @"(?<![\d.,])(?<count>\d{1,3})(?![.,]?\d)\D{0,40}?\b((?<month>mo|months?|monthly|mes|meses|mensual(es)?|mois|mensuels?|monate?s?|monatlich)"
        + @"|(?<week>wk|weeks?|weekly|semanas?|semanal(es)?|semaines?|hebdomadaires?|wochen?|wöchentlich)"
        + @"|(?<day>days?|daily|d[ií]as?|diarios?|jours?|quotidiens?|tage?s?|täglich))\b",
        Options, Milliseconds)]
    private static partial Regex Stated();
}
