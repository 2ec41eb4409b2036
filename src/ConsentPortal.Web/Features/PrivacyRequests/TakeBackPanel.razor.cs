using ConsentPortal.Application.PrivacyRequests;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>Takes a verification back, for whoever works on requests.</summary>
public sealed partial class TakeBackPanel(TakeBackVerification takeBack)
{
    private string _reason = "";

    [Parameter, EditorRequired]
    public required PrivacyRequestView Request { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<RequestAct> OnAct { get; set; }

    private async Task TakeBackAsync()
    {
        var reason = _reason;
        await OnAct.InvokeAsync(new RequestAct((actor, id, token) => takeBack.ExecuteAsync(actor, id, reason, token), "The request waits to be verified again."));
        _reason = "";
    }
}
