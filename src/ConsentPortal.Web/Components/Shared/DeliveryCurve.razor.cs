using System.Globalization;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>
/// Texts per hour, with the closed windows shaded: when a campaign will reach people, and when it may not. Hours and days
/// are the reader's, unless <see cref="Zone"/> says whose.
/// </summary>
public sealed partial class DeliveryCurve(TimeProvider clock)
{
    private const double Left = 56;
    private const double Right = 8;
    private const double Width = 896;
    private const double Height = 176;
    private const double Bottom = 40;

    /// <summary>"Wed 30 Sep" with some air.</summary>
    private const double DayWidth = 72;

    /// <summary>Closed windows that the text alternative names; more would be no summary.</summary>
    private const int MostSaid = 4;

    private IReadOnlyList<Column> _columns = [];
    private IReadOnlyList<Shade> _shades = [];
    private IReadOnlyList<Label> _labels = [];
    private Scale _scale = Scale.For(0);
    private DateTimeOffset _start;
    private double _hours = 1;
    private double? _nowX;

    /// <summary>Hours without texts may be left out.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<DeliveryHour> Hours { get; set; }

    [Parameter]
    public IReadOnlyList<ClosedWindow> Closed { get; set; } = [];

    /// <summary>IANA zone in which hours and days are labelled; the reader's when null.</summary>
    [Parameter]
    public string? Zone { get; set; }

    [Parameter]
    public string EmptyText { get; set; } = "The curve shows here once texts are planned.";

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    private TimeZoneInfo ShownZone =>
        Zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? zone : Choices?.TimeZone ?? TimeZoneInfo.Utc;

    private string ZoneName => ShownZone.Id is "Etc/UTC" ? "UTC" : ShownZone.Id;

    private string Summary
    {
        get
        {
            var peak = Hours.MaxBy(hour => hour.Count)!;
            return $"{Figures.Counted(Hours.Sum(hour => hour.Count), "text")} from {Figures.Time(_start, ShownZone)} to {Figures.Time(_start.AddHours(_hours), ShownZone)} ({ZoneName}); "
                + $"most in the hour from {Figures.Time(peak.Start, ShownZone)}: {Figures.Count(peak.Count)}."
                + string.Concat(_shades.Take(MostSaid).Select(shade => $" {shade.Title}."));
        }
    }

    protected override void OnParametersSet()
    {
        if (Hours.Count == 0)
        {
            _columns = [];
            return;
        }

        // Who starts a campaign in the night sees it before the morning's texts.
        _start = Hours.Select(hour => hour.Start).Concat(Closed.Select(window => window.Start)).Min();
        _hours = Math.Max(12, Math.Ceiling((Hours.Max(hour => hour.Start) - _start).TotalHours) + 1);
        _scale = Scale.For(Hours.Max(hour => hour.Count));
        var width = Width / _hours;
        _columns =
        [
            .. Hours.Where(hour => hour.Count > 0).OrderBy(hour => hour.Start).Select(hour =>
                new Column(X(hour.Start) + width * .1, width * .8, hour.Count, $"{Figures.Time(hour.Start, ShownZone)}: {Figures.Counted(hour.Count, "text")}")),
        ];
        _shades = [.. Closed.Select(Shaded).Where(shade => shade.Width > 0)];
        _labels = [.. Labels()];
        _nowX = clock.GetUtcNow() is var now && now > _start && now < _start.AddHours(_hours) ? X(now) : null;
    }

    private Shade Shaded(ClosedWindow window)
    {
        var from = Math.Max(Left, X(window.Start));
        var until = $"{Figures.Time(window.Start, ShownZone)} to {Figures.Time(window.End, ShownZone)}: closed";
        return new Shade(from, Math.Min(Left + Width, X(window.End)) - from, window.Share, window.Share < 1 ? $"{until} for {window.Share:P0}" : until);
    }

    private IEnumerable<Label> Labels()
    {
        var step = _hours switch { <= 24 => 3, <= 72 => 6, <= 168 => 12, _ => 24 };
        // Shortly before midnight the first day would be written over by the second.
        var room = DayWidth * _hours / Width;
        for (var hour = 0; hour <= _hours; hour++)
        {
            var local = TimeZoneInfo.ConvertTime(_start.AddHours(hour), ShownZone);
            if (local.Hour % step == 0)
                yield return new Label(X(_start.AddHours(hour)), local.ToString("HH", CultureInfo.InvariantCulture), IsDay: false);
            if (local.Hour == 0 || (hour == 0 && 24 - local.Hour >= room))
                yield return new Label(X(_start.AddHours(hour)), local.ToString("ddd d MMM", CultureInfo.InvariantCulture), IsDay: true);
        }
    }

    private double X(DateTimeOffset at) => Left + Width * (at - _start).TotalHours / _hours;

    private double Y(double count) => Height - (Height - 16) * count / _scale.Top;

    private sealed record Column(double X, double Width, long Count, string Title);

    private sealed record Shade(double X, double Width, double Share, string Title);

    private sealed record Label(double X, string Text, bool IsDay);
}
