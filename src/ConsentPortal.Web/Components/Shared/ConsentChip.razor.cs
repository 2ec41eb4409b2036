using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Where a person stands for one purpose. Suppression outranks every consent and is shown in its place.</summary>
public sealed partial class ConsentChip
{
    [Parameter, EditorRequired]
    public required ConsentStatus Status { get; set; }

    [Parameter]
    public bool IsSuppressed { get; set; }

    /// <summary>Named before the word where the column does not say it already.</summary>
    [Parameter]
    public string? Purpose { get; set; }

    [Parameter]
    public DateTimeOffset? Since { get; set; }

    [Parameter]
    public DateTimeOffset? ExpiresAt { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private (Meaning Meaning, string Word) Shown => IsSuppressed ? (Meaning.Blocked, "Suppressed") : Meanings.Of(Status);

    private string? Detail
    {
        get
        {
            var zone = Choices?.TimeZone ?? TimeZoneInfo.Utc;
            string?[] parts =
            [
                Since is { } since ? $"since {Figures.Time(since, zone)}" : null,
                ExpiresAt is { } expiry ? $"until {Figures.Time(expiry, zone)}" : null,
            ];
            var detail = string.Join(", ", parts.Where(part => part is not null));
            return detail.Length == 0 ? null : detail;
        }
    }
}
