using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Two records side by side, what their merge would come to, and the merge itself. Both stand in the address by their ids.</summary>
public sealed partial class MergePage(OpenSubscriber open, SubscriberDetail detail, MergeSubscribers merge, NavigationManager navigation)
{
    private readonly HashSet<SubscriberId> _seen = [];
    private SubscriberDetails? _kept;
    private SubscriberDetails? _closed;
    private MergePlan? _plan;
    private string _reason = "";
    private Failure? _problem;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The record that would be closed.</summary>
    [SupplyParameterFromQuery]
    public Guid? With { get; set; }

    private string? WhyNot =>
        _plan is null ? "Choose the other record."
        : !ReasonNeeded.IsMetBy(_reason) ? "Say how you know." : null;

    protected override async Task OnParametersSetAsync()
    {
        (_closed, _plan) = (null, null);
        if (!(await FindAsync(Id)).TryGet(out _kept, out _problem) || With is not { } other)
            return;
        if (!(await merge.PlanAsync(Actor, _kept.Id, SubscriberId.From(other), Closing)).TryGet(out var plan, out _problem))
            return;
        if ((await FindAsync(other)).TryGet(out _closed, out _problem))
            _plan = plan;
    }

    /// <summary>Opens each of the two once in a visit, whichever of them goes on.</summary>
    private Task<Result<SubscriberDetails>> FindAsync(Guid person)
    {
        var id = SubscriberId.From(person);
        return _seen.Add(id) ? open.ExecuteAsync(Actor, id, Closing) : detail.GetAsync(Actor, id, Closing);
    }

    private void Choose(SubscriberRow person) => navigation.NavigateTo(Paths.MergeSubscriber(_kept!.Id, person.Id));

    private Task MergeAsync() => RunAsync(async () =>
    {
        var wish = new Merge(_kept!.Id, _kept.Version, _closed!.Id, _closed.Version, _reason);
        if (!(await merge.ExecuteAsync(Actor, wish, Closing)).TryGet(out _, out _problem))
            return;
        Say("The two records are one now.", MudBlazor.Severity.Success);
        LeaveFor(Paths.Subscriber(_kept.Id));
    });
}
