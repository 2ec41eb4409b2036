using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>In which languages a campaign is written, and which of them is on the screen.</summary>
public sealed partial class LanguageBar
{
    // Those that people can choose or programs and lists usually name; others come with the audience.
    private static readonly string[] Known =
    [
        "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "pt-br", "ro", "ru", "sk", "sl", "sv",
        "th", "tr", "uk", "ur", "vi", "zh",
    ];

    /// <summary>Of the texts for whoever reads none of the others.</summary>
    [Parameter, EditorRequired]
    public required string Usual { get; set; }

    [Parameter]
    public EventCallback<string> UsualChanged { get; set; }

    /// <summary>Further ones.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Languages { get; set; }

    /// <summary>Null for the usual one.</summary>
    [Parameter]
    public string? Shown { get; set; }

    /// <summary>Those that people of the audience read.</summary>
    [Parameter]
    public IReadOnlyList<string?> Audience { get; set; } = [];

    /// <summary>Gets the language that is to be shown; null for the usual one.</summary>
    [Parameter]
    public EventCallback<string?> OnShow { get; set; }

    [Parameter]
    public EventCallback<string> OnAdd { get; set; }

    [Parameter]
    public EventCallback<string> OnRemove { get; set; }

    private IReadOnlyList<string> Read => [.. Audience.OfType<string>().Where(IsFree).Order(StringComparer.Ordinal)];

    private IReadOnlyList<string> Others => [.. Known.Where(IsFree).Except(Read).OrderBy(CampaignWording.OfLanguage, StringComparer.Ordinal)];

    private bool IsFree(string language) => language != Usual && !Languages.Contains(language) && TextLanguage.IsCode(language);

    private Task AddAsync(ChangeEventArgs chosen) => chosen.Value?.ToString() is { Length: > 0 } language ? OnAdd.InvokeAsync(language) : Task.CompletedTask;

    private Variant Look(string? language) => language == Shown ? Variant.Filled : Variant.Outlined;

    private Color Tone(string? language) => language == Shown ? Color.Primary : Color.Default;

    private string Pressed(string? language) => language == Shown ? "true" : "false";
}
