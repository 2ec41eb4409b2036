using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>How many people agreed under words that are no longer shown, and the way to ask them again.</summary>
public sealed partial class EarlierWordsPanel(AskAgain ask)
{
    [Parameter, EditorRequired]
    public required PurposeDetails Details { get; set; }

    private bool MayAsk => Details.Purpose.RetiredAt is null && Actor.May(Permissions.EditSegments) && Actor.May(Permissions.EditCampaigns);

    private Task AskAsync(string language) => RunAsync(async () =>
    {
        var asked = await ask.ExecuteAsync(Actor, Details.Purpose.Id, language, Closing);
        if (asked.IsSuccess)
            LeaveFor(Paths.NewCampaignFor(Details.Purpose.Id, asked.Value));
        else
            Say(asked.Failure.Message, MudBlazor.Severity.Error);
    });
}
