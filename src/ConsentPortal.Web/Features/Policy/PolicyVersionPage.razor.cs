using System.Text.Json;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>One version from draft to history: what it changes, what it would have done, who agreed, and from when it governs.</summary>
public sealed partial class PolicyVersionPage(
    PolicyVersions versions, EditPolicyDraft edit, SimulationRuns runs, SimulatedTextList texts, PolicyActs acts, NavigationManager navigation)
{
    private PolicyView? _view;
    private PolicyVersion? _base;
    private PolicyForm? _form;
    private IReadOnlyList<FieldChange> _changes = [];
    private IReadOnlyList<PolicyProblem> _problems = [];
    private SimulatedTextPage? _texts;
    private RunningSimulation? _run;
    private Failure? _missing;
    private Failure? _problem;

    [Parameter]
    public int Version { get; set; }

    /// <summary>Of the texts that the simulation lists: how they were decided, and how the draft would have.</summary>
    [SupplyParameterFromQuery]
    public string? Was { get; set; }

    [SupplyParameterFromQuery]
    public string? Would { get; set; }

    [SupplyParameterFromQuery]
    public string? Rule { get; set; }

    [SupplyParameterFromQuery]
    public string? Lost { get; set; }

    [SupplyParameterFromQuery]
    public long? After { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private bool MayEdit => Actor.May(Permissions.EditPolicy);

    private bool IsEdited { get; set; }

    private SimulatedTextQuery Query => new(Version, Read<DecisionKind>(Was), Read<DecisionKind>(Would), Rule, Read<LostDecision>(Lost), After);

    private int CurrentStep => _view switch
    {
        { Status: PolicyStatus.Scheduled } => 4,
        { Status: PolicyStatus.Asked } => 3,
        { IsSimulated: true } => 2,
        _ => _changes.Count > 0 && !IsEdited ? 1 : 0,
    };

    private string? WhyNotSave =>
        !IsEdited ? "Nothing was changed." : _problems.Count > 0 ? "Put right what is marked below first." : _run is not null ? "A simulation of this draft is at work: wait for its end, or stop it." : null;

    private string? WhyNotSimulate => IsEdited ? "Save the draft first." : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_view?.Number != Version)
        {
            Follow(runs.Find(Version));
            await LoadAsync();
        }

        if (_view is not null)
            _texts = await texts.PageAsync(Actor, Query, Closing);
    }

    protected override void Dispose(bool disposing)
    {
        Follow(null);
        base.Dispose(disposing);
    }

    private async Task LoadAsync()
    {
        if (!(await versions.GetAsync(Actor, Version, Closing)).TryGet(out _view, out _missing))
            return;
        _base = _view.BaseVersion is { } old && (await versions.GetAsync(Actor, old, Closing)).TryGet(out var before, out _) ? before.Policy : null;
        _texts = await texts.PageAsync(Actor, Query, Closing);
        Undo();
    }

    private void Undo()
    {
        _form = new PolicyForm(_view!.Policy);
        Changed();
    }

    private void Changed()
    {
        var settings = _form!.Settings;
        _problems = [.. settings.Problems()];
        var entered = settings.ToVersion(Version) is { IsSuccess: true } made ? made.Value : null;
        IsEdited = entered is null || Text(entered) != Text(_view!.Policy);
        if (_base is not null && (entered ?? _view!.Policy) is { } shown)
            _changes = PolicyWords.Differences(_base, shown);
    }

    private static string Text(PolicyVersion policy) => JsonSerializer.Serialize(policy, ActivePolicy.Json);

    private Task SaveAsync() => RunAsync(async () =>
    {
        var saved = await edit.ExecuteAsync(Actor, Version, _view!.Hash!, _form!.Settings, Closing);
        _problem = saved.Failure;
        if (Tell(saved, _view.Simulation is null ? "The draft was saved." : "The draft was saved. It needs a new simulation."))
            await LoadAsync();
    });

    private Task SimulateAsync() => RunAsync(async () =>
    {
        if (!(await runs.StartAsync(Actor, Version, _view!.Hash!)).TryGet(out var run, out var refused))
            Say(refused.Message, Severity.Error);
        Follow(run ?? runs.Find(Version));
        await LoadAsync();
        // It may have ended before anybody listened.
        Refresh(null, EventArgs.Empty);
    });

    private Task StopSimulationAsync() => RunAsync(() =>
    {
        runs.Stop(Actor, Version);
        return Task.CompletedTask;
    });

    private void Follow(RunningSimulation? run)
    {
        if (_run is not null)
            _run.Changed -= Refresh;
        _run = run;
        if (_run is not null)
            _run.Changed += Refresh;
    }

    // Raised by the simulation's own thread.
    private void Refresh(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        try
        {
            if (_run is { HasEnded: true } ended)
            {
                Follow(null);
                await LoadAsync();
                Say(ended.Failure?.Message ?? "The simulation is done. Nothing was sent.", ended.Failure is null ? Severity.Success : Severity.Error);
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

    private Task AskAsync() => ActAsync(() => acts.Ask.ExecuteAsync(Actor, Version, Closing), "A second person can activate it now.");

    private Task ActivateAsync(DateTimeOffset? from) => ActAsync(
        () => acts.Activate.ExecuteAsync(Actor, Version, _view!.Hash!, from, Closing),
        from is { } later ? $"Version {Version} governs from {Figures.Time(later, Choices?.TimeZone ?? TimeZoneInfo.Utc)}." : $"Version {Version} governs from now on.");

    private Task TakeBackAsync(string reason) => ActAsync(() => acts.TakeBack.ExecuteAsync(Actor, Version, reason, Closing), "The activation was taken back; it is a draft again.");

    private Task AbandonAsync(string reason) => ActAsync(() => acts.Abandon.ExecuteAsync(Actor, Version, reason, Closing), "The draft was abandoned.");

    private Task ActAsync(Func<Task<Result<Done>>> act, string success) => RunAsync(async () =>
    {
        Tell(await act(), success);
        await LoadAsync();
    });

    private IEnumerable<(string Name, string Words)> Decided(PolicyView view)
    {
        var zone = Choices?.TimeZone ?? TimeZoneInfo.Utc;
        if (view.Author is null)
        {
            yield return ("Written by", "The version that the portal is built with; it governs until another one does.");
            yield break;
        }

        yield return ("Written by", string.Join(", ", view.Writers));
        if (view is { AbandonedAt: { } gaveUp })
            yield return ("Abandoned", $"{Figures.Time(gaveUp, zone)} by {view.AbandonedBy}");
        if (view is { AskedBy: { } asker, AskedAt: { } asked })
            yield return ("Asked for", $"{Figures.Time(asked, zone)} by {asker}");
        if (view is { ActivatedAt: { } activated })
            yield return ("Activated", $"{Figures.Time(activated, zone)} by {view.ActivatedBy}");
        if (view.ActiveFrom is { } from)
            yield return ("Governs", view.ActiveUntil is { } until ? $"{Figures.Time(from, zone)} to {Figures.Time(until, zone)}" : $"since {Figures.Time(from, zone)}");
    }

    private string Address(SimulatedTextQuery query) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["was"] = query.Was?.ToString().ToLowerInvariant(), ["would"] = query.Would?.ToString().ToLowerInvariant(), ["rule"] = query.Rule, ["lost"] = query.Lost?.ToString().ToLowerInvariant(),
        ["after"] = query.After,
    });

    private static T? Read<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
