using System.Collections.Immutable;
using ConsentPortal.Application.Segments;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>The steps of a funnel as they arrive, found by where they stand in the rule.</summary>
public sealed class RuleCounts
{
    private readonly ImmutableDictionary<string, int> _people;

    private RuleCounts(ImmutableDictionary<string, int> people) => _people = people;

    public static RuleCounts None { get; } = new(ImmutableDictionary<string, int>.Empty);

    public RuleCounts With(FunnelStep step) => new(_people.SetItem(step.Path, step.People));

    /// <summary>Null for a place that was not counted, or not yet.</summary>
    public int? At(string path) => _people.TryGetValue(path, out var people) ? people : null;
}
