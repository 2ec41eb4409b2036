using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>
/// How long is left until something is due: grey, red when less than a quarter of the time is left, and "overdue" after.
/// </summary>
public sealed partial class Deadline(TimeProvider clock)
{
    private Meaning _meaning;
    private string _icon = "";
    private string _text = "";
    private string? _detail;

    /// <summary>When the time began to run.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset From { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Due { get; set; }

    /// <summary>The clock stands while somebody else's answer is awaited.</summary>
    [Parameter]
    public bool IsPaused { get; set; }

    [Parameter]
    public DateTimeOffset? DoneAt { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    protected override void OnParametersSet()
    {
        var left = Due - clock.GetUtcNow();
        (_meaning, _icon, _text) = (DoneAt, IsPaused, left) switch
        {
            ({ } done, _, _) when done <= Due => (Meaning.Granted, Icons.Material.Outlined.CheckCircle, "Done in time"),
            ({ } done, _, _) => (Meaning.Blocked, Icons.Material.Outlined.CheckCircle, $"Done {Days(done - Due)} late"),
            (_, true, _) => (Meaning.Deferred, Icons.Material.Outlined.PauseCircle, "Paused"),
            (_, _, { Ticks: < 0 }) => (Meaning.Blocked, Icons.Material.Outlined.Warning, $"{Days(-left)} overdue"),
            _ => (IsShort(left) ? Meaning.Blocked : Meaning.Withdrawn, Icons.Material.Outlined.Timer, $"{Days(left)} left"),
        };
        _detail = $"Due {Figures.Time(Due, Choices?.TimeZone ?? TimeZoneInfo.Utc)}";
    }

    private bool IsShort(TimeSpan left) => left < (Due - From) / 4;

    /// <summary>Whole days, or hours in the last one: nobody may think that a day is left when it is not.</summary>
    private static string Days(TimeSpan span) => span.TotalDays >= 1
        ? Figures.Counted((long)span.TotalDays, "day")
        : Figures.Counted(Math.Max(0, (long)span.TotalHours), "hour");
}
