using ConsentPortal.Application.Reports;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>A line chart of a report as its PDF has it: strokes and markers tell the lines apart, and what is not known is a gap.</summary>
public sealed partial class ReportLineChart
{
    private const int Left = 64;
    private const int Top = 24;
    private const int Bottom = 184;
    private const int ViewWidth = 760;
    private const int ViewHeight = Bottom + 42;
    private const double Inset = 10;

    // Of names under the axis, by the longest of them.
    private const double LetterWidth = 6.5;
    private const double NameGap = 18;

    // Denser markers run together.
    private const double MarkerRoom = 14;

    private static readonly string?[] Dashes = [null, "7 4", "2 3", "10 3 2 3"];

    private ChartAxis _axis = ChartAxis.For(0, isWhole: true);

    [Parameter, EditorRequired]
    public required ReportBlock.LineChart Chart { get; set; }

    private static double Room => ViewWidth - Left - 2 * Inset;

    private IReadOnlyList<int> Named => ChartAxis.Named(Chart.Points.Count, Math.Max(2, (int)(Room / (Chart.Points.Select(point => point.Length).DefaultIfEmpty().Max() * LetterWidth + NameGap)) + 1));

    protected override void OnParametersSet() => _axis = ChartAxis.For(Chart);

    private double X(int point) => Left + Inset + (Chart.Points.Count < 2 ? Room / 2 : Room * point / (Chart.Points.Count - 1));

    private double Y(double value) => Bottom - (Bottom - Top) * value / _axis.Top;

    private string Anchor(int point) => Chart.Points.Count < 2 ? "middle" : point == 0 ? "start" : point == Chart.Points.Count - 1 ? "end" : "middle";

    private string PathOf(int line)
    {
        var values = Chart.Lines[line].Values;
        return string.Concat(values.Select((value, point) => value is { } known ? $"{(point > 0 && values[point - 1] is not null ? 'L' : 'M')}{Figures.Svg(X(point))},{Figures.Svg(Y(known))}" : ""));
    }

    /// <summary>Some of the points, and each that stands alone between two gaps.</summary>
    private string MarkersOf(int line)
    {
        var values = Chart.Lines[line].Values;
        var step = Math.Max(1, (int)Math.Ceiling(MarkerRoom * (values.Count - 1) / Room));
        return string.Concat(values.Select((value, point) => value is { } known && (point % step == 0 || IsAlone(values, point)) ? Marker(line, X(point), Y(known)) : ""));
    }

    private static bool IsAlone(IReadOnlyList<double?> values, int point) => (point == 0 || values[point - 1] is null) && (point == values.Count - 1 || values[point + 1] is null);

    private static string Marker(int line, double x, double y) => line switch
    {
        0 => $"M{Figures.Svg(x - 3)},{Figures.Svg(y)}a3,3 0 1 0 6,0a3,3 0 1 0 -6,0z",
        1 => $"M{Figures.Svg(x - 3)},{Figures.Svg(y - 3)}h6v6h-6z",
        2 => $"M{Figures.Svg(x)},{Figures.Svg(y - 4)}l4,7h-8z",
        _ => $"M{Figures.Svg(x)},{Figures.Svg(y - 4)}l4,4l-4,4l-4,-4z",
    };
}
