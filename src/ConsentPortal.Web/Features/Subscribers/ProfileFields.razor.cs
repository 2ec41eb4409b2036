using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The fields that adding and changing a person share.</summary>
public sealed partial class ProfileFields
{
    private static readonly string[] Zones =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Parameter, EditorRequired]
    public required ProfileDraft Draft { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private static Task<IEnumerable<string>> ZonesAsync(string? text, CancellationToken cancellationToken) => Task.FromResult(
        string.IsNullOrWhiteSpace(text) ? Zones : Zones.Where(zone => zone.Contains(text.Trim().Replace(' ', '_'), StringComparison.OrdinalIgnoreCase)));

    private Task SetAsync(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
