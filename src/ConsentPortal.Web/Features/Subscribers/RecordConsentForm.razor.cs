using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Writes down an agreement that a person gave outside the portal: to which words, who asked, and how.</summary>
public sealed partial class RecordConsentForm(RecordConsent record, PurposeList purposes, TimeProvider clock)
{
    private IReadOnlyList<WordingChoice> _wordings = [];
    private PurposeId? _purpose;
    private WordingId? _wording;
    private IntakeWay _way = IntakeWay.All[0];
    private ConsentLevel _level = ConsentLevel.ExpressWritten;
    private DateTime? _day;
    private string _askedBy = "";
    private string _words = "";
    private string _reason = "";
    private bool _isTheirAct;
    private EvidenceFile? _document;
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    [Parameter]
    public EventCallback OnDone { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private DateTime Today => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Choices?.TimeZone ?? TimeZoneInfo.Utc).Date;

    private string? WhyNot =>
        _purpose is null ? "Choose what they agreed to."
        : _wording is null ? "Choose the words that they were shown."
        : _day is null ? "Enter the day."
        : _askedBy.Trim().Length < 2 ? (_way.IsSpoken ? "Say who spoke with them." : "Say who asked them.")
        : NeedsScan && _document is null ? "Attach the scan of the signed paper, or choose Express."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say why you record it." : null;

    private bool NeedsScan => _way.Channel is ConsentChannel.Paper && _level is ConsentLevel.ExpressWritten;

    private void ChooseWay(IntakeWay way)
    {
        _way = way;
        if (!way.Levels.Contains(_level))
            _level = way.Levels[0];
        if (way.IsSpoken)
            _document = null;
    }

    private Task AttachAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        (await EvidenceUpload.TakeAsync(chosen.File, Closing)).TryGet(out _document, out _problem);
    });

    private async Task ChoosePurposeAsync(PurposeId? purpose)
    {
        _purpose = purpose;
        _wordings = purpose is { } chosen ? await purposes.WordingsAsync(Actor, chosen, Closing) : [];
        _wording = (_wordings.FirstOrDefault(w => w.RetiredAt is null && w.Language == Person.Language) ?? _wordings.FirstOrDefault(w => w.RetiredAt is null))?.Id;
    }

    private Task RecordAsync() => RunAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var noon = new DateTimeOffset(_day!.Value.Date.AddHours(12), TimeSpan.Zero);
        var given = new GivenConsent(_purpose!.Value, _wording!.Value, _way.Channel, _level,
            new ConsentEvidence(Words: ProfileDraft.Text(_words), AskedBy: _askedBy.Trim(), CollectionPoint: _way.Name),
            noon > now ? now : noon, _isTheirAct, _reason.Trim(), Document: _document);
        if (!(await record.ExecuteAsync(Actor, Person.Id, given, Closing)).TryGet(out var state, out _problem))
            return;
        Say(state.Status is ConsentStatus.Pending ? "Recorded. The number is asked to confirm; until the YES nothing else is sent." : "The consent was recorded.", MudBlazor.Severity.Success);
        await OnDone.InvokeAsync();
    });

    private string PurposeName(PurposeId? id) => Person.Consents.FirstOrDefault(c => c.PurposeId == id)?.Purpose ?? "";

    private string WordingName(WordingId? id) =>
        _wordings.FirstOrDefault(w => w.Id == id) is { } wording ? $"{wording.Language}, version {wording.Version}{(wording.RetiredAt is null ? "" : " (no longer shown)")}" : "";
}
