using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using Shown = ConsentPortal.Web.Components.Shared.Figures;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>How far a campaign is, and why texts were not sent.</summary>
public sealed partial class CampaignResults(NavigationManager navigation)
{
    private const int Week = 6;
    private const int LongestChart = 92;

    private IReadOnlyList<DateOnly> _days = [];
    private IReadOnlyList<TrendSeries> _series = [];

    /// <summary>What the organisation's clock shows at the beginning of each hour of the first day.</summary>
    private IReadOnlyList<string> FirstHours =>
        [.. OptOuts.FirstDay.Select(hour => TimeZoneInfo.ConvertTime(hour.Start, TimeZoneInfo.FindSystemTimeZoneById(OptOuts.Zone)).ToString("HH:mm", CultureInfo.InvariantCulture))];

    private IReadOnlyList<TrendSeries> FirstDay => [new TrendSeries("Opted out", [.. OptOuts.FirstDay.Select(hour => (long)hour.People)], Meaning.Withdrawn)];

    [Parameter, EditorRequired]
    public required CampaignFigures Figures { get; set; }

    [Parameter]
    public OptOutsOverTime OptOuts { get; set; } = OptOutsOverTime.None;

    /// <summary>When the first text could leave (UTC): the first day of the chart.</summary>
    [Parameter]
    public DateTimeOffset? StartedAt { get; set; }

    [CascadingParameter]
    private BrowserChoices? Choices { get; set; }

    /// <summary>The address of the same page with other recipients.</summary>
    [Parameter, EditorRequired]
    public required Func<RecipientFilter, string> Address { get; set; }

    /// <summary>Which campaign it is.</summary>
    [Parameter, EditorRequired]
    public required CampaignId Campaign { get; set; }

    private int RefusedThere => Figures.Refused - Figures.SettledAsNotSent;

    private int Failed => Figures.Of(MessageState.Failed) + Figures.Of(MessageState.Expired);

    private IReadOnlyList<WaterfallStep> Funnel =>
    [
        .. Figures.Reasons.Where(r => r.State == MessageState.Skipped).GroupBy(r => r.Reason!).OrderByDescending(g => g.Sum(r => r.Count))
            .Select(g => new WaterfallStep(g.Key, CampaignWords.Reason(g.Key), g.Sum(r => r.Count), Meaning.Withdrawn, g.Select(r => r.Rule).Distinct().Count() == 1 ? g.First().Rule : null)),
    ];

    /// <summary>Each state and reason for itself, because that is what leads to the people.</summary>
    private IReadOnlyList<WaterfallStep> Failures =>
    [
        .. Figures.Reasons.Where(r => r.State is MessageState.Failed or MessageState.Expired).GroupBy(r => (r.State, Reason: r.Reason!, r.Error)).OrderByDescending(g => g.Sum(r => r.Count))
            .Select(g => new WaterfallStep($"{g.Key.State}/{g.Key.Reason}/{g.Key.Error?.Meaning}", $"{CampaignWords.Of(g.Key.State).Word}: {CampaignWords.Failure(g.Key.Reason, g.Key.Error)}", g.Sum(r => r.Count))),
    ];

    private int Settled => Figures.Of(MessageState.Delivered) + Failed;

    private string EndText => Figures.Speed!.EndsAt(Figures.At) is { } end ? Shown.Relative(end, Figures.At) : "–";

    private string EndDetail => Figures.Speed! switch
    {
        { Ready: > 0, LastMinute: 0 } => "No text left in the last minute",
        { Ready: 0, Later: 0 } => "Nothing waits any more",
        var speed when speed.LastDueAt is { } last && speed.EndsAt(Figures.At) == last => $"{Shown.Counted(speed.Later, "text")} wait for a later hour, the last until {Shown.Time(last, Choices?.TimeZone ?? TimeZoneInfo.Utc)}",
        var speed => $"At this rate, for {Shown.Counted(speed.Ready, "text")} that could leave now",
    };

    private string Price => Figures.PricedTexts switch
    {
        0 => "No price from the provider yet",
        var priced => $"{CampaignWording.OfMoney(Figures.Price)}, as charged for {Shown.Counted(priced, "text")}",
    };

    protected override void OnParametersSet()
    {
        _days = [];
        if (OptOuts.Hours.Count == 0 || StartedAt is not { } started)
            return;
        var first = Day(started);
        var (today, latest) = (Day(Figures.At), Day(OptOuts.Hours[^1].Start));
        // A campaign of long ago ends where the last person left, or after a week.
        var last = new[] { latest, today < first.AddDays(Week) ? today : first.AddDays(Week) }.Max();
        _days = [.. Enumerable.Range(0, Math.Min(LongestChart, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays)];
        var byDay = OptOuts.Hours.ToLookup(hour => Day(hour.Start), hour => hour.People);
        _series = [new TrendSeries("Opted out", [.. _days.Select(day => (long)byDay[day].Sum())], Meaning.Withdrawn)];
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Choices?.TimeZone ?? TimeZoneInfo.Utc).Date);

    private void OpenFailure(string key)
    {
        var (state, reason) = key.Split('/', 3) is [var name, var code, _] ? (Enum.Parse<MessageState>(name), code) : (MessageState.Failed, "");
        navigation.NavigateTo(Address(new RecipientFilter(state, reason)));
    }

    private void Open(string reason) => navigation.NavigateTo(Address(new RecipientFilter(MessageState.Skipped, reason)));
}
