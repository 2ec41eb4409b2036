using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>
/// The content of a campaign: about what, to whom, in which words, when. The four steps stand below each other in one form, so that the keyboard goes through all
/// of them and nothing is hidden behind a button; the address says at which one somebody is.
/// </summary>
public sealed partial class CampaignEditorPage(
    CampaignDetail campaigns, SaveCampaign save, CampaignPurpose campaignPurpose, CampaignPreview preview, CampaignLint lint, PurposeList purposes, SegmentList segments, ShortLinks links, AttributeFields attributeFields, NavigationManager navigation, TimeProvider clock) : PortalPage
{
    // A start by each person's own clock is read on the clock that shows any time first.
    private static readonly TimeZoneInfo FirstOnEarth = TimeZoneInfo.CreateCustomTimeZone("First on earth", SendTiming.FirstOffset, null, null);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private IReadOnlyList<PurposeName>? _purposes;
    private IReadOnlyList<SegmentName> _segments = [];
    private IReadOnlyList<AttributeField> _attributes = [];
    private CampaignView? _campaign;
    private MessagePreview? _preview;
    private CampaignGround? _ground;
    private DateTimeOffset? _groundStart;
    private IReadOnlyList<LintFinding>? _findings;
    private Failure? _previewProblem;
    private Failure? _missing;
    private Failure? _problem;
    private readonly CampaignForm _form = new();
    private readonly ElementReference[] _headings = new ElementReference[CampaignStep.Timing];
    private PurposeOfCampaign? _purpose;
    private int? _step;
    private int? _toFocus;
    private int _shown;
    private string? _language;
    private bool _withName = true;
    private bool _isLoaded;
    private int _change;

    /// <summary>A new one shows the list of attributes from its beginning.</summary>
    private int _inserted;

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

    /// <summary>At which step to begin, from 1.</summary>
    [SupplyParameterFromQuery]
    public int? Step { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Zone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    /// <summary>On whose clock the start is written.</summary>
    private TimeZoneInfo StartZone => _form.StartsLocally ? FirstOnEarth : Zone;

    private string AboutHours => _form.Hours is { IsPossible: false } ? "The hours have to end later than they begin, on the same day."
        : "By the clock of each person, within the hours that the rules allow there. Whoever's hours are over waits for the next day's, until \"not after\". Empty: any allowed hour.";

    private int? ShownStep => CampaignStep.Of(Step) is <= CampaignStep.Timing and var step ? step : null;

    private int ReachedStep => _form.Purpose is null ? CampaignStep.Purpose : _form.Segment is null ? CampaignStep.Audience : _preview is null ? CampaignStep.Message : CampaignStep.Timing;

    private string? WhyNotSave =>
        _campaign is { CanBeEdited: false } ? "This campaign can't be edited any more."
        : _form.Name.Trim().Length < 3 ? "Give it a name first."
        : _form.Purpose is null ? "Choose the purpose first."
        : _form.Segment is null ? "Choose the segment first."
        : _form.StartAt is null ? "Choose when it starts."
        : _previewProblem?.Message ?? EmptyText;

    private TextForm Shown => _form.Texts[_shown];

    /// <summary>What is written in the shown language; of a further one it may be empty.</summary>
    private string Words
    {
        get => _language is null ? Shown.Body : Shown.Further.GetValueOrDefault(_language, "");
        set
        {
            if (_language is null)
                Shown.Body = value;
            else
                Shown.Further[_language] = value;
        }
    }

    private string TextLabel =>
        (_form.Texts.Count == 1 ? "Text" : $"Text {CampaignForm.Letter(_shown)}") + (_form.Languages.Count == 0 ? "" : $" in {CampaignWording.OfLanguage(_language ?? _form.Language)}");

    private string? WordsHint => _language is not null && string.IsNullOrWhiteSpace(Words) && _form.Texts.Count > 1
        ? $"Empty: whoever draws text {CampaignForm.Letter(_shown)} gets it in {CampaignWording.OfLanguage(_form.Language)}." : null;

    /// <summary>The text as it stands, for whoever asks what it would look like; null while there is nothing to show.</summary>
    private PreviewQuestion? Question => _form.Purpose is { } purpose && Words.Length > 0
        ? new PreviewQuestion(purpose, _form.Segment, Words, _form.Subject, _form.StartAt ?? clock.GetUtcNow(), _withName)
        {
            CountsClicks = _form.CountsClicks, Language = _form.Languages.Count == 0 ? null : _language ?? _form.Language,
        }
        : null;

    /// <summary>The shown text in all its languages: whoever is chosen gets the one that they would be sent.</summary>
    private PreviewQuestion OfPerson(PreviewQuestion question) => question with
    {
        Timing = _form.Timing, Body = Shown.Body, Language = _form.Languages.Count == 0 ? null : _form.Language, Further = [.. _form.FurtherOf(_shown)],
    };

    private TestQuestion TestOf(PreviewQuestion question) => new(
        _campaign?.Id, _form.Texts.Count > 1 ? CampaignForm.Letter(_shown) : null, question.PurposeId, question.Body, question.Subject, [], question.WithName)
    {
        Language = question.Language, CountsClicks = question.CountsClicks,
    };

    private string? EmptyText =>
        _form.Texts.FindIndex(t => string.IsNullOrWhiteSpace(t.Body)) is var place and >= 0
            ? _form.Texts.Count == 1 ? "Write the message first." : $"Write text {CampaignForm.Letter(place)} first, or take it out."
            : _form.Languages.Find(language => _form.Texts.All(t => !t.Languages.Contains(language))) is { } bare
                ? $"Write the text in {CampaignWording.OfLanguage(bare)} first, or take that language out."
            : null;

    protected override async Task OpenAsync()
    {
        _segments = await segments.NamesAsync(Actor, Closing);
        _attributes = await attributeFields.AllAsync(Actor, Closing);
        _purposes = [.. (await purposes.NamesAsync(Actor, Closing)).Where(p => !p.IsRetired)];
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_step != Step)
            (_step, _toFocus) = (Step, ShownStep);
        if (_isLoaded)
            return;
        _isLoaded = true;
        _form.StartAt = clock.GetUtcNow();
        if ((Id ?? From) is not { } id)
        {
            (_form.Purpose, _form.Segment) = (_purposes!.FirstOrDefault(p => p.Id.Value == Purpose)?.Id, _segments.FirstOrDefault(s => s.Id.Value == Segment)?.Id);
            await ReadPurposeAsync();
            return;
        }

        if (!(await campaigns.GetAsync(Actor, new CampaignId(id), Closing)).TryGet(out var known, out _missing))
            return;
        _form.Take(known);
        if (Id is null)
            _form.Name = $"Copy of {known.Name}";
        else
            (_campaign, _form.StartAt, _form.StartsLocally, _form.NotAfter) = (known, known.StartAt, known.Timing?.StartsAt is not null, known.NotAfter);
        await ReadPurposeAsync();
        await PreviewAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toFocus is not { } step || _headings[step - 1].Context is null)
            return;
        _toFocus = null;
        await _headings[step - 1].FocusAsync();
    }

    private async Task ChoosePurposeAsync(PurposeId? id)
    {
        _form.Purpose = id;
        await ReadPurposeAsync();
        await ChangedAsync(() => { });
    }

    private async Task ReadPurposeAsync() =>
        _purpose = _form.Purpose is { } id && (await campaignPurpose.GetAsync(Actor, id, Closing)).TryGet(out var found, out _) ? found : null;

    /// <summary>What is written here would be lost on the way to the last two steps.</summary>
    private string? AddressOf(int step) => step <= CampaignStep.Timing ? navigation.GetUriWithQueryParameter("step", step) : null;

    /// <summary>The time on the face of the clock stays; whose clock it is changes.</summary>
    private Task StartLocallyAsync(bool isLocal) => ChangedAsync(() =>
    {
        var written = InstantInput.Write(_form.StartAt, StartZone);
        _form.StartsLocally = isLocal;
        _form.StartAt = InstantInput.Read(written, StartZone);
    });

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
        if (Question is not { } question)
        {
            (_preview, _previewProblem, _findings) = (null, null, null);
            return;
        }

        var mine = _change;
        var shown = await preview.GetAsync(Actor, question, Closing);
        var ground = await GroundAsync(question.PurposeId);
        if (mine == _change)
            (_preview, _previewProblem, _findings) = (shown.IsSuccess ? shown.Value : _preview, shown.Failure, ground is null ? null : Check(ground));
    }

    /// <summary>Looks at the audience again only when there is another one.</summary>
    private async Task<CampaignGround?> GroundAsync(PurposeId purpose)
    {
        if (_ground is { } known && (known.Purpose, known.Segment, _groundStart) == (purpose, _form.Segment, _form.StartAt))
            return _ground = known with { CountsClicks = _form.CountsClicks };
        _groundStart = _form.StartAt;
        return _ground = (await lint.GroundAsync(Actor, purpose, _form.Segment, _form.StartAt ?? clock.GetUtcNow(), _campaign?.Id, Closing)).TryGet(out var ground, out _) ? ground with { CountsClicks = _form.CountsClicks } : null;
    }

    /// <summary>The text may have been typed on, or mended, since the finding was shown: what is mended is the text of now.</summary>
    private Task MendAsync(LintFinding shown) => ChangedAsync(() =>
    {
        if (_ground is not { } ground)
            return;
        Words = Check(ground).FirstOrDefault(f => f.Rule.Id == shown.Rule.Id)?.Fix?.Template ?? Words;
        _findings = Check(ground);
    });

    /// <summary>For those who would read these words.</summary>
    private IReadOnlyList<LintFinding> Check(CampaignGround ground) =>
        CampaignLint.Check(ground, Words, _language is not null ? [_language] : _form.Languages.Count == 0 ? null : CampaignLint.UsualReaders(ground, _form.Language, Shown.Languages));

    private Task InsertAsync(MergeField field) => InsertAsync(field.Name, field.MayBeMissing ? "there" : null);

    /// <summary>What the attribute is called stands for it until the writer puts words of their own in its place.</summary>
    private Task InsertAttributeAsync(ChangeEventArgs chosen)
    {
        _inserted++;
        return _attributes.FirstOrDefault(a => a.Name == chosen.Value?.ToString()) is { } field ? InsertAsync(field.Name, field.Attribute.Replace('"', '\'')) : Task.CompletedTask;
    }

    private Task InsertAsync(string field, string? fallback) => ChangedAsync(() =>
        Words += (Words.Length == 0 || Words.EndsWith(' ') ? "" : " ") + (fallback is null ? $"{{{{ {field} }}}}" : $"{{{{ {field} | default: \"{fallback}\" }}}}"));

    private Task ShowAsync(int place) => ChangedAsync(() => _shown = place);

    private Task AddTextAsync() => ChangedAsync(() =>
    {
        _form.Texts.Add(Copy(Shown));
        _shown = _form.Texts.Count - 1;
    });

    private static TextForm Copy(TextForm text)
    {
        var copy = new TextForm(text.Body, 1);
        foreach (var (language, words) in text.Further)
            copy.Further[language] = words;
        return copy;
    }

    private Task AddLanguageAsync(string language) => ChangedAsync(() =>
    {
        _form.Languages.Add(language);
        _language = language;
    });

    private Task RemoveLanguageAsync(string language) => ChangedAsync(() =>
    {
        _form.RemoveLanguage(language);
        _language = null;
    });

    private Task RemoveTextAsync() => ChangedAsync(() =>
    {
        _form.Texts.RemoveAt(_shown);
        _shown = Math.Min(_shown, _form.Texts.Count - 1);
        if (_form.Texts.Count == 1)
            _form.Texts[0].Weight = 1;
    });

    private string AboutClicks =>
        !links.CanCount ? "Not possible: nobody outside can reach the portal, because the setting PublicPages:Address is missing. An administrator can set it."
        : _form.CountsClicks && links.CountIn(Words) == 0 ? "This text has no link that could be counted. Write one out, without merge fields in it and not through a public shortener."
        : $"Links become short ones of {links.Host}, one for each person, and results say how many people opened one. No cookie is set.";

    private string ShareOf(TextForm text) => Figures.Share(text.Weight, _form.Texts.Sum(t => t.Weight));

    private Task SaveAsync() => RunAsync(async () =>
    {
        var saved = await save.ExecuteAsync(Actor, _form.Edit(_campaign, Zone), Closing);
        _problem = saved.Failure;
        if (saved.IsSuccess)
            LeaveFor(Paths.CampaignStep(saved.Value, CampaignStep.DryRun));
    });

    private string PurposeText(PurposeId? id) => _purposes?.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private string SegmentText(SegmentId? id) => _segments.FirstOrDefault(s => s.Id == id)?.Name ?? "";
}
