using ConsentPortal.Application.Reports;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>The figures of a report on screen; a chart is drawn, and says in words to those who do not see it what it shows.</summary>
public sealed partial class ReportBlocks
{
    private const double TallestBar = 96;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ReportBlock> Blocks { get; set; }

    private static Meaning Of(ReportTone tone) => tone switch
    {
        ReportTone.Neutral => Meaning.Neutral,
        ReportTone.Good => Meaning.Granted,
        ReportTone.Waiting => Meaning.Pending,
        ReportTone.Bad => Meaning.Blocked,
    };

    private static string Height(ReportBlock.Chart chart, ChartBar bar) => Figures.Svg(bar.Value == 0 ? 0 : Math.Max(1, TallestBar * bar.Value / chart.Bars.Max(b => b.Value)));
}
