namespace ConsentPortal.Application.Reports;

/// <summary>A value axis from zero with round steps: 1, 2, 2.5 or 5 times a power of ten apart, at most five of them.</summary>
public sealed record ChartAxis(double Top, IReadOnlyList<double> Steps)
{
    private const int MostSteps = 4;
    private const double Rounding = 1e-9;

    private static readonly double[] Round = [1, 2, 2.5, 5, 10];

    /// <param name="isWhole">Things that are counted: a step is never a part of one.</param>
    public static ChartAxis For(double largest, bool isWhole)
    {
        var reached = isWhole ? Math.Max(1, largest) : largest > 0 ? largest : 1;
        var rough = reached / MostSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * Round.First(candidate => candidate * power >= rough * (1 - Rounding));
        if (isWhole)
            step = Math.Max(1, Math.Ceiling(step));
        var count = Math.Max(1, (int)Math.Ceiling(reached / step * (1 - Rounding)));
        return new ChartAxis(At(count), [.. Enumerable.Range(0, count + 1).Select(At)]);

        // A tenth three times is not quite three tenths.
        double At(int number) => (double)((decimal)step * number);
    }

    public static ChartAxis For(ReportBlock.LineChart chart)
    {
        var values = chart.Lines.SelectMany(line => line.Values).OfType<double>().DefaultIfEmpty().ToList();
        return For(values.Max(), values.TrueForAll(double.IsInteger));
    }

    /// <summary>Which of some points get their name under the axis: the first, the last, and some between them at even steps.</summary>
    /// <param name="room">For how many names there is room.</param>
    public static IReadOnlyList<int> Named(int points, int room)
    {
        if (points == 0)
            return [];
        var step = Math.Max(1, (int)Math.Ceiling((points - 1) / Math.Max(1.0, room - 1)));
        return [.. Enumerable.Range(0, (points - 1) / step + 1).Select(i => i * step).Where(i => i == 0 || points - 1 - i >= step || i == points - 1).Append(points - 1).Distinct()];
    }
}
