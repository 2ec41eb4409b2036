using System.Globalization;
using ConsentPortal.Benchmarks.Messaging;
using ConsentPortal.Benchmarks.Segments;

namespace ConsentPortal.Benchmarks;

/// <summary>
/// Plans, sends, takes receipts and counts segments among few people and among many, and says how much more a row costs among many. Each run prints its own
/// figures with their floors before.
/// </summary>
internal static class GrowthRun
{
    public const int Few = 100_000;
    public const int Many = 1_000_000;

    private const int Texts = 10_000;
    private const double MostGrowth = 1.3;

    /// <returns>Whether no row costs more than 1.3 times as much, and every rate among many people is as high as it should be.</returns>
    public static async Task<bool> RunAsync(int few, int many)
    {
        // What runs first pays for everybody's compilation.
        Console.WriteLine("Warming up");
        await RatesAsync(few);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Among {few:N0} people"));
        var (fewRates, fewCounts) = (await RatesAsync(few), await SegmentRun.RunAsync(few, null));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Among {many:N0} people"));
        var (manyRates, manyCounts) = (await RatesAsync(many), await SegmentRun.RunAsync(many, null));

        Console.WriteLine($"{Environment.NewLine}{"microseconds a row",-42} {"few",10} {"many",10} {"growth",7}");
        var isWell = true;
        foreach (var (rate, least) in Least)
            isWell &= Print($"{rate} (at least {least:N0}/s)", 1e6 / fewRates[rate], 1e6 / manyRates[rate], manyRates[rate] >= least);
        foreach (var (segment, clock) in fewCounts)
            isWell &= Print(segment, clock * 1e3 / few, manyCounts[segment] * 1e3 / many, isFastEnough: true);
        return isWell;
    }

    private static IReadOnlyDictionary<string, int> Least { get; } = new Dictionary<string, int> { ["planned"] = 20_000, ["sent"] = 500, ["receipts"] = 1_000 };

    private static async Task<IReadOnlyDictionary<string, double>> RatesAsync(int people) => new Dictionary<string, double>
    {
        ["planned"] = await PlanningRun.RunAsync(people), ["sent"] = await DispatchRun.RunAsync(Texts, people), ["receipts"] = await ReceiptRun.RunAsync(Texts, people),
    };

    private static bool Print(string what, double few, double many, bool isFastEnough)
    {
        var isWell = isFastEnough && many / few <= MostGrowth;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-42} {few,10:F3} {many,10:F3} {many / few,7:F2}{(isWell ? "" : "  too much")}"));
        return isWell;
    }
}
