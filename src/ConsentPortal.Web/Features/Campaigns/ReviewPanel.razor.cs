using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>The second person's part: what will be sent, to how many, what differs from last time, yes or no.</summary>
public sealed partial class ReviewPanel
{
    private string _reason = "";

    [Parameter, EditorRequired]
    public required CampaignView Campaign { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnApprove { get; set; }

    [Parameter]
    public EventCallback<string> OnRequestChanges { get; set; }

    private long Sent => (Campaign.DryRun?.Allowed ?? 0) + (Campaign.DryRun?.Deferred ?? 0);

    private string? Cost => Campaign.DryRun?.Detail is not { Cost: > 0 } detail ? null
        : $", for about {CampaignWording.OfMoney(detail.Cost)}{(detail.UnpricedParts > 0 ? $" and {Figures.Counted(detail.UnpricedParts, "part")} whose price is not known" : "")}";

    private bool IsOwn => Guid.TryParse(Actor.Id, out var id) && Campaign.IsWorkOf(id);

    private string? WhyNotApprove =>
        !Actor.May(Permissions.ApproveCampaigns) ? "Your role does not approve campaigns."
        : IsOwn ? "You wrote in it or submitted it; a second person has to approve." : null;

    private string? WhyNotRequest =>
        !Actor.May(Permissions.ApproveCampaigns) ? "Your role does not review campaigns."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say what has to change." : null;
}
