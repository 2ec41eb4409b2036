using System.Globalization;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Settings of a campaign in the words that pages, reports and the audit trail share.</summary>
public static class CampaignWording
{
    /// <returns>Null where nothing stops it.</returns>
    public static string? OfLimits(StopLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        string?[] parts = [Part(limits.OptOutPercent, "opted out"), Part(limits.FailurePercent, "failed")];
        var stated = string.Join(" or ", parts.OfType<string>());
        return stated.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{stated}, from {limits.From:N0} texts on");
    }

    public static string OfWeights(IReadOnlyList<CampaignText> texts)
    {
        var sum = texts.Sum(t => t.Weight);
        return string.Join(", ", texts.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Variant} {t.Weight * 100m / sum:0.#} %")));
    }

    /// <summary>A language in English, such as German or Portuguese (Brazil).</summary>
    public static string OfLanguage(string code) => ReportWords.Language(code);

    /// <returns>Null for a campaign that asks nobody to come back.</returns>
    public static string? OfReengages(Reengagement? reengages) => reengages is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"Only people without a sign of life for {reengages.IdleDays} days; without a reaction within {reengages.AnswerDays} days {Outcome(reengages.Outcome)}");

    /// <returns>Null where it wants nothing of anybody's clock.</returns>
    public static string? OfTiming(SendTiming? timing)
    {
        if (timing is null)
            return null;
        string?[] parts = [timing.StartsAt is { } start ? string.Create(CultureInfo.InvariantCulture, $"starts on {start:d MMM yyyy} at {start:HH:mm}") : null, OfHours(timing.Hours)];
        var said = $"{string.Join(", ", parts.OfType<string>())} where each person is";
        return char.ToUpperInvariant(said[0]) + said[1..];
    }

    private static string? OfHours(SendingHours? hours) => hours is null ? null : string.Create(CultureInfo.InvariantCulture, $"only from {hours.From:00}:00 to {hours.To:00}:00");

    private static string Outcome(SilenceOutcome outcome) => outcome switch
    {
        SilenceOutcome.EndConsent => "their consent ends",
        SilenceOutcome.TextSeldom => "they are texted once a month at most",
    };

    /// <param name="start">The first start, which says at what time of the day.</param>
    /// <returns>Null for a campaign that is sent once.</returns>
    public static string? OfRepeats(Recurrence? repeats, DateTimeOffset start)
    {
        if (repeats is null)
            return null;
        var first = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById(repeats.Zone));
        var often = repeats.Every switch
        {
            RepeatEvery.Day => "Every day",
            RepeatEvery.Week => $"Every week on {string.Join(", ", Enum.GetValues<WeekDays>().Where(day => day != WeekDays.None && repeats.Days.HasFlag(day)))}",
            RepeatEvery.Month => string.Create(CultureInfo.InvariantCulture, $"Every month on day {first.Day}"),
        };
        string?[] ends = [repeats.Until is { } last ? last.ToString("'until' d MMM yyyy", CultureInfo.InvariantCulture) : null, repeats.Times is { } times ? string.Create(CultureInfo.InvariantCulture, $"{times} times in all") : null];
        var end = string.Join(", ", ends.OfType<string>());
        return string.Create(CultureInfo.InvariantCulture,
            $"{often} at {first:HH:mm} ({repeats.Zone}){(end.Length == 0 ? "" : $", {end}")}; held for a person when the audience differs by more than {repeats.DriftPercent} %");
    }

    /// <summary>An amount in euro with cents: € 1,234.50; less than a cent with four digits.</summary>
    public static string OfMoney(decimal euro) =>
        string.Create(CultureInfo.InvariantCulture, $"€ {(euro is > 0 and < 0.01m ? euro.ToString("0.0000", CultureInfo.InvariantCulture) : euro.ToString("N2", CultureInfo.InvariantCulture))}");

    /// <summary>The price of one part, which has more digits than an amount: € 0.0075.</summary>
    public static string OfPartPrice(decimal euro) => string.Create(CultureInfo.InvariantCulture, $"€ {euro:0.00##}");

    /// <summary>A country in English; numbers of no known country are named as such.</summary>
    public static string OfCountry(string region) => region.Length == 0 ? "Unknown country" : ReportWords.Country(region);

    private static string? Part(decimal? percent, string what) => percent is { } limit ? string.Create(CultureInfo.InvariantCulture, $"more than {limit:0.##} % {what}") : null;
}
