using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>What a campaign would do: who falls away why, when the texts leave, what they cost.</summary>
public sealed partial class DryRunPanel
{
    private IReadOnlyList<WaterfallStep> _steps = [];
    private IReadOnlyList<DeliveryHour> _hours = [];
    private IReadOnlyList<ClosedWindow> _closed = [];
    private DryRunReason? _chosen;

    [Parameter, EditorRequired]
    public DryRunView? Run { get; set; }

    /// <summary>Whether samples lead to the person's page.</summary>
    [Parameter]
    public bool MayOpen { get; set; }

    /// <summary>The buttons under it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string? Later => Run!.Detail.Reasons.Where(r => r.Kind == DecisionKind.Defer).MaxBy(r => r.Count) is { } most
        ? $"most for {CampaignWords.Reason(most.Reason.ToString()).ToLowerInvariant()}" : null;

    private string Encodings => string.Join(", ", Run!.Detail.Parts.Select(p => $"{Figures.Counted(p.Value, "text")} of {Figures.Counted(p.Key, "part")}"));

    protected override void OnParametersSet()
    {
        if (Run is not { } run)
            return;
        _steps = [.. run.Detail.Reasons.Where(r => r.Kind != DecisionKind.Defer).Select(r => new WaterfallStep(Key(r), CampaignWords.Reason(r.Reason.ToString()), r.Count, Rule: r.Rule))];
        _hours = [.. run.Detail.Hours.Select(h => new DeliveryHour(h.Start, h.Texts))];
        _closed = Windows(run.Detail.Closed, run.Allowed + run.Deferred);
    }

    /// <summary>Hours that follow each other and are shut for as many people are one window.</summary>
    private static List<ClosedWindow> Windows(IReadOnlyList<ClosedHour> hours, int people)
    {
        var windows = new List<ClosedWindow>();
        foreach (var hour in hours)
        {
            var share = (double)hour.People / Math.Max(1, people);
            if (windows is [.., var last] && last.End == hour.Start && last.Share == share)
                windows[^1] = last with { End = hour.Start.AddHours(1) };
            else
                windows.Add(new ClosedWindow(hour.Start, hour.Start.AddHours(1), share));
        }

        return windows;
    }

    private string CostText => Run!.Detail is { Cost: 0, UnpricedParts: > 0 } ? "not known" : CampaignWording.OfMoney(Run.Detail.Cost);

    private string? CostDetail =>
        Run!.Detail.UnpricedParts > 0 ? $"and {Figures.Counted(Run.Detail.UnpricedParts, "part")} without a known price" : "if all of it leaves";

    private string OptOutsText => Run!.Detail.Past?.Of(Run.Allowed + Run.Deferred) is { } people ? $"about {Figures.Count(people)}" : "–";

    private static string OptOutsDetail(PastOptOuts past, bool isKnown) =>
        past.Texts == 0 ? "No experience yet: this purpose has sent no campaign"
        : !isKnown ? $"No experience yet: only {Figures.Counted(past.Texts, "text")} of this purpose so far"
        : $"{Figures.Share(past.OptOuts, past.Texts)} did after the last {Figures.Counted(past.Campaigns, "campaign")} of this purpose";

    private static string SenderSentence(SenderLimits sender, int parts)
    {
        var minute = sender.PartsPerMinute is { } each ? $"{Figures.Counted(each, "part")} a minute" : null;
        var day = sender.PartsPerDay is { } most ? $"{Figures.Counted(most, "part")} a day" : null;
        var days = sender.PartsPerDay is { } daily && parts > daily ? $" All of them take {Figures.Counted((parts + daily - 1) / daily, "day")} at least." : null;
        return $"The sender may send {string.Join(" and ", new[] { minute, day }.OfType<string>())}, whichever campaign they are of.{days}";
    }

    private static string PromiseSentence(int people) =>
        $"{Figures.Counted(people, "person", "people")} had as many texts lately as {(people == 1 ? "was" : "were")} promised to them for a day, week or month. They wait until one of those is old enough, and get none where that takes more than two weeks.";

    /// <summary>How many get the usual words because there are none in their language.</summary>
    private static string FellBack(DryRunDetail detail)
    {
        var known = detail.FallBacks.Where(f => f.Key.Length > 0).OrderByDescending(f => f.Value).ToList();
        var unknown = detail.FallBacks.GetValueOrDefault("");
        string?[] parts =
        [
            known.Count == 0 ? null : $"{Figures.Counted(known.Sum(f => f.Value), "person reads", "people read")} a language that it is not written in ({string.Join(", ", known.Select(f => $"{CampaignWording.OfLanguage(f.Key)} {Figures.Count(f.Value)}"))})",
            unknown == 0 ? null : $"of {Figures.Counted(unknown, "person", "people")} nobody knows the language",
        ];
        var said = string.Join(", and ", parts.OfType<string>());
        return said.Length == 0 ? " Nobody needs the usual words for want of their own." : $" The usual words stand in where {said}.";
    }

    private void Choose(string key) => _chosen = Run!.Detail.Reasons.FirstOrDefault(r => Key(r) == key);

    private static string Key(DryRunReason reason) => $"{reason.Kind}/{reason.Gate}/{reason.Reason}/{reason.Rule}";
}
