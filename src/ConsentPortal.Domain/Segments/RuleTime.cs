using System.Globalization;

namespace ConsentPortal.Domain.Segments;

/// <summary>When something has to have happened: in the last days, within days of the calendar, or at any time when nothing is given.</summary>
/// <param name="Days">Of 24 hours, counted back from the moment of the question; 1 to 3650. Never together with the other two.</param>
/// <param name="From">The first day that counts, by the organisation's clock; null has no beginning.</param>
/// <param name="Until">The last day that counts, by the organisation's clock; null has no end.</param>
public sealed record RuleTime(int? Days = null, DateOnly? From = null, DateOnly? Until = null)
{
    public static RuleTime Ever { get; } = new();

    public static RuleTime Last(int days) => new(days);

    /// <summary>The first instant that counts, and the first one that does not count any more.</summary>
    public (DateTimeOffset? From, DateTimeOffset? Before) Bounds(RuleMoment now) =>
        Days is { } days ? (now.Instant.AddDays(-days), null) : (StartOf(From, now), StartOf(Until?.AddDays(1), now));

    internal bool Has(DateTimeOffset at, RuleMoment now)
    {
        var (from, before) = Bounds(now);
        return !(at < from) && !(at >= before);
    }

    /// <summary>"in the last 30 days", "from 1 Jan 2026 to 31 Mar 2026", "at any time".</summary>
    internal string Describe() => (Days, From, Until) switch
    {
        ({ } days, _, _) => $"in the last {RuleNames.Days(days)}",
        (null, { } from, { } until) => from == until ? $"on {Day(from)}" : $"from {Day(from)} to {Day(until)}",
        (null, { } from, null) => $"since {Day(from)}",
        (null, null, { } until) => $"until {Day(until)}",
        (null, null, null) => "at any time",
    };

    internal IEnumerable<string> Problems()
    {
        if (Days is { } days && RuleLimits.Days(days).Any())
            yield return "Days are counted from 1 to 3,650.";
        if (Days is not null && (From ?? Until) is not null)
            yield return "Give either a number of days or days of the calendar, not both.";
        if (new[] { From, Until }.Any(d => d is { Year: < 1900 or >= 2200 }))
            yield return "Give days between 1900 and 2199.";
        if (From > Until)
            yield return "The first day comes after the last one.";
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static DateTimeOffset? StartOf(DateOnly? day, RuleMoment now) => day is { } known ? now.StartOf(known) : null;
}
