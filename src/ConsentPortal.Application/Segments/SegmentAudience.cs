using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>The people whom a saved version of a segment means today, and those of them who agreed to a purpose.</summary>
internal static class SegmentAudience
{
    /// <param name="at">When the segments that it names were as they are meant; null for now.</param>
    /// <returns>Null when there is no such version.</returns>
    public static async Task<SegmentRule?> RuleAsync(PortalDbContext db, SegmentId id, int version, DateTimeOffset? at, CancellationToken cancellationToken) =>
        await OwnRuleAsync(db, id, version, cancellationToken) is { } rule ? SegmentLinks.Complete(rule, Rules(await SegmentReach.OfAsync(db, [rule], at, cancellationToken))).Value : null;

    /// <returns>The rule by itself, without those of the segments that it names; null when there is no such version.</returns>
    public static async Task<SegmentRule?> OwnRuleAsync(PortalDbContext db, SegmentId id, int version, CancellationToken cancellationToken)
    {
        var json = await db.SegmentVersions.AsNoTracking().Where(v => v.SegmentId == id && v.Version == version)
            .Select(v => v.RuleJson).SingleOrDefaultAsync(cancellationToken);
        return json is null ? null : SegmentRuleJson.Read(json).Value;
    }

    /// <summary>Looks up the newest rules of the segments that a rule names; those of archived ones too, which past rules may name.</summary>
    /// <param name="of">The segment whose rule this is; null for a rule that is not saved yet.</param>
    public static async Task<Result<SegmentRule>> CompleteAsync(PortalDbContext db, SegmentRule rule, SegmentId? of, CancellationToken cancellationToken) =>
        SegmentLinks.Complete(rule, Rules(await SegmentReach.OfAsync(db, [rule], at: null, cancellationToken)), of);

    internal static Dictionary<SegmentId, SegmentRule> Rules(IReadOnlyList<ReachedSegment> reached) => reached.ToDictionary(s => s.At.Id, s => s.Rule);

    /// <summary><see cref="Permitted"/>, and no pause; whether there is room for one more text, <see cref="SendingRoom"/> asks.</summary>
    public static IQueryable<Subscriber> Reachable(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now) =>
        Permitted(db, SendingRoom.WithoutPause(people, purpose, now), purpose, now);

    /// <summary>
    /// <see cref="Agreed"/>, no stop that reaches this purpose, a number that works and no restriction: as far as sets can tell. An upper bound, because
    /// hours, caps and what a text says are judged for each text when it is due.
    /// </summary>
    public static IQueryable<Subscriber> Consenting(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now) => Open(db, Agreed(db, people, purpose, now), purpose);

    /// <summary>The same, and without consent where the class of the purpose asks for none in most countries: facts about an order go to whoever ordered.</summary>
    public static IQueryable<Subscriber> Permitted(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now) => ConsentNeeds.Of(purpose.MessageClass) switch
    {
        ConsentNeed.Always => Consenting(db, people, purpose, now),
        ConsentNeed.WhereTheLawAsks => Open(db, people, purpose),
        // What warns of danger passes stops, but data that may only be stored warns nobody.
        ConsentNeed.Never => people.Where(s => !s.IsRestricted),
    };

    /// <summary>No stop that reaches this purpose, a number that works and no restriction.</summary>
    private static IQueryable<Subscriber> Open(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose)
    {
        var (purposeId, sender, isMarketing) = (purpose.Id, purpose.Sender, purpose.MessageClass == MessageClass.Marketing);
        var stops = db.Suppressions.Where(x => x.LiftedAt == null
            && (x.Scope == SuppressionScope.All || (isMarketing && x.Scope == SuppressionScope.Marketing)
                || (x.Scope == SuppressionScope.Purpose && x.PurposeId == purposeId)
                || (x.Scope == SuppressionScope.Sender && x.Sender == sender)));
        return people.Where(s => !s.IsRestricted
            && s.NumberState != NumberState.Invalid && s.NumberState != NumberState.Reassigned
            && !stops.Any(x => x.PhoneHash == s.PhoneHash));
    }

    /// <summary>Those whose consent to a purpose stands. Asks narrow indexes only, however wide the rows of people are.</summary>
    public static IQueryable<Subscriber> Agreed(PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now)
    {
        var purposeId = purpose.Id;
        var granted = db.ConsentRecords
            .Where(r => r.PurposeId == purposeId && r.Status == ConsentStatus.Granted && (r.ExpiresAt == null || r.ExpiresAt > now))
            .Select(r => r.SubscriberId);
        return people.Where(s => granted.Contains(s.Id));
    }

    public static async Task<RuleNames> NamesAsync(PortalDbContext db, CancellationToken cancellationToken) => new(
        await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken),
        await db.AttributeDefinitions.AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Name, cancellationToken),
        await Lists(db).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken))
    {
        Segments = await db.Segments.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.ArchivedAt == null ? s.Name : $"{s.Name} (archived)", cancellationToken),
        Campaigns = await db.Campaigns.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken),
    };

    /// <summary>Segments in use, other than the named one itself, whose current rule names it as a list or as a segment.</summary>
    public static async Task<IReadOnlyList<SegmentName>> NamingAsync(PortalDbContext db, SegmentId named, CancellationToken cancellationToken)
    {
        var text = named.ToString();
        return await (
            from segment in db.Segments.AsNoTracking()
            where segment.ArchivedAt == null && segment.Id != named
            join version in db.SegmentVersions on new { segment.Id, Version = segment.CurrentVersion } equals new { Id = version.SegmentId, version.Version }
            where version.RuleJson.Contains(text)
            orderby segment.Name
            select new SegmentName(segment.Id, segment.Name, version.Version, version.Sentence)).ToListAsync(cancellationToken);
    }

    /// <summary>The static lists: segments with people of their own.</summary>
    public static IQueryable<Segment> Lists(PortalDbContext db) => db.Segments.AsNoTracking().Where(s => s.CurrentVersion > 0 && db.SegmentMembers.Any(m => m.SegmentId == s.Id));
}
