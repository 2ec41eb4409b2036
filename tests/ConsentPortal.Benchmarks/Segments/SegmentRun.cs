using System.Globalization;

namespace ConsentPortal.Benchmarks.Segments;

/// <summary>
/// Counts twelve reference segments warm, and beside each run the best SQL written by hand on the same connection. The best of
/// several runs of both is printed: whatever else this machine does makes a run slower, never quicker.
/// </summary>
internal static class SegmentRun
{
    private const int Runs = 9;

    public static async Task RunAsync(int people, string? kept)
    {
        await using var scene = await SegmentScene.OpenAsync(people, kept);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people:N0} people; milliseconds, best of {Runs}, clock and processor"));
        Console.WriteLine($"{"",-42} {"people",10} {"portal",14} {"by hand",14} {"ratio",7}");
        foreach (var segment in ReferenceSegments.Of(SegmentScene.Now))
            await MeasureAsync(scene, segment);
    }

    private static async Task MeasureAsync(SegmentScene scene, ReferenceSegment segment)
    {
        Spent portal = Spent.Endless, byHand = Spent.Endless;
        var (counted, expected) = (0L, 0L);
        for (var run = 0; run <= Runs; run++)
        {
            (counted, var mine) = await scene.CountAsync(segment);
            (expected, var theirs) = await scene.CountByHandAsync(segment);
            // The first run warms the pages up and compiles the query.
            if (run > 0)
                (portal, byHand) = (portal.Least(mine), byHand.Least(theirs));
        }

        var verdict = counted == expected ? "" : string.Create(CultureInfo.InvariantCulture, $"  by hand {expected:N0}!");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{segment.Name,-42} {counted,10:N0} {portal,14} {byHand,14} {portal.Processor / byHand.Processor,7:F2}{verdict}"));
    }
}
