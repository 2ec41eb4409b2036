using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>The shape of a series, without axes: beside a figure that says how much.</summary>
public sealed partial class Sparkline
{
    private string _line = "";
    private string _area = "";

    /// <summary>Oldest first, evenly spaced; nothing is drawn for fewer than two.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<long> Values { get; set; }

    /// <summary>What the line says, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    protected override void OnParametersSet()
    {
        if (Values.Count < 2)
            return;
        var (least, most) = (Math.Min(0, Values.Min()), Values.Max());
        var span = Math.Max(1, most - least);
        var points = Values.Select((value, index) => $"{Figures.Svg(100.0 * index / (Values.Count - 1))},{Figures.Svg(26 - 24.0 * (value - least) / span)}");
        _line = $"M{string.Join(" L", points)}";
        _area = $"{_line} L100,28 L0,28 Z";
    }
}
