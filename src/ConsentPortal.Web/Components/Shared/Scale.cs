using ConsentPortal.Application.Reports;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>The axis of a chart of counts, as reports have it.</summary>
internal sealed record Scale(long Top, IReadOnlyList<long> Lines)
{
    public static Scale For(long largest)
    {
        var axis = ChartAxis.For(largest, isWhole: true);
        return new Scale((long)axis.Top, [.. axis.Steps.Select(step => (long)step)]);
    }
}
