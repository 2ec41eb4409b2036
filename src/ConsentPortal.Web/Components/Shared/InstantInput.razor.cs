using System.Globalization;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>A field for an instant, to the minute, in the reader's own zone.</summary>
public sealed partial class InstantInput
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";
    private static readonly DateTime Earliest = DateTime.MinValue.AddDays(1);
    private static readonly DateTime Latest = DateTime.MaxValue.AddDays(-1);

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Null is the empty field.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset? Value { get; set; }

    [Parameter]
    public EventCallback<DateTimeOffset?> ValueChanged { get; set; }

    /// <summary>Another clock than the reader's.</summary>
    [Parameter]
    public TimeZoneInfo? Zone { get; set; }

    /// <summary>Whether the label says which clock it is: for times that people elsewhere hold others to.</summary>
    [Parameter]
    public bool NamesClock { get; set; }

    /// <summary>The latest that browsers offer; it is not checked here.</summary>
    [Parameter]
    public DateTimeOffset? Max { get; set; }

    /// <summary>Whether the label stands before the field and not above it.</summary>
    [Parameter]
    public bool IsBeside { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo Clock => Zone ?? Choices?.TimeZone ?? TimeZoneInfo.Utc;

    /// <returns>As the field holds it; empty for null.</returns>
    public static string Write(DateTimeOffset? at, TimeZoneInfo zone) => at is { } instant ? TimeZoneInfo.ConvertTime(instant, zone).ToString(Form, CultureInfo.InvariantCulture) : "";

    /// <returns>In UTC; null for an empty field. A time that the clock jumps over in spring is taken as the hour after it.</returns>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        // The ends of the calendar are no times that anybody means, and in UTC they would lie beyond it.
        local = new DateTime(Math.Clamp(local.Ticks, Earliest.Ticks, Latest.Ticks), DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private string Text(DateTimeOffset? at) => Write(at, Clock);

    private async Task ChangeAsync(ChangeEventArgs change)
    {
        var at = Read(change.Value?.ToString(), Clock);
        if (at is null || DayInput.IsWhole(at.Value.Year))
            await ValueChanged.InvokeAsync(at);
    }
}
