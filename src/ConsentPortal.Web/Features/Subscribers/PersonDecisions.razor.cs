using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Why this person got each text, or did not.</summary>
public sealed partial class PersonDecisions(SubscriberDecisions decisions)
{
    private IReadOnlyList<DecisionRow>? _rows;
    private long? _next;
    private SubscriberId _shown;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Person.Id)
            return;
        _shown = Person.Id;
        (_rows, _next) = await decisions.PageAsync(Actor, Person.Id, before: null, Closing);
    }

    private Task OlderAsync() => RunAsync(async () =>
    {
        var page = await decisions.PageAsync(Actor, Person.Id, _next, Closing);
        (_rows, _next) = ([.. _rows!, .. page.Rows], page.Next);
    });
}
