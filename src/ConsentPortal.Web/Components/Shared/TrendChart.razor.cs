using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>A few series over the same days, or the hours of one, as lines that also differ in their strokes.</summary>
public sealed partial class TrendChart
{
    private const double Left = 56;
    private const double Right = 8;
    private const double Width = 720;
    private const double Height = 184;
    private const double Bottom = 28;

    private Scale _scale = Scale.For(0);

    [Parameter]
    public IReadOnlyList<DateOnly> Days { get; set; } = [];

    /// <summary>What stands below the points where they are no days, such as the hours of one; empty for days.</summary>
    [Parameter]
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>What lies between two points.</summary>
    [Parameter]
    public string Unit { get; set; } = "day";

    [Parameter, EditorRequired]
    public required IReadOnlyList<TrendSeries> Series { get; set; }

    private string Summary =>
        $"{(Labels.Count > 0 ? Labels[0] : Figures.Date(Days[0]))} to {(Labels.Count > 0 ? Labels[^1] : Figures.Date(Days[^1]))}. {string.Join("; ", Series.Select(series => $"{series.Name}: {Figures.Count(series.Values.Sum())} in all, most in {(Unit == "hour" ? "an" : "a")} {Unit} {Figures.Count(series.Values.DefaultIfEmpty().Max())}"))}.";

    private int Points => Labels.Count > 0 ? Labels.Count : Days.Count;

    private IEnumerable<int> LabelledDays
    {
        get
        {
            var last = Points - 1;
            var step = Math.Max(1, (int)Math.Round(last / 6.0));
            return Enumerable.Range(0, last / step + 1).Select(i => i * step).Where(i => i == 0 || last - i >= step).Append(last).Distinct();
        }
    }

    protected override void OnParametersSet() =>
        _scale = Scale.For(Series.SelectMany(series => series.Values).DefaultIfEmpty().Max());

    private static string? Dash(int number) => number switch { 0 => null, 1 => "5 3", _ => "2 3" };

    private string PathOf(TrendSeries series) =>
        $"M{string.Join(" L", series.Values.Take(Points).Select((value, index) => $"{Figures.Svg(X(index))},{Figures.Svg(Y(value))}"))}";

    private string LabelOf(int index) => Labels.Count > 0 ? Labels[index] : Days[index].ToString("d MMM", CultureInfo.InvariantCulture);

    private double X(int index) => Left + Width * index / (Points - 1);

    private double Y(double value) => Height - (Height - 12) * value / _scale.Top;
}
