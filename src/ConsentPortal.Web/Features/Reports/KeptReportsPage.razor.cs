using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;
using MudBlazor;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>Reports that stay as they were made: their files, and whether these are still what the trail says.</summary>
public sealed partial class KeptReportsPage(KeptReports kept)
{
    private readonly Dictionary<Guid, bool> _checked = [];
    private IReadOnlyList<KeptReportRow>? _rows;
    private DateTimeOffset? _next;
    private KeptReportRow? _removed;
    private string _reason = "";
    private Failure? _problem;

    protected override async Task OpenAsync() => (_rows, _next) = await kept.PageAsync(Actor, null, null, Closing);

    private Task OlderAsync() => RunAsync(async () =>
    {
        var page = await kept.PageAsync(Actor, null, _next, Closing);
        (_rows, _next) = ([.. _rows!, .. page.Rows], page.Next);
    });

    private Task CheckAsync(KeptReportRow report) => RunAsync(async () =>
    {
        if (!(await kept.CheckAsync(Actor, report.Id, Closing)).TryGet(out var checks, out var failure))
        {
            Say(failure.Message, Severity.Error);
            return;
        }

        _checked[report.Id] = checks.All(c => c.IsSame);
    });

    private void AskToRemove(KeptReportRow report)
    {
        Close();
        _removed = report;
    }

    private void Close() => (_removed, _reason, _problem) = (null, "", null);

    private Task RemoveAsync() => RunAsync(async () =>
    {
        var outcome = await kept.RemoveAsync(Actor, _removed!.Id, _reason, Closing);
        _problem = outcome.Failure;
        if (!outcome.IsSuccess)
            return;
        Tell(outcome, "The report was removed.");
        Close();
        (_rows, _next) = await kept.PageAsync(Actor, null, null, Closing);
    });

    private static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => $"{Figures.Count(bytes)} B",
        < 10_000_000 => $"{Figures.Count(bytes / 1_000)} kB",
        _ => $"{Figures.Count(bytes / 1_000_000)} MB",
    };
}
