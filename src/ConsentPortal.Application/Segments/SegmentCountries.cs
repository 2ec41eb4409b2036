using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Region">ISO 3166 of the number; null where it tells none.</param>
public sealed record SegmentCountry(string? Region, int People);

/// <summary>Which countries the numbers of a rule's people belong to, whose laws their texts have to keep.</summary>
public sealed class SegmentCountries(PortalDatabase database, TimeProvider clock)
{
    /// <returns>The largest first.</returns>
    public async Task<Result<IReadOnlyList<SegmentCountry>>> GetAsync(Actor actor, SegmentRule rule, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        if (rule.Check() is { Count: > 0 } problems)
            return new SegmentRuleRefused(problems);
        await using var db = database.Open();
        if (!(await SegmentAudience.CompleteAsync(db, rule, of: null, cancellationToken)).TryGet(out var whole, out var incomplete))
            return incomplete;
        var people = SegmentTranslator.PeopleByRules(db, whole, await RuleMoments.AtAsync(db, clock.GetUtcNow(), cancellationToken));
        var counted = await people.GroupBy(s => s.Region).Select(g => new { Region = g.Key, People = g.Count() }).ToListAsync(cancellationToken);
        return counted.OrderByDescending(c => c.People).ThenBy(c => c.Region, StringComparer.Ordinal).Select(c => new SegmentCountry(c.Region, c.People)).ToList();
    }
}
