using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Changes what is known of a person, with a reason. The number stays.</summary>
public sealed partial class EditSubscriberPage(OpenSubscriber open, SubscriberDetail detail, EditSubscriber edit)
{
    private SubscriberDetails? _person;
    private ProfileDraft _draft = new();
    private string _reason = "";
    private Failure? _missing;
    private Failure? _problem;

    [Parameter]
    public Guid Id { get; set; }

    private string? WhyNot => _draft.WhyNot ?? (!ReasonNeeded.IsMetBy(_reason) ? "Say why; it is kept in the audit trail." : null);

    protected override async Task OnParametersSetAsync()
    {
        var id = SubscriberId.From(Id);
        if (_person?.Id != id)
            Show(await open.ExecuteAsync(Actor, id, Closing));
    }

    private async Task LoadAsync() => Show(await detail.GetAsync(Actor, _person!.Id, Closing));

    private void Show(Result<SubscriberDetails> found)
    {
        if (!found.TryGet(out _person, out _missing))
            return;
        _missing = _person.IsErased ? new SubscriberNotFound() : null;
        _draft = ProfileDraft.Of(_person);
        _problem = null;
    }

    private Task SaveAsync() => RunAsync(async () =>
    {
        var change = new SubscriberEdit(_person!.Version, _draft.Profile, ProfileDraft.Text(_draft.Language)?.ToLowerInvariant(), _draft.Country,
            _draft.StateCode, _draft.Zone, _draft.Frequency, _person.PausedUntil, _reason.Trim());
        if (!(await edit.ExecuteAsync(Actor, _person.Id, change, Closing)).TryGet(out _, out _problem))
            return;
        Say("The changes were saved.", MudBlazor.Severity.Success);
        LeaveFor(Paths.Subscriber(_person.Id, PersonTabs.Profile));
    });
}
