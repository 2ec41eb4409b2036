using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>How far a campaign is, and why texts were not sent.</summary>
public sealed partial class CampaignResults(NavigationManager navigation)
{
    private const int Week = 6;
    private const int LongestChart = 92;

    private IReadOnlyList<DateOnly> _days = [];
    private IReadOnlyList<TrendSeries> _series = [];

    [Parameter, EditorRequired]
    public required CampaignFigures Figures { get; set; }

    [Parameter]
    public IReadOnlyList<OptOutHour> OptOuts { get; set; } = [];

    /// <summary>When the first text could leave (UTC): the first day of the chart.</summary>
    [Parameter]
    public DateTimeOffset? StartedAt { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    /// <summary>The address of the same page with other recipients.</summary>
    [Parameter, EditorRequired]
    public required Func<RecipientFilter, string> Address { get; set; }

    private int Failed => Figures.Of(MessageState.Failed) + Figures.Of(MessageState.Expired);

    private IReadOnlyList<WaterfallStep> Funnel =>
    [
        .. Figures.Reasons.Where(r => r.State == MessageState.Skipped).GroupBy(r => r.Reason!).OrderByDescending(g => g.Sum(r => r.Count))
            .Select(g => new WaterfallStep(g.Key, CampaignWords.Reason(g.Key), g.Sum(r => r.Count), Meaning.Withdrawn, g.Select(r => r.Rule).Distinct().Count() == 1 ? g.First().Rule : null)),
    ];

    protected override void OnParametersSet()
    {
        _days = [];
        if (OptOuts.Count == 0 || StartedAt is not { } started)
            return;
        var first = Day(started);
        var (today, latest) = (Day(Figures.At), Day(OptOuts[^1].Start));
        // A campaign of long ago ends where the last person left, or after a week.
        var last = new[] { latest, today < first.AddDays(Week) ? today : first.AddDays(Week) }.Max();
        _days = [.. Enumerable.Range(0, Math.Min(LongestChart, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays)];
        var byDay = OptOuts.ToLookup(hour => Day(hour.Start), hour => hour.People);
        _series = [new TrendSeries("Opted out", [.. _days.Select(day => (long)byDay[day].Sum())], Meaning.Withdrawn)];
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Choices?.TimeZone ?? TimeZoneInfo.Utc).Date);

    private void Open(string reason) => navigation.NavigateTo(Address(new RecipientFilter(MessageState.Skipped, reason)));
}
