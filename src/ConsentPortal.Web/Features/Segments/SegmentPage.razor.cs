using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>One segment in the editor, with exact counts that follow every change.</summary>
public sealed partial class SegmentPage(
    SegmentDetail segments, SegmentCount count, SegmentCountries countries, SegmentFunnel funnel, ExplainMembership explain, Membership membership, SaveSegment save, FreezeRuns freezes, ArchiveSegment archive, NavigationManager navigation, TimeProvider clock) : PortalPage
{
    /// <summary>Typing is over when nothing has changed for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private SegmentChoices? _choices;
    private SegmentView? _segment;
    private SegmentFigures? _figures;
    private IReadOnlyList<SegmentCountry> _countries = [];
    private (SegmentRule Rule, PurposeId? Purpose)? _counted;
    private Failure? _missing;
    private Failure? _problem;
    private GroupDraft _draft = new();
    private IReadOnlyList<RuleWord> _sentence = [];
    private RuleCounts _counts = RuleCounts.None;
    private CancellationTokenSource? _asking;
    private PurposeId? _purpose;
    private MembershipView? _explained;
    private Failure? _whyNotExplained;
    private string _name = "";
    private string _listName = "";
    private string _exportReason = "";
    private RunningFreeze? _freeze;
    private RunningFreeze? _made;
    private bool _counting;
    private bool _isLoaded;
    private Guid? _loaded;

    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>For whom the reachable people are counted.</summary>
    [SupplyParameterFromQuery]
    public Guid? Purpose { get; set; }

    /// <summary>About whom the rule is asked why they belong to it or do not.</summary>
    [SupplyParameterFromQuery]
    public Guid? Person { get; set; }

    private bool MayExplain => Actor.May(Permissions.ViewSubscribers);

    private bool MayEdit => Actor.May(Permissions.EditSegments) && _segment is not { IsArchived: true };

    private string? WhyNotSave =>
        !Actor.May(Permissions.EditSegments) ? "Your role reads segments and does not change them."
        : _segment is { IsArchived: true } ? "This segment is archived."
        : _name.Trim().Length < 3 ? "Give it a name first."
        : _problem is null ? null : "Finish the rule first.";

    private string? WhyNotArchive => _segment?.UsedBy.Any(u => u.Status is not (Domain.Campaigns.CampaignStatus.Finished or Domain.Campaigns.CampaignStatus.Cancelled)) == true
        ? "A campaign that is not over uses it."
        : _segment?.NamedBy is [{ } other, ..] ? $"The rule of {other.Name} names this one." : null;

    private string? WhyNotFreeze =>
        _freeze is not null ? "A list is being made: wait for its end, or stop it." :
        _problem is not null ? "Finish the rule first."
        : _figures is null ? "The rule is not counted yet."
        : _figures.People == 0 ? "The rule means nobody at this moment."
        : _listName.Trim().Length < 3 ? "Give the list a name first." : null;

    protected override async Task OpenAsync() => _choices = await segments.ChoicesAsync(Actor, Closing);

    protected override async Task OnParametersSetAsync()
    {
        if (!_isLoaded || _loaded != Id)
            await LoadAsync();
        _purpose = Purpose is { } id ? new PurposeId(id) : null;
        await Task.WhenAll(CountAsync(), ExplainAsync());
    }

    private async Task LoadAsync()
    {
        (_isLoaded, _loaded, _segment, _missing, _draft, _name) = (true, Id, null, null, new GroupDraft { Rows = { new ConditionDraft() } }, "");
        _made = null;
        if (Id is not { } id)
            return;
        if (!(await segments.GetAsync(Actor, new SegmentId(id), Closing)).TryGet(out _segment, out _missing))
            return;
        (_draft, _name) = (GroupDraft.Of(_segment.Rule), _segment.Name);
    }

    private async Task ChangedAsync()
    {
        var asking = await AskAnewAsync();
        _counting = Check() is not null;
        try
        {
            await Task.Delay(Pause, clock, asking);
            await Task.WhenAll(CountAsync(), ExplainAsync());
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // The rule changed again.
        }
    }

    /// <summary>Ends the counting of an older rule: its figures would stand beside conditions that they do not belong to.</summary>
    private async Task<CancellationToken> AskAnewAsync()
    {
        if (_asking is { } older)
            await older.CancelAsync();
        _asking?.Dispose();
        _asking = CancellationTokenSource.CreateLinkedTokenSource(Closing);
        _counts = RuleCounts.None;
        return _asking.Token;
    }

    private SegmentRule? Check()
    {
        var rule = _draft.ToRule(_choices!);
        var problems = rule.Check();
        _problem = problems.Count > 0 ? new SegmentRuleRefused(problems) : null;
        _sentence = problems.Count > 0 ? [] : [new RuleWord(rule.Sentence(_choices!.Names), RuleWordKind.Plain)];
        // An exact count beside conditions that it was not counted of would be read as theirs.
        if (problems.Count > 0 || _counted != (rule, _purpose))
            (_figures, _countries, _counted) = (null, [], null);
        return problems.Count > 0 ? null : rule;
    }

    /// <summary>How many there are stands at once; who of them has room for a text follows.</summary>
    private void ShowFirst(SegmentFigures first, CancellationToken asking) => _ = InvokeAsync(() =>
    {
        if (asking.IsCancellationRequested)
            return;
        _figures = first;
        StateHasChanged();
    });

    private async Task CountAsync()
    {
        if (_choices is null || _missing is not null)
            return;
        var asking = await AskAnewAsync();
        _counting = false;
        if (Check() is not { } rule)
            return;
        _counting = true;
        StateHasChanged();
        try
        {
            // The embedded store answers on the thread that asks: away from the circuit, so that typing goes on.
            var counted = await Task.Run(() => count.GetAsync(Actor, rule, _purpose, first => ShowFirst(first, asking), asking), asking);
            asking.ThrowIfCancellationRequested();
            _counting = false;
            if (counted.TryGet(out _figures, out var problem))
                _counted = (rule, _purpose);
            else
                (_counted, _problem) = (null, problem);
            StateHasChanged();
            await Task.Run(() => FollowFunnelAsync(rule, asking), asking);
            await CountCountriesAsync(rule, asking);
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // A newer rule is being counted, or the page was left.
        }
    }

    private async Task CountCountriesAsync(SegmentRule rule, CancellationToken asking)
    {
        if (_counted?.Rule != rule)
            return;
        var found = await Task.Run(() => countries.GetAsync(Actor, rule, asking), asking);
        asking.ThrowIfCancellationRequested();
        _countries = found.TryGet(out var counted, out _) ? counted : [];
        StateHasChanged();
    }

    private async Task FollowFunnelAsync(SegmentRule rule, CancellationToken asking)
    {
        await foreach (var step in funnel.StepsAsync(Actor, rule, asking))
            await InvokeAsync(() =>
            {
                if (asking.IsCancellationRequested)
                    return;
                _counts = _counts.With(step);
                StateHasChanged();
            });
    }

    private async Task ExplainAsync()
    {
        if (Person is not { } id || !MayExplain)
        {
            (_explained, _whyNotExplained) = (null, null);
            return;
        }

        if (_choices is null || _missing is not null || Check() is not { } rule)
            return;
        var person = new SubscriberId(id);
        var answer = _explained?.Person == person
            ? await membership.GetAsync(Actor, rule, person, Closing)
            : await explain.ExecuteAsync(Actor, rule, person, Closing);
        answer.TryGet(out _explained, out _whyNotExplained);
    }

    private void AskWhy(SubscriberId? person) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("person", person?.Value), replace: true);

    private void AskAbout(PurposeId? purpose) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("purpose", purpose?.Value), replace: true);

    private Task SaveAsync() => RunAsync(async () =>
    {
        if (Check() is not { } rule)
            return;
        var saved = await save.ExecuteAsync(Actor, new SegmentEdit(_segment?.Id, _name, rule, _segment?.Version ?? 0), Closing);
        if (!Tell(saved, "The segment was saved."))
            return;
        if (_segment is null)
            navigation.NavigateTo(Paths.Segment(saved.Value));
        else
            await LoadAsync();
    });

    private Task FreezeAsync() => RunAsync(() =>
    {
        if (Check() is not { } rule)
            return Task.CompletedTask;
        _made = null;
        Follow(freezes.Start(Actor, rule, _listName));
        // It may have ended before anybody listened.
        Refresh(null, EventArgs.Empty);
        return Task.CompletedTask;
    });

    private Task StopFreezeAsync() => RunAsync(() =>
    {
        if (_freeze is { } run)
            FreezeRuns.Stop(Actor, run);
        return Task.CompletedTask;
    });

    private void Follow(RunningFreeze? run)
    {
        if (_freeze is not null)
            _freeze.Changed -= Refresh;
        _freeze = run;
        if (_freeze is not null)
            _freeze.Changed += Refresh;
    }

    // Raised by the thread that writes the list.
    private void Refresh(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        try
        {
            if (_freeze is { HasEnded: true } ended)
            {
                Follow(null);
                await ShowAsync(ended);
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

    private async Task ShowAsync(RunningFreeze ended)
    {
        Say(ended.Failure?.Message ?? "The list was made.", ended.Failure is null ? Severity.Success : Severity.Error);
        if (ended.List is not { } list)
            return;
        (_listName, _made, _choices) = ("", ended, await segments.ChoicesAsync(Actor, Closing));
        // A rule that nobody has saved would be lost with the page.
        if (_segment is { } saved && _draft.ToRule(_choices) == GroupDraft.Of(saved.Rule).ToRule(_choices))
            navigation.NavigateTo(Paths.Segment(list));
    }

    private Task ArchiveAsync() => RunAsync(async () =>
    {
        if (Tell(await archive.ExecuteAsync(Actor, _segment!.Id, Closing), "The segment was archived."))
            LeaveFor(Paths.Segments);
    });

    protected override void Dispose(bool disposing)
    {
        Follow(null);
        base.Dispose(disposing);
        if (disposing)
            _asking?.Dispose();
    }
}
