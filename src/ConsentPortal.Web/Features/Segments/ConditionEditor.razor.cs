using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>One condition: what it asks about, and the fields that this needs.</summary>
public sealed partial class ConditionEditor
{
    private MudSelect<ConditionKind>? _kind;

    [Parameter, EditorRequired]
    public required ConditionDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required SegmentChoices Choices { get; set; }

    /// <summary>How many people the condition leaves, in words; null until it is counted.</summary>
    [Parameter]
    public string? People { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    /// <summary>Whether somebody has just added the condition.</summary>
    [Parameter]
    public bool TakesFocus { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && TakesFocus && _kind is not null)
            await _kind.FocusAsync();
    }

    /// <summary>What is known of people already, and what the row holds.</summary>
    private IEnumerable<string> Offered => Known.Concat(Draft.Values).Distinct();

    private IEnumerable<string> Known => Draft.Kind switch
    {
        ConditionKind.NumberCountry => Choices.Regions,
        ConditionKind.Language => Choices.Languages,
        ConditionKind.Source => Choices.Sources,
        ConditionKind.Zone => Choices.Zones,
        ConditionKind.LineType => Enum.GetNames<LineType>(),
        ConditionKind.Frequency => Enum.GetNames<FrequencyPreference>(),
        _ => [],
    };

    /// <summary>In which the chosen purpose has words, and the one that the row holds.</summary>
    private IEnumerable<string> WordingLanguages => Choices.WordingLanguages.Where(w => w.Purpose == Draft.Purpose).Select(w => w.Language)
        .Concat(string.IsNullOrEmpty(Draft.WordingLanguage) ? [] : [Draft.WordingLanguage]).Distinct(StringComparer.Ordinal);

    private RenderFragment DaysField => builder =>
    {
        builder.OpenComponent<MudNumericField<int>>(0);
        builder.AddComponentParameter(1, nameof(MudNumericField<int>.Value), Draft.Days);
        builder.AddComponentParameter(2, nameof(MudNumericField<int>.ValueChanged), EventCallback.Factory.Create<int>(this, v => SetAsync(() => Draft.Days = v)));
        builder.AddComponentParameter(3, nameof(MudNumericField<int>.Min), 1);
        builder.AddComponentParameter(4, nameof(MudNumericField<int>.Max), 3650);
        builder.AddComponentParameter(5, nameof(MudNumericField<int>.Label), "Days");
        builder.AddComponentParameter(6, nameof(MudNumericField<int>.Variant), Variant.Outlined);
        builder.AddComponentParameter(7, nameof(MudNumericField<int>.Margin), Margin.Dense);
        builder.CloseComponent();
    };

    private static string Words(ConditionKind kind) => kind switch
    {
        ConditionKind.Consent => "Consent",
        ConditionKind.NumberCountry => "Country of the number",
        ConditionKind.LivesIn => "Place of living",
        ConditionKind.Language => "Language",
        ConditionKind.Source => "Source",
        ConditionKind.LineType => "Kind of line",
        ConditionKind.Frequency => "Chosen frequency",
        ConditionKind.Added => "Added",
        ConditionKind.LastText => "No text in the last days",
        ConditionKind.Purchased => "Purchases",
        ConditionKind.ConsentedUnder => "Consent under earlier words",
        ConditionKind.OnList => "Static list",
        ConditionKind.Attribute => "Attribute",
        ConditionKind.WasSent => "Campaign texts",
        ConditionKind.Replied => "Replies",
        ConditionKind.Clicked => "Opened links",
        ConditionKind.LastEngaged => "Last sign of life",
        ConditionKind.ConsentAge => "Age of the consent",
        ConditionKind.Segment => "Another segment",
        ConditionKind.Bucket => "Random share",
        ConditionKind.Zone => "Confirmed time zone",
    };

    // Enum values are stored by name; a person reads them as words, and zones without their underscores.
    private static string ValueName(string? value) =>
        value is null ? "" : value.Contains('/', StringComparison.Ordinal) ? value.Replace('_', ' ') : value.Length <= 3 ? value : string.Concat(value.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(value[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>Those of the chosen country in which people said they live.</summary>
    private Task<IEnumerable<string>> StatesAsync(string? text, CancellationToken cancellationToken) => Task.FromResult(
        Choices.States.Where(s => s.Country == Draft.Country && s.State.StartsWith(text?.Trim() ?? "", StringComparison.OrdinalIgnoreCase)).Select(s => s.State));

    private string PurposeName(PurposeId? id) => id is { } known ? Choices.Purposes.FirstOrDefault(p => p.Id == known).Name ?? "A purpose that is gone" : "";

    private string ListName(SegmentId? id) => id is { } known ? Choices.Names.List(known) : "";

    private string SegmentName(SegmentId? id) => id is { } known ? Choices.Names.Segment(known) : "";

    private string CampaignName(CampaignId? id) => id is { } known ? Choices.Campaigns.FirstOrDefault(c => c.Id == known).Name ?? "A campaign that is gone" : "any campaign";

    private Task SetAsync(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
