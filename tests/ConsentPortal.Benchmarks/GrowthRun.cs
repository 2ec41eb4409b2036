using System.Globalization;
using ConsentPortal.Benchmarks.Messaging;
using ConsentPortal.Benchmarks.Segments;

namespace ConsentPortal.Benchmarks;

/// <summary>
/// Plans, sends, takes receipts and counts segments among few people and among many, in turns, and says how much more a row costs among many. Both
/// sizes of a turn meet the same machine, which is quicker in one minute than in another; the growth is the median of the turns' growths. Each run of a
/// rate prints its own figures with their floors before.
/// </summary>
internal static class GrowthRun
{
    public const int Few = 100_000;
    public const int Many = 1_000_000;

    private const int Texts = 10_000;
    private const int RateTurns = 3;
    private const int SegmentTurns = 15;
    private const double MostGrowth = 1.3;

    /// <returns>Whether no row costs more than 1.3 times as much, and every rate among many people is as high as it should be.</returns>
    public static async Task<bool> RunAsync(int few, int many)
    {
        var rates = await RatesAsync(few, many);
        var segments = await SegmentsAsync(few, many);
        Console.WriteLine($"{Environment.NewLine}{"microseconds a row, medians",-42} {"few",10} {"many",10} {"growth",7} {"least to most",14}");
        var isWell = true;
        foreach (var (rate, least) in Least)
            isWell &= Print($"{rate} (at least {least:N0}/s)", rates[rate], turn => turn.Many <= 1e6 / least);
        foreach (var (segment, turns) in segments)
            isWell &= Print(segment, turns, _ => true);
        return isWell;
    }

    private static IReadOnlyDictionary<string, int> Least { get; } = new Dictionary<string, int> { ["planned"] = 20_000, ["sent"] = 500, ["receipts"] = 1_000 };

    private static async Task<IReadOnlyDictionary<string, List<Turn>>> RatesAsync(int few, int many)
    {
        // What runs first pays for everybody's compilation.
        Console.WriteLine("Warming up");
        await RatesAsync(few);
        var turns = Least.Keys.ToDictionary(rate => rate, _ => new List<Turn>());
        for (var turn = 1; turn <= RateTurns; turn++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Turn {turn} of {RateTurns}, among {few:N0} people"));
            var least = await RatesAsync(few);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Turn {turn} of {RateTurns}, among {many:N0} people"));
            var most = await RatesAsync(many);
            foreach (var rate in Least.Keys)
                turns[rate].Add(new Turn(1e6 / least[rate], 1e6 / most[rate]));
        }

        return turns;
    }

    private static async Task<IReadOnlyDictionary<string, double>> RatesAsync(int people) => new Dictionary<string, double>
    {
        ["planned"] = await PlanningRun.RunAsync(people), ["sent"] = await DispatchRun.RunAsync(Texts, people), ["receipts"] = await ReceiptRun.RunAsync(Texts, people),
    };

    private static async Task<IReadOnlyDictionary<string, List<Turn>>> SegmentsAsync(int few, int many)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Segments, {SegmentTurns} turns"));
        await using var least = await SegmentScene.OpenAsync(few, null);
        await using var most = await SegmentScene.OpenAsync(many, null);
        var segments = new Dictionary<string, List<Turn>>(StringComparer.Ordinal);
        foreach (var segment in ReferenceSegments.Of(SegmentScene.Now))
        {
            var turns = new List<Turn>();
            for (var turn = 0; turn <= SegmentTurns; turn++)
            {
                var counted = new Turn(await RowAsync(least, segment), await RowAsync(most, segment));
                // The first turn warms the pages up and compiles the query.
                if (turn > 0)
                    turns.Add(counted);
            }

            segments[segment.Name] = turns;
        }

        return segments;
    }

    private static async Task<double> RowAsync(SegmentScene scene, ReferenceSegment segment) => (await scene.CountAsync(segment)).Spent.Clock * 1e3 / scene.People;

    private static bool Print(string what, IReadOnlyList<Turn> turns, Func<Turn, bool> isFastEnough)
    {
        var median = new Turn(Median(turns, turn => turn.Few), Median(turns, turn => turn.Many));
        var growth = Median(turns, turn => turn.Growth);
        var isWell = growth <= MostGrowth && isFastEnough(median);
        var spread = string.Create(CultureInfo.InvariantCulture, $"{turns.Min(turn => turn.Growth):F2} to {turns.Max(turn => turn.Growth):F2}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-42} {median.Few,10:F3} {median.Many,10:F3} {growth,7:F2} {spread,14}{(isWell ? "" : "  too much")}"));
        return isWell;
    }

    private static double Median(IReadOnlyList<Turn> turns, Func<Turn, double> figure) => turns.Select(figure).Order().ElementAt(turns.Count / 2);

    /// <summary>Microseconds that a row cost among few people, and right afterwards among many.</summary>
    private readonly record struct Turn(double Few, double Many)
    {
        public double Growth => Many / Few;
    }
}
