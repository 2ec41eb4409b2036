using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>Reports that stay as they were made: their files, and whether these are still what the trail says.</summary>
public sealed partial class KeptReportsPage(KeptReports kept, NavigationManager navigation)
{
    private readonly Dictionary<Guid, bool> _checked = [];
    private IReadOnlyList<KeptReportRow>? _rows;
    private DateTimeOffset? _next;
    private KeptReportRow? _removed;
    private string _reason = "";
    private Failure? _problem;

    private bool IsForMe => QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue("for", out var whose) && whose == "me";

    protected override Task OpenAsync() => FollowAddressAsync(navigation, Paths.KeptReports, LoadAsync);

    private async Task LoadAsync() => (_rows, _next) = await PageAsync(null);

    private Task<KeptReportPage> PageAsync(DateTimeOffset? before) => IsForMe ? kept.ForReaderAsync(Actor, before, Closing) : kept.PageAsync(Actor, null, before, Closing);

    private Task OlderAsync() => RunAsync(async () =>
    {
        var page = await PageAsync(_next);
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

    private Task MarkReadAsync(KeptReportRow report) => RunAsync(async () =>
    {
        if (Tell(await kept.MarkReadAsync(Actor, report.Id, Closing), "Marked as read."))
            _rows = [.. _rows!.Select(row => row.Id == report.Id ? row with { IsUnread = false } : row)];
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
        await LoadAsync();
    });

    private static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => $"{Figures.Count(bytes)} B",
        < 10_000_000 => $"{Figures.Count(bytes / 1_000)} kB",
        _ => $"{Figures.Count(bytes / 1_000_000)} MB",
    };
}
