using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="Rule">By itself, without those of the segments that it names.</param>
internal sealed record ReachedSegment(SegmentAt At, SegmentRule Rule);

/// <summary>The segments that rules name, directly or through others: each once, whatever number of ways lead there.</summary>
internal static class SegmentReach
{
    /// <param name="at">When they were as they are meant; null for now. One that is younger counts as it was at first.</param>
    public static Task<IReadOnlyList<ReachedSegment>> OfAsync(PortalDbContext db, IReadOnlyList<SegmentRule> rules, DateTimeOffset? at, CancellationToken cancellationToken) =>
        OfAsync(db, rules, at, draft: null, cancellationToken);

    /// <param name="draft">A segment whose rule is not saved yet and counts as if it were.</param>
    public static async Task<IReadOnlyList<ReachedSegment>> OfAsync(
        PortalDbContext db, IReadOnlyList<SegmentRule> rules, DateTimeOffset? at, ReachedSegment? draft, CancellationToken cancellationToken)
    {
        var found = draft is null ? [] : new Dictionary<SegmentId, ReachedSegment> { [draft.At.Id] = draft };
        for (var missing = Named([.. rules, .. found.Values.Select(s => s.Rule)], found); missing.Count > 0; missing = Named([.. found.Values.Select(s => s.Rule)], found))
        {
            var versions = await Versions(db, missing, at).Select(v => new { v.SegmentId, v.Version, v.RuleJson }).ToListAsync(cancellationToken);
            foreach (var version in versions)
                found[version.SegmentId] = new ReachedSegment(new SegmentAt(version.SegmentId, version.Version), SegmentRuleJson.Read(version.RuleJson).Value);
            if (versions.Count < missing.Count)
                break;
        }

        return [.. found.Values];
    }

    private static IQueryable<SegmentVersion> Versions(PortalDbContext db, List<SegmentId> ids, DateTimeOffset? at)
    {
        var all = db.SegmentVersions.AsNoTracking().Where(v => ids.Contains(v.SegmentId));
        return at is { } then
            ? all.Where(v => v.Version == db.SegmentVersions.Where(o => o.SegmentId == v.SegmentId && (o.At <= then || o.Version == 1)).Max(o => o.Version))
            : all.Where(v => db.Segments.Any(s => s.Id == v.SegmentId && s.CurrentVersion == v.Version));
    }

    private static List<SegmentId> Named(IReadOnlyList<SegmentRule> rules, Dictionary<SegmentId, ReachedSegment> known) =>
        [.. rules.SelectMany(r => r.Parts()).OfType<InSegment>().Select(s => s.Segment).Where(id => !known.ContainsKey(id)).Distinct()];
}
