using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>All segments with their rules in words.</summary>
public sealed partial class SegmentsPage(SegmentList segments, FreezeRuns freezes, NavigationManager navigation) : PortalPage
{
    private IReadOnlyList<SegmentRow>? _rows;
    private IReadOnlyList<RunningFreeze> _freezes = [];
    private IReadOnlyList<ActiveFilter> _active = [];

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public bool Archived { get; set; }

    protected override Task OpenAsync()
    {
        if (Actor.May(Permissions.EditSegments))
            _freezes = freezes.All;
        foreach (var run in _freezes)
            run.Changed += Refresh;
        return Task.CompletedTask;
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void Dispose(bool disposing)
    {
        foreach (var run in _freezes)
            run.Changed -= Refresh;
        base.Dispose(disposing);
    }

    private async Task LoadAsync()
    {
        var all = await segments.AllAsync(Actor, Archived, Closing);
        _rows = string.IsNullOrWhiteSpace(Search) ? all : [.. all.Where(s => Matches(s.Name) || Matches(s.Sentence))];
        _active = string.IsNullOrWhiteSpace(Search) ? [] : [new ActiveFilter("Search", Search, Address(null, Archived))];
    }

    private Task StopAsync(RunningFreeze run) => RunAsync(() =>
    {
        FreezeRuns.Stop(Actor, run);
        return Task.CompletedTask;
    });

    // Raised by the thread that writes a list.
    private void Refresh(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        try
        {
            if (_freezes.Any(run => run.HasEnded))
            {
                _freezes = [.. _freezes.Where(run => !run.HasEnded)];
                await LoadAsync();
            }

            StateHasChanged();
        }
        catch (Exception left) when (left is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    });

    private bool Matches(string text) => text.Contains(Search!.Trim(), StringComparison.OrdinalIgnoreCase);

    private void SearchFor(string? text) => navigation.NavigateTo(Address(text, Archived), replace: true);

    private void ShowArchived(bool archived) => navigation.NavigateTo(Address(Search, archived), replace: true);

    private string Address(string? search, bool archived) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["search"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(), ["archived"] = archived ? true : null,
    });
}
