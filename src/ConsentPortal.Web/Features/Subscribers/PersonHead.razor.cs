using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>A person at a glance: number, place, clock, stops, and for every purpose whether they can be texted now and why.</summary>
public sealed partial class PersonHead(TimeProvider clock)
{
    [Parameter, EditorRequired]
    public required SubscriberDetails Person { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<PurposeId, SendDecision> Answers { get; set; }

    /// <summary>Asked for every gate of one answer.</summary>
    [Parameter]
    public EventCallback<PurposeId> OnAsk { get; set; }

    [Parameter]
    public Func<string, Task<Result<string>>>? Reveal { get; set; }

    /// <summary>Several texts that wait for review each stop marketing; one line says so.</summary>
    private IEnumerable<ActiveSuppression> Stops => Person.Suppressions.DistinctBy(stop => (stop.Scope, stop.Purpose, stop.Source, stop.Reason));

    private string? LocalTime =>
        Person.ClockZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? PersonWords.Clock(clock.GetUtcNow(), zone) : null;

    private string Place => Person.Declared.Zone is not null ? $"{Person.ClockZone}, confirmed"
        : Person.Zones.Count == 1 ? $"{Person.ClockZone}, by the number"
        : $"{Person.ClockZone} or {Person.Zones.Count - 1} more by the number";
}
