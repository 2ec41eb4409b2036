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
    private IReadOnlyList<RequestWorker> _workers = [];

    [Parameter]
    public Guid Id { get; set; }

    protected override async Task OpenAsync() => _workers = await acts.Assign.WorkersAsync(Actor, Closing);

    protected override async Task OnParametersSetAsync()
    {
        var id = PrivacyRequestId.From(Id);
        // One entry of the audit trail for a visit, whatever is done in it.
        if (_request?.Id != id)
            (await view.ExecuteAsync(Actor, id, Closing)).TryGet(out _request, out _missing);
    }

    private async Task LoadAsync() => (await requests.GetAsync(Actor, _request!.Id, Closing)).TryGet(out _request, out _missing);

    private Task ResumeAsync() => ActAsync(new RequestAct(acts.Resume.ExecuteAsync, "The clock runs on."));

    private Task AssignAsync(Guid? worker) => ActAsync(new RequestAct((actor, id, token) => acts.Assign.ExecuteAsync(actor, id, worker, token), worker is null ? "The request is anybody's again." : "The request is assigned."));

    private Task<Result<string>> RevealAsync(string reason) => acts.Unrecorded.Reveal.ExecuteAsync(Actor, _request!.Id, reason, Closing);

    private Task ActAsync(RequestAct act) => RunAsync(async () =>
    {
        act.IsDone = Tell(await act.Run(Actor, _request!.Id, Closing), act.Success);
        await LoadAsync();
    });
}
