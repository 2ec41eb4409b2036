using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The segments that are in use, with whether the person belongs to each.</summary>
public sealed partial class PersonSegments(Membership membership)
{
    private IReadOnlyList<PersonSegment>? _segments;

    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    protected override async Task OpenAsync() => _segments = await membership.OfAsync(Actor, Person.Id, Closing);
}
