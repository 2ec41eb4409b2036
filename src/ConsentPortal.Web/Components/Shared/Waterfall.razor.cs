using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>
/// From everybody targeted to those who are sent to: each exclusion takes its piece off the right end, so that the
/// pieces and the rest add up to the whole by sight.
/// </summary>
public sealed partial class Waterfall
{
    private const double Full = 1000;

    /// <summary>A sliver of a large audience must still be seen.</summary>
    private const double LeastWidth = 3;

    private IReadOnlyList<Bar> _bars = [];

    [Parameter, EditorRequired]
    public required long Total { get; set; }

    /// <summary>In the order of the gates; each person is counted at the first gate that stops them.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<WaterfallStep> Steps { get; set; }

    [Parameter]
    public string TotalLabel { get; set; } = "Targeted";

    [Parameter]
    public string RestLabel { get; set; } = "Will be sent";

    [Parameter]
    public string Label { get; set; } = "From targeted to sent";

    /// <summary>The key of the exclusion whose people somebody wants to see.</summary>
    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    protected override void OnParametersSet()
    {
        var bars = new List<Bar> { new("total", TotalLabel, Total, Meaning.Neutral, null, 0, Width(Total), IsWhole: true) };
        var left = Total;
        foreach (var step in Steps)
        {
            left -= step.Count;
            bars.Add(new(step.Key, step.Label, step.Count, step.Meaning, step.Rule, Math.Min(Width(left), Full - LeastWidth), Width(step.Count), IsWhole: false));
        }

        bars.Add(new("rest", RestLabel, left, Meaning.Granted, null, 0, Width(left), IsWhole: true));
        _bars = bars;
    }

    private double Width(long count) => Total == 0 || count <= 0 ? 0 : Math.Max(LeastWidth, Full * count / Total);

    private sealed record Bar(string Key, string Label, long Count, Meaning Meaning, string? Rule, double Start, double Width, bool IsWhole);
}
