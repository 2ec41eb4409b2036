using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>A part of the page of a request in which something is done with it; the page does it and reads the request anew.</summary>
public abstract class RequestPanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required PrivacyRequestView Request { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required RequestActs Acts { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<RequestAct> OnAct { get; set; }

    protected bool MayHandle => Actor.May(Permissions.HandlePrivacyRequests);

    protected string? WhyNotHandle => MayHandle ? null : "Your role reads privacy requests and does not work on them.";

    /// <param name="success">What is said when it was done.</param>
    protected async Task ActAsync(Func<Actor, PrivacyRequestId, CancellationToken, Task<Result<Done>>> run, string success) => await IsDoneAsync(run, success);

    /// <param name="success">What is said when it was done.</param>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> IsDoneAsync(Func<Actor, PrivacyRequestId, CancellationToken, Task<Result<Done>>> run, string success)
    {
        var act = new RequestAct(run, success);
        await OnAct.InvokeAsync(act);
        if (act.IsDone)
            Forget();
        return act.IsDone;
    }

    /// <summary>Takes away what was written for the act that was done.</summary>
    protected virtual void Forget()
    {
    }
}
