using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>How far a campaign is, and why texts were not sent.</summary>
public sealed partial class CampaignResults(NavigationManager navigation)
{
    [Parameter, EditorRequired]
    public required CampaignFigures Figures { get; set; }

    /// <summary>The address of the same page with other recipients.</summary>
    [Parameter, EditorRequired]
    public required Func<MessageState?, string?, long?, string> Address { get; set; }

    private int Failed => Figures.Of(MessageState.Failed) + Figures.Of(MessageState.Expired);

    private IReadOnlyList<WaterfallStep> Funnel =>
    [
        .. Figures.Reasons.Where(r => r.State == MessageState.Skipped).GroupBy(r => r.Reason!).OrderByDescending(g => g.Sum(r => r.Count))
            .Select(g => new WaterfallStep(g.Key, CampaignWords.Reason(g.Key), g.Sum(r => r.Count), Meaning.Withdrawn, g.Select(r => r.Rule).Distinct().Count() == 1 ? g.First().Rule : null)),
    ];

    private void Open(string reason) => navigation.NavigateTo(Address(MessageState.Skipped, reason, null));
}
