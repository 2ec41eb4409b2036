using System.Globalization;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>What happened and what is planned, newest first, by day in the reader's zone. What lies ahead stands apart.</summary>
public sealed partial class Timeline(TimeProvider clock)
{
    private IReadOnlyList<Day> _days = [];

    /// <summary>In any order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineItem> Items { get; set; }

    /// <summary>IANA zone of the person whom the timeline is about, for the tooltips.</summary>
    [Parameter]
    public string? Zone { get; set; }

    [Parameter]
    public string EmptyText { get; set; } = "Every consent, text and request will show here.";

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo ReaderZone => Choices?.TimeZone ?? TimeZoneInfo.Utc;

    protected override void OnParametersSet()
    {
        var now = clock.GetUtcNow();
        var today = DateOf(now);
        _days =
        [
            .. Items.OrderByDescending(item => item.At)
                .GroupBy(item => (Date: DateOf(item.At), IsAhead: item.At > now))
                .Select(group => new Day(Name(group.Key.Date, today, group.Key.IsAhead), group.Key.IsAhead, [.. group])),
        ];
    }

    private static string Name(DateOnly date, DateOnly today, bool isAhead)
    {
        var name = (date.DayNumber - today.DayNumber) switch
        {
            0 => "Today",
            1 => "Tomorrow",
            -1 => "Yesterday",
            _ => date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
        };
        return isAhead ? $"{name}, planned" : name;
    }

    private DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ReaderZone).DateTime);

    private string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, ReaderZone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private string Tooltip(DateTimeOffset at) =>
        Zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone)
            ? $"{Figures.Time(at, TimeZoneInfo.Utc)} UTC · {Figures.Time(at, zone)} {Zone}"
            : $"{Figures.Time(at, TimeZoneInfo.Utc)} UTC";

    private sealed record Day(string Name, bool IsAhead, IReadOnlyList<TimelineItem> Items);
}
