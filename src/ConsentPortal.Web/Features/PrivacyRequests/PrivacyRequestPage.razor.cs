using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>One request: what is asked, what the next step is, who may take it, and what has happened.</summary>
public sealed partial class PrivacyRequestPage(ViewPrivacyRequest view, PrivacyRequestDetail requests, RequestActs acts) : PortalPage
{
    private PrivacyRequestView? _request;
    private Failure? _missing;

    [Parameter]
    public Guid Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var id = PrivacyRequestId.From(Id);
        // One entry of the audit trail for a visit, whatever is done in it.
        if (_request?.Id != id)
            (await view.ExecuteAsync(Actor, id, Closing)).TryGet(out _request, out _missing);
    }

    private async Task LoadAsync() => (await requests.GetAsync(Actor, _request!.Id, Closing)).TryGet(out _request, out _missing);

    private Task ExtendAsync(string reason) => ActAsync(new RequestAct((actor, id, token) => acts.Extend.ExecuteAsync(actor, id, reason, token), "The time was extended. Tell the person why."));

    private Task DenyAsync(string reason) => ActAsync(new RequestAct((actor, id, token) => acts.Deny.ExecuteAsync(actor, id, reason, token), "The request was denied. Tell the person why, and where to complain."));

    private Task CancelAsync(string reason) => ActAsync(new RequestAct((actor, id, token) => acts.Cancel.ExecuteAsync(actor, id, reason, token), "The request was cancelled."));

    private Task CommentAsync(string text) => ActAsync(new RequestAct((actor, id, token) => acts.Comment.ExecuteAsync(actor, id, text, token), "The comment was kept."));

    private Task ActAsync(RequestAct act) => RunAsync(async () =>
    {
        Tell(await act.Run(Actor, _request!.Id, Closing), act.Success);
        await LoadAsync();
    });
}
