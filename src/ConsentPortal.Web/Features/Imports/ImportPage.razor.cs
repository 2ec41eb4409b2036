using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Application.Imports.Undo;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>One import: its progress while it runs, then its counts and the rows to look at.</summary>
public sealed partial class ImportPage(ImportDetail detail, ImportRuns runs, DecideImport decide, UndoImport undo, NavigationManager navigation, TimeProvider clock)
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

    private string? WhyNotDecide =>
        !Actor.May(Permissions.ApproveImports) ? "Your role does not approve imports."
        : string.Equals(_import?.StartedById?.ToString(), Actor.Id, StringComparison.OrdinalIgnoreCase) ? "You brought this list yourself, so somebody else decides."
        : null;

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

    private Task ApproveAsync() => RunAsync(async () =>
    {
        if (!(await decide.ApproveAsync(Actor, BatchId, Closing)).TryGet(out var request, out var refused))
        {
            Say(refused.Message, Severity.Error);
            return;
        }

        if (Tell(await runs.StartAsync(Actor, request), "Approved; the import has begun."))
            Follow(runs.Find(BatchId));
        await LoadAsync();
    });

    private Task DeclineAsync(string reason) => RunAsync(async () =>
    {
        Tell(await decide.DeclineAsync(Actor, BatchId, reason, Closing), "Declined; the file is deleted.");
        await LoadAsync();
    });

    private Task UndoAsync(string reason) => RunAsync(async () =>
    {
        // Half an undoing helps nobody, so it goes on when the page is left.
        var (actor, id) = (Actor, BatchId);
        var outcome = await Task.Run(() => undo.ExecuteAsync(actor, id, reason, CancellationToken.None), CancellationToken.None);
        Tell(outcome, outcome.IsSuccess ? Sentence(outcome.Value) : "");
        await LoadAsync();
    });

    private bool CanUndo(ImportLine import) =>
        import.State is ImportState.Finished or ImportState.Stopped && import.Summary.People > 0 && clock.GetUtcNow() - import.StartedAt <= UndoImport.Window;

    private static string Sentence(ImportUndone done) =>
        $"Taken back: {Figures.Counted(done.Removed, "person", "people")} removed, {Figures.Counted(done.Retracted, "consent")} ended, {Figures.Counted(done.Restored, "value")} put back. "
        + $"Kept: {Figures.Counted(done.KeptPeople, "person", "people")} with whom something has happened since, {Figures.Counted(done.KeptValues, "value")} changed since, {Figures.Counted(done.KeptRefusals, "refusal")}.";

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
