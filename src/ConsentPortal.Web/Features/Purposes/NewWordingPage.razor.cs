using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Consent.Linting;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>Writes a new version of a wording. It begins with the words in use, shows what changes, and replaces them at once.</summary>
public sealed partial class NewWordingPage(PurposeDetail purposes, SaveWording save, WordingPictures pictures)
{
    private PurposeDetails? _details;
    private Wording? _before;
    private Failure? _missing;
    private Failure? _problem;
    private string _language = "en";
    private string _text = "";
    private string _prompt = "";
    private string _confirmation = "";
    private string _help = "";
    private string _stop = "";
    private string _frequency = "";
    private string _policy = "";
    private string? _shownAt;
    private EvidenceFile? _picture;
    private Failure? _pictureProblem;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Language { get; set; }

    private string Lead => _before is null
        ? "A version is never changed once it is in use: what a person saw can be shown, word for word, years later."
        : $"Version {_before.Version} is retired at the same instant. Whoever agreed under it keeps exactly those words.";

    private IReadOnlyList<WordingFinding> Findings => _details is null || string.IsNullOrWhiteSpace(_text)
        ? []
        : WordingLinter.Check(_details.Purpose, new WordingTexts(_language.Trim().ToLowerInvariant(), _text, _prompt, _confirmation, _help, _stop));

    private string? WhyNot =>
        _language.Trim().Length != 2 ? "Enter the language."
        : string.IsNullOrWhiteSpace(_text) ? "Write the words first."
        : Findings.FirstOrDefault(f => f.Forbids) is { } forbidden ? $"{WordingParts.Name(forbidden.Part)}: {forbidden.Sentence}"
        : _before is not null && Changes.Count == 0 ? "Nothing differs from the version in use." : null;

    private IReadOnlyList<FieldChange> Changes
    {
        get
        {
            (string Field, string? Before, string? After)[] all =
            [
                ("Words", _before?.Text, _text), ("Asks to confirm", _before?.DoubleOptInPrompt, _prompt), ("Welcome", _before?.Confirmation, _confirmation), ("Answer to HELP", _before?.HelpReply, _help),
                ("Answer to STOP", _before?.StopReply, _stop), ("Promised", _before?.PromisedFrequency, _frequency), ("Privacy policy", _before?.PrivacyPolicyVersion, _policy), ("Shown at", _before?.ShownAt, _shownAt),
            ];
            return [.. all.Where(part => (part.Before ?? "") != (part.After ?? "").Trim()).Select(part => new FieldChange(part.Field, part.Before, part.After))];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!(await purposes.GetAsync(Actor, PurposeId.From(Id), Closing)).TryGet(out _details, out _missing))
            return;
        if (Language is not null && _details.Wordings.FirstOrDefault(w => w.Wording.Language == Language)?.Wording is { } newest)
            Begin(newest);
    }

    private void Begin(Wording wording)
    {
        (_before, _language, _text, _prompt, _confirmation) = (wording, wording.Language, wording.Text, wording.DoubleOptInPrompt, wording.Confirmation);
        (_help, _stop, _frequency, _policy, _shownAt) = (wording.HelpReply, wording.StopReply, wording.PromisedFrequency, wording.PrivacyPolicyVersion, wording.ShownAt);
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        var draft = new WordingDraft(_details!.Purpose.Id, _language.Trim().ToLowerInvariant(), _text, _prompt, _confirmation, _help, _stop, _frequency, _policy, _shownAt);
        if (!(await save.ExecuteAsync(Actor, draft, Closing)).TryGet(out var id, out _problem))
            return;
        Say("The new version is in use.", MudBlazor.Severity.Success);
        if (_picture is { } picture)
            Tell(await pictures.AttachAsync(Actor, id, picture, Closing), "The picture of the form is kept with it.");
        LeaveFor(Paths.Purpose(_details.Purpose.Id));
    });

    private Task TakePictureAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
        (await EvidenceUpload.TakeAsync(chosen.File, Closing)).TryGet(out _picture, out _pictureProblem));

    private bool IsRefused(string field) => Refusal(field) is not null;

    private string? Refusal(string field) => (_problem as FieldRefused)?.Field == field ? _problem!.Message : null;
}
