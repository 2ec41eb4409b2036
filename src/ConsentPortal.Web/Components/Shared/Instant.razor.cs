using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

public enum InstantForm
{
    /// <summary>23 Nov 2026, 14:02</summary>
    Time = 0,

    /// <summary>23 Nov 2026</summary>
    Date = 1,

    /// <summary>3 h ago</summary>
    Relative = 2,
}

/// <summary>
/// An instant in the reader's own zone; the tooltip gives it in UTC and, where it matters, in the subscriber's zone.
/// </summary>
public sealed partial class Instant(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>IANA zone of the person whom the instant concerns; null where nobody's is meant.</summary>
    [Parameter]
    public string? Zone { get; set; }

    [Parameter]
    public InstantForm Form { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo ReaderZone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    private string Text => Form switch
    {
        InstantForm.Time => Figures.Time(At, ReaderZone),
        InstantForm.Date => Figures.Date(At, ReaderZone),
        InstantForm.Relative => Figures.Relative(At, clock.GetUtcNow()),
    };

    private string Tooltip
    {
        get
        {
            var places = new List<string> { $"{Figures.Time(At, TimeZoneInfo.Utc)} UTC" };
            if (Zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone))
                places.Add($"{Figures.Time(At, zone)} {Zone}");
            if (Form is not InstantForm.Time)
                places.Insert(0, Figures.Time(At, ReaderZone));
            return string.Join(" · ", places);
        }
    }
}
