namespace ConsentPortal.Domain.Audit;

/// <param name="Median">Of the person's own days before; null for somebody who had none.</param>
public sealed record UnusualDay(DateOnly Day, int Count, double? Median);

/// <summary>
/// On which days somebody looked at far more people than they use to. A day stands out when it has at least
/// <see cref="LeastReveals"/> looks behind the mask (or <see cref="LeastPages"/> masked pages) and more than <see cref="Times"/>
/// times the median of that person's own days with any look in the <see cref="DaysBack"/> days before it. Whoever has no such
/// day is measured by the least number alone.
/// </summary>
public static class UnusualDays
{
    public const int LeastReveals = 10;
    public const int LeastPages = 100;
    public const int Times = 3;
    public const int DaysBack = 90;

    /// <summary>The rule in a sentence, as screens and reports print it.</summary>
    public static string Sentence { get; } =
        $"A day stands out when somebody revealed at least {LeastReveals} values (or opened at least {LeastPages} people's pages) and more than {Times} times the median of their own days with any in the {DaysBack} days before.";

    /// <param name="counts">Looks of one person by day; days without any are left out.</param>
    /// <returns>Oldest first.</returns>
    public static IReadOnlyList<UnusualDay> In(IReadOnlyDictionary<DateOnly, int> counts, int least) =>
    [
        .. counts.Where(day => day.Value >= least).OrderBy(day => day.Key)
            .Select(day => new UnusualDay(day.Key, day.Value, MedianBefore(counts, day.Key)))
            .Where(day => day.Median is not { } usual || day.Count > Times * usual),
    ];

    /// <returns>Null where there is none.</returns>
    public static double? MedianOf(IEnumerable<int> counts) => Median([.. counts.Where(count => count > 0).Order()]);

    private static double? MedianBefore(IReadOnlyDictionary<DateOnly, int> counts, DateOnly day) =>
        MedianOf(counts.Where(other => other.Key < day && other.Key >= day.AddDays(-DaysBack)).Select(other => other.Value));

    private static double? Median(int[] sorted) =>
        sorted.Length == 0 ? null : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2.0;
}
