using ConsentPortal.Application.Breaches;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Breaches;

/// <summary>Enters a breach with what is known so far.</summary>
public sealed partial class NewBreachPage(RecordBreach record, TimeProvider clock) : PortalPage
{
    private BreachDraft? _draft;
    private Failure? _problem;

    protected override Task OpenAsync()
    {
        _draft = BreachDraft.New(clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        if ((await record.ExecuteAsync(Actor, _draft!.ToText(), Closing)).TryGet(out var id, out _problem))
            LeaveFor(Paths.Breach(id));
    });
}
