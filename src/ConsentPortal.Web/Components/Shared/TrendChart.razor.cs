using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>A few series over the same days, as lines that also differ in their strokes.</summary>
public sealed partial class TrendChart
{
    private const double Left = 56;
    private const double Right = 8;
    private const double Width = 720;
    private const double Height = 184;
    private const double Bottom = 28;

    private Scale _scale = Scale.For(0);

    [Parameter, EditorRequired]
    public required IReadOnlyList<DateOnly> Days { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<TrendSeries> Series { get; set; }

    private string Summary =>
        $"{Figures.Date(Days[0])} to {Figures.Date(Days[^1])}. {string.Join("; ", Series.Select(series => $"{series.Name}: {Figures.Count(series.Values.Sum())} in all, most in a day {Figures.Count(series.Values.DefaultIfEmpty().Max())}"))}.";

    private IEnumerable<int> LabelledDays
    {
        get
        {
            var last = Days.Count - 1;
            var step = Math.Max(1, (int)Math.Round(last / 6.0));
            return Enumerable.Range(0, last / step + 1).Select(i => i * step).Where(i => i == 0 || last - i >= step).Append(last).Distinct();
        }
    }

    protected override void OnParametersSet() =>
        _scale = Scale.For(Series.SelectMany(series => series.Values).DefaultIfEmpty().Max());

    private static string? Dash(int number) => number switch { 0 => null, 1 => "5 3", _ => "2 3" };

    private string PathOf(TrendSeries series) =>
        $"M{string.Join(" L", series.Values.Take(Days.Count).Select((value, index) => $"{Figures.Svg(X(index))},{Figures.Svg(Y(value))}"))}";

    private double X(int index) => Left + Width * index / (Days.Count - 1);

    private double Y(double value) => Height - (Height - 12) * value / _scale.Top;
}
