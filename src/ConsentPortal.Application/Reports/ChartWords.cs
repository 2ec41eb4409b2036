using System.Globalization;

namespace ConsentPortal.Application.Reports;

/// <summary>What a chart shows, in words: for those who can't see it, and for values too close to be read off it.</summary>
public static class ChartWords
{
    // More than these nobody listens to one by one.
    private const int MostInWords = 40;

    public static string Of(ReportBlock.Chart chart)
    {
        var bars = chart.Bars;
        if (bars.All(b => b.Value == 0))
            return "In words: nothing was counted.";
        var counted = bars.Where(b => b.Value != 0).ToList();
        if (bars.Count <= MostInWords && counted.Count < bars.Count / 2)
            return $"In words: {Each(counted)}; all others: 0.";
        if (bars.Count <= MostInWords)
            return $"In words: {Each(bars)}.";
        var (most, least) = (bars.MaxBy(b => b.Value)!, bars.MinBy(b => b.Value)!);
        return string.Create(CultureInfo.InvariantCulture, $"In words: {bars.Count:N0} values, together {bars.Sum(b => b.Value):N0}; the most at {most.Label}: {most.Value:N0}; the least at {least.Label}: {least.Value:N0}.");
    }

    public static string Of(ReportBlock.LineChart chart)
    {
        if (chart.Lines.All(line => line.Values.All(value => value is null)))
            return "In words: nothing was measured.";
        var isShort = chart.Points.Count * chart.Lines.Count <= MostInWords;
        return $"In words ({chart.Measured}): {string.Join(" ", chart.Lines.Select(line => $"{line.Name}: {(isShort ? Each(chart, line) : InShort(chart, line))}."))}";
    }

    /// <summary>A value as charts write it: 1,234 or 0.25.</summary>
    public static string Of(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    private static string Each(IEnumerable<ChartBar> bars) => string.Join("; ", bars.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Label}: {b.Value:N0}")));

    /// <summary>Each point, but for several with the same value in a row, which are said together.</summary>
    private static string Each(ReportBlock.LineChart chart, ChartLine line)
    {
        var said = new List<string>();
        for (var (from, to) = (0, 0); from < line.Values.Count; from = to)
        {
            while (to < line.Values.Count && line.Values[to] == line.Values[from])
                to++;
            var value = line.Values[from] is { } known ? Of(known) : "no figure";
            if (from == 0 && to == line.Values.Count && to > 1)
                return $"{value} throughout";
            said.Add($"{chart.Points[from]}{(to - from > 1 ? $" to {chart.Points[to - 1]}" : "")}: {value}");
        }

        return string.Join("; ", said);
    }

    private static string InShort(ReportBlock.LineChart chart, ChartLine line)
    {
        var known = line.Values.Select((value, i) => (Value: value, Point: chart.Points[i])).Where(v => v.Value is not null).Select(v => (Value: v.Value!.Value, v.Point)).ToList();
        var gaps = line.Values.Count - known.Count;
        if (known.Count == 0)
            return "no figure anywhere";
        var (most, least) = (known.MaxBy(v => v.Value), known.MinBy(v => v.Value));
        var range = most.Value == least.Value ? $"{Of(most.Value)} throughout" : $"the most at {most.Point}: {Of(most.Value)}; the least at {least.Point}: {Of(least.Value)}";
        return $"{known[0].Point}: {Of(known[0].Value)} to {known[^1].Point}: {Of(known[^1].Value)}; {range}{(gaps == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; no figure at {gaps:N0} of {line.Values.Count:N0} points"))}";
    }
}
