using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Why this person got each text, or did not.</summary>
public sealed partial class PersonDecisions(SubscriberDecisions decisions, PastDecisions pastDecisions, NavigationManager navigation)
{
    private IReadOnlyList<DecisionRow>? _rows;
    private long? _next;
    private SubscriberId _shown;
    private long? _explained;
    private PastDecision? _past;
    private Failure? _lost;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    /// <summary>The text whose gates are shown.</summary>
    [Parameter]
    public long? Decision { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Person.Id)
        {
            _shown = Person.Id;
            (_rows, _next) = await decisions.PageAsync(Actor, Person.Id, before: null, Closing);
        }

        if (_explained == Decision)
            return;
        (_explained, _past, _lost) = (Decision, null, null);
        if (Decision is { } message)
            (await pastDecisions.GetAsync(Actor, Person.Id, message, Closing)).TryGet(out _past, out _lost);
    }

    private void Close() => navigation.NavigateTo(navigation.GetUriWithQueryParameter("decision", (long?)null), replace: true);

    private Task OlderAsync() => RunAsync(async () =>
    {
        var page = await decisions.PageAsync(Actor, Person.Id, _next, Closing);
        (_rows, _next) = ([.. _rows!, .. page.Rows], page.Next);
    });
}
