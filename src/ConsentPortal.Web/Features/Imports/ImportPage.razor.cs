using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>One import: its progress while it runs, then its counts and the rows to look at.</summary>
public sealed partial class ImportPage(ImportDetail detail, ImportRuns runs, NavigationManager navigation)
{
    private const int PageSize = 50;

    private RunningImport? _run;
    private ImportLine? _import;
    private ImportIssuePage? _issues;
    private Failure? _failure;
    private IReadOnlyList<ActiveFilter> _filters = [];

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "class")]
    private string? Class { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int PageNumber { get; set; }

    private ImportBatchId BatchId => ImportBatchId.From(Id);

    protected override async Task OnParametersSetAsync()
    {
        Follow(runs.Find(BatchId));
        await LoadAsync();
    }

    protected override void Dispose(bool disposing)
    {
        Follow(null);
        base.Dispose(disposing);
    }

    private async Task LoadAsync()
    {
        if (!(await detail.GetAsync(Actor, BatchId, Closing)).TryGet(out _import, out _failure))
            return;
        var named = ImportClasses.Named(Class);
        _filters = named is null ? [] : [new ActiveFilter("Class", named.Label, Paths.Import(BatchId))];
        _issues = await detail.IssuesAsync(Actor, BatchId, named?.Name, (Math.Max(1, PageNumber) - 1) * PageSize, PageSize, Closing);
        _failure = _run?.Failure;
    }

    private void Follow(RunningImport? run)
    {
        if (_run is not null)
            _run.Changed -= Refresh;
        _run = run;
        if (_run is not null)
            _run.Changed += Refresh;
    }

    // Raised by the import's own thread.
    private void Refresh(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        try
        {
            if (_run is { HasEnded: true })
                Follow(null);
            await LoadAsync();
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

    private void Turn(int page) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("page", page));
}
