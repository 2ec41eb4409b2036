using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>The content of a campaign: to whom, about what, in which words, when.</summary>
public sealed partial class CampaignEditorPage(
    CampaignDetail campaigns, SaveCampaign save, CampaignPreview preview, CampaignLint lint, PurposeList purposes, SegmentList segments, NavigationManager navigation, TimeProvider clock) : PortalPage
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private IReadOnlyList<PurposeName>? _purposes;
    private IReadOnlyList<SegmentName> _segments = [];
    private CampaignView? _campaign;
    private MessagePreview? _preview;
    private CampaignGround? _ground;
    private DateTimeOffset? _groundStart;
    private IReadOnlyList<LintFinding>? _findings;
    private Failure? _previewProblem;
    private Failure? _missing;
    private Failure? _problem;
    private PurposeId? _purpose;
    private SegmentId? _segment;
    private DateTimeOffset? _startAt;
    private DateTimeOffset? _notAfter;
    private string _name = "";
    private string _body = "";
    private string? _subject;
    private bool _withName = true;
    private bool _isLoaded;
    private int _change;

    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The campaign whose content a new one begins with.</summary>
    [SupplyParameterFromQuery]
    public Guid? From { get; set; }

    /// <summary>What a new campaign is about, where the way here has chosen it.</summary>
    [SupplyParameterFromQuery]
    public Guid? Purpose { get; set; }

    /// <summary>To whom a new campaign goes, where the way here has chosen it.</summary>
    [SupplyParameterFromQuery]
    public Guid? Segment { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Zone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    private int CurrentStep => _purpose is null || _segment is null ? 0 : _preview is null ? 1 : 2;

    private string? WhyNotSave =>
        _campaign is { CanBeEdited: false } ? "This campaign can't be edited any more."
        : _name.Trim().Length < 3 ? "Give it a name first."
        : _purpose is null ? "Choose the purpose first."
        : _segment is null ? "Choose the segment first."
        : _startAt is null ? "Choose when it starts."
        : _previewProblem?.Message ?? (_body.Length == 0 ? "Write the message first." : null);

    protected override async Task OpenAsync()
    {
        _segments = await segments.NamesAsync(Actor, Closing);
        _purposes = [.. (await purposes.NamesAsync(Actor, Closing)).Where(p => !p.IsRetired)];
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_isLoaded)
            return;
        _isLoaded = true;
        _startAt = clock.GetUtcNow();
        if ((Id ?? From) is not { } id)
        {
            (_purpose, _segment) = (_purposes!.FirstOrDefault(p => p.Id.Value == Purpose)?.Id, _segments.FirstOrDefault(s => s.Id.Value == Segment)?.Id);
            return;
        }

        if (!(await campaigns.GetAsync(Actor, new CampaignId(id), Closing)).TryGet(out var known, out _missing))
            return;
        (_name, _purpose, _segment, _body, _subject) = (known.Name, known.PurposeId, known.SegmentId, known.Body, known.Subject);
        if (Id is null)
            _name = $"Copy of {known.Name}";
        else
            (_campaign, _startAt, _notAfter) = (known, known.StartAt, known.NotAfter);
        await PreviewAsync();
    }

    private async Task ChangedAsync(Action change)
    {
        change();
        var mine = ++_change;
        await Task.Delay(Pause, clock, Closing);
        if (mine == _change)
            await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        if (_purpose is not { } purpose || _body.Length == 0)
        {
            (_preview, _previewProblem, _findings) = (null, null, null);
            return;
        }

        var mine = _change;
        var question = new PreviewQuestion(purpose, _segment, _body, _subject, _startAt ?? clock.GetUtcNow(), _withName);
        var shown = await preview.GetAsync(Actor, question, Closing);
        var ground = await GroundAsync(purpose);
        if (mine == _change)
            (_preview, _previewProblem, _findings) = (shown.IsSuccess ? shown.Value : _preview, shown.Failure, ground is null ? null : CampaignLint.Check(ground, _body));
    }

    /// <summary>Looks at the audience again only when there is another one.</summary>
    private async Task<CampaignGround?> GroundAsync(PurposeId purpose)
    {
        if (_ground is { } known && (known.Purpose, known.Segment, _groundStart) == (purpose, _segment, _startAt))
            return known;
        _groundStart = _startAt;
        return _ground = (await lint.GroundAsync(Actor, purpose, _segment, _startAt ?? clock.GetUtcNow(), _campaign?.Id, Closing)).TryGet(out var ground, out _) ? ground : null;
    }

    /// <summary>The text may have been typed on, or mended, since the finding was shown: what is mended is the text of now.</summary>
    private Task MendAsync(LintFinding shown) => ChangedAsync(() =>
    {
        if (_ground is not { } ground)
            return;
        _body = CampaignLint.Check(ground, _body).FirstOrDefault(f => f.Rule.Id == shown.Rule.Id)?.Fix?.Template ?? _body;
        _findings = CampaignLint.Check(ground, _body);
    });

    private Task InsertAsync(MergeField field) => ChangedAsync(() =>
        _body += (_body.Length == 0 || _body.EndsWith(' ') ? "" : " ") + (field.MayBeMissing ? $"{{{{ {field.Name} | default: \"there\" }}}}" : $"{{{{ {field.Name} }}}}"));

    private Task SaveAsync() => RunAsync(async () =>
    {
        var saved = await save.ExecuteAsync(Actor, new CampaignEdit(
            _campaign?.Id, _campaign?.Version ?? Guid.Empty, _name, _purpose!.Value, _segment!.Value, _body, _subject, _startAt!.Value, _notAfter), Closing);
        _problem = saved.Failure;
        if (saved.IsSuccess)
            navigation.NavigateTo(Paths.Campaign(saved.Value));
    });

    private string PurposeText(PurposeId? id) => _purposes?.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private string SegmentText(SegmentId? id) => _segments.FirstOrDefault(s => s.Id == id)?.Name ?? "";
}
