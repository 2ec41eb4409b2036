using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>One segment in the editor, with exact counts that follow every change.</summary>
public sealed partial class SegmentPage(
    SegmentDetail segments, SegmentCount count, SaveSegment save, ArchiveSegment archive, NavigationManager navigation, TimeProvider clock) : PortalPage
{
    /// <summary>Typing is over when nothing has changed for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private SegmentChoices? _choices;
    private SegmentView? _segment;
    private SegmentFigures? _figures;
    private Failure? _missing;
    private Failure? _problem;
    private GroupDraft _draft = new();
    private IReadOnlyList<RuleWord> _sentence = [];
    private PurposeId? _purpose;
    private string _name = "";
    private bool _counting;
    private bool _isLoaded;
    private Guid? _loaded;
    private int _change;

    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>For whom the reachable people are counted.</summary>
    [SupplyParameterFromQuery]
    public Guid? Purpose { get; set; }

    private bool MayEdit => Actor.May(Permissions.EditSegments) && _segment is not { IsArchived: true };

    private string? WhyNotSave =>
        !Actor.May(Permissions.EditSegments) ? "Your role reads segments and does not change them."
        : _segment is { IsArchived: true } ? "This segment is archived."
        : _name.Trim().Length < 3 ? "Give it a name first."
        : _problem is null ? null : "Finish the rule first.";

    private string? WhyNotArchive => _segment?.UsedBy.Any(u => u.Status is not (Domain.Campaigns.CampaignStatus.Finished or Domain.Campaigns.CampaignStatus.Cancelled)) == true
        ? "A campaign that is not over uses it." : null;

    protected override async Task OpenAsync() => _choices = await segments.ChoicesAsync(Actor, Closing);

    protected override async Task OnParametersSetAsync()
    {
        if (!_isLoaded || _loaded != Id)
            await LoadAsync();
        _purpose = Purpose is { } id ? new PurposeId(id) : null;
        await CountAsync();
    }

    private async Task LoadAsync()
    {
        (_isLoaded, _loaded, _segment, _missing, _draft, _name) = (true, Id, null, null, new GroupDraft { Rows = { new ConditionDraft() } }, "");
        if (Id is not { } id)
            return;
        if (!(await segments.GetAsync(Actor, new SegmentId(id), Closing)).TryGet(out _segment, out _missing))
            return;
        (_draft, _name) = (GroupDraft.Of(_segment.Rule), _segment.Name);
    }

    private async Task ChangedAsync()
    {
        var mine = ++_change;
        Check();
        await Task.Delay(Pause, clock, Closing);
        if (mine == _change)
            await CountAsync();
    }

    private SegmentRule? Check()
    {
        var rule = _draft.ToRule(_choices!);
        var problems = rule.Check();
        _problem = problems.Count > 0 ? new SegmentRuleRefused(problems) : null;
        _sentence = problems.Count > 0 ? [] : [new RuleWord(rule.Sentence(_choices!.Names), RuleWordKind.Plain)];
        return problems.Count > 0 ? null : rule;
    }

    private async Task CountAsync()
    {
        if (_choices is null || _missing is not null || Check() is not { } rule)
            return;
        _counting = true;
        StateHasChanged();
        var mine = _change;
        var counted = await count.GetAsync(Actor, rule, _purpose, Closing);
        // A slower count of an older rule must not overwrite a newer one.
        if (mine != _change)
            return;
        _counting = false;
        if (counted.TryGet(out var figures, out var problem))
            _figures = figures;
        else
            _problem = problem;
    }

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

    private Task ArchiveAsync() => RunAsync(async () =>
    {
        if (Tell(await archive.ExecuteAsync(Actor, _segment!.Id, Closing), "The segment was archived."))
            navigation.NavigateTo(Paths.Segments);
    });
}
