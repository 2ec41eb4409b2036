using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>One person: who they are, whether they can be texted now, and everything that was agreed, sent, asked and looked at.</summary>
public sealed partial class PersonPage(OpenSubscriber open, SubscriberDetail detail, TextNow textNow, FrequencyOfPerson frequency, RevealNumber reveal, RelatedRecords related,
    NavigationManager navigation, MudBlazor.ISnackbar notices)
{
    private SubscriberDetails? _person;
    private IReadOnlyDictionary<PurposeId, SendDecision> _answers = new Dictionary<PurposeId, SendDecision>();
    private IReadOnlyList<PromiseMeter> _meters = [];
    private Relations _relations = new(null, [], [], []);
    private PurposeId? _asked;
    private Failure? _missing;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>The instant that the consent tab looks at, UTC; without it, now.</summary>
    [SupplyParameterFromQuery]
    public string? AsOf { get; set; }

    /// <summary>The text whose gates the decisions tab shows.</summary>
    [SupplyParameterFromQuery]
    public long? Decision { get; set; }

    private string Current => PersonTabs.Named(Tab);

    private bool MaySeeSegments => Actor.May(Permissions.ViewSegments);

    private string Title => _person switch
    {
        { IsErased: true } => "Erased subscriber",
        { Profile.FullName: { Length: > 0 } name } => name,
        _ => "Subscriber",
    };

    private IReadOnlyList<TabLink> Tabs => [.. PersonTabs.All.Where(tab => tab.Name is not PersonTabs.Segments || MaySeeSegments).Select(tab => tab.Name is PersonTabs.Requests ? tab with { Count = _person!.Requests.Count } : tab)];

    protected override async Task OnParametersSetAsync()
    {
        var id = SubscriberId.From(Id);
        if (_person?.Id == id)
            return;
        _relations = await related.OfAsync(Actor, id, Closing);
        if (_relations.MergedInto is { } into)
        {
            notices.Add("That record was merged into this one.", MudBlazor.Severity.Info);
            navigation.NavigateTo(Paths.Subscriber(into), replace: true);
            return;
        }

        // One entry of the audit trail for a visit, however many tabs are looked at.
        if ((await open.ExecuteAsync(Actor, id, Closing)).TryGet(out _person, out _missing))
            await AskAsync();
    }

    private async Task LoadAsync()
    {
        _relations = await related.OfAsync(Actor, _person!.Id, Closing);
        if ((await detail.GetAsync(Actor, _person.Id, Closing)).TryGet(out _person, out _missing))
            await AskAsync();
    }

    private async Task AskAsync()
    {
        var answers = new Dictionary<PurposeId, SendDecision>();
        foreach (var purpose in _person!.Consents.Where(consent => !consent.IsRetired && !_person.IsErased))
            if ((await textNow.AskAsync(Actor, _person.Id, purpose.PurposeId, Closing)).TryGet(out var decision, out _))
                answers[purpose.PurposeId] = decision;
        _answers = answers;
        _meters = (await frequency.GetAsync(Actor, _person.Id, Closing)).TryGet(out var meters, out _) ? meters : [];
    }

    private void AskAbout(PurposeId purpose) => _asked = purpose;

    private void CloseAnswer() => _asked = null;

    private string PurposeName(PurposeId id) => _person!.Consents.First(consent => consent.PurposeId == id).Purpose;

    private Task<Result<string>> RevealAsync(string reason) => reveal.ExecuteAsync(Actor, _person!.Id, reason, Closing);
}
