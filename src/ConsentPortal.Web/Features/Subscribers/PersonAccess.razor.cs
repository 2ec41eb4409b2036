using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>Who has looked at this person's data, when and why.</summary>
public sealed partial class PersonAccess(WhoLookedAtMe access)
{
    private IReadOnlyList<AccessEntry>? _rows;
    private long? _next;
    private SubscriberId _shown;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Person.Id)
            return;
        _shown = Person.Id;
        (_rows, _next) = await access.PageAsync(Actor, Person.Id, before: null, Closing);
    }

    private Task OlderAsync() => RunAsync(async () =>
    {
        var page = await access.PageAsync(Actor, Person.Id, _next, Closing);
        (_rows, _next) = ([.. _rows!, .. page.Entries], page.Next);
    });
}
