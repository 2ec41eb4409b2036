using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>The words by which people join a purpose by text; staff add one for each poster, shop or season.</summary>
public sealed partial class KeywordsPanel(SaveKeyword save, RetireKeyword retire)
{
    private string _word = "";
    private string _language = "";
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required PurposeDetails Details { get; set; }

    [Parameter]
    public bool MayEdit { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private IEnumerable<string> Languages => Details.Wordings.Where(w => w.Wording.RetiredAt is null).Select(w => w.Wording.Language).Distinct();

    private Task AddAsync() => RunAsync(async () =>
    {
        if (!(await save.ExecuteAsync(Actor, new KeywordDraft(Details.Purpose.Id, _word, _language.Length == 0 ? null : _language), Closing)).TryGet(out _, out _problem))
            return;
        Say($"Texting {_word.Trim().ToUpperInvariant()} joins this purpose from now on.", MudBlazor.Severity.Success);
        (_word, _language) = ("", "");
        await OnChanged.InvokeAsync();
    });

    private Task RetireAsync(PurposeKeyword keyword) => RunAsync(async () =>
    {
        Tell(await retire.ExecuteAsync(Actor, keyword.Id, Closing), $"Nobody joins by {keyword.Word} any more. Those who did stay.");
        await OnChanged.InvokeAsync();
    });

    private bool IsRefused(string field) => _problem is FieldRefused refused && refused.Field == field;

    private string? Refusal(string field) => IsRefused(field) ? _problem!.Message : null;

    private static string Name(string language) => CultureInfo.GetCultureInfo(language).EnglishName;
}
