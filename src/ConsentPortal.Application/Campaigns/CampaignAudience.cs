using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Whom a campaign means, and who of them gets nothing before any rule is asked: people of an excluded segment, the
/// held-out share, and all above the number that it may reach at most. In that order, so that everybody falls away once.
/// </summary>
internal sealed class CampaignAudience
{
    private readonly Campaign _campaign;
    private readonly Purpose _purpose;
    private readonly SegmentRule _included;
    private readonly IReadOnlyList<SegmentRule> _excluded;
    private readonly TimeZoneInfo _zone;

    private CampaignAudience(Campaign campaign, Purpose purpose, SegmentRule included, IReadOnlyList<SegmentRule> excluded, TimeZoneInfo zone) =>
        (_campaign, _purpose, _included, _excluded, _zone) = (campaign, purpose, included, excluded, zone);

    /// <summary>By the rules that were approved, where it was: an edit of a segment that they name does not change whom planning takes from one batch to the next.</summary>
    public static async Task<CampaignAudience> ReadAsync(PortalDbContext db, Campaign campaign, Purpose purpose, CancellationToken cancellationToken)
    {
        var excluded = new List<SegmentRule>(campaign.Exclusions.Count);
        foreach (var segment in campaign.Exclusions)
            excluded.Add((await SegmentAudience.RuleAsync(db, segment.SegmentId, segment.Version, campaign.ApprovedAt, cancellationToken))!);
        var included = (await SegmentAudience.RuleAsync(db, campaign.SegmentId, campaign.SegmentVersion, campaign.ApprovedAt, cancellationToken))!;
        return new CampaignAudience(campaign, purpose, included, excluded, await RuleMoments.ZoneAsync(db, cancellationToken));
    }

    /// <summary>
    /// Everybody in the segment by their ids, left out or not; of a campaign that asks people to come back, only those who have been silent for as long as it says, and
    /// who have agreed for as long.
    /// </summary>
    /// <param name="after">Who came last so far.</param>
    public IQueryable<Subscriber> People(PortalDbContext db, SubscriberId after, DateTimeOffset at) =>
        Silent(db, SegmentTranslator.PeopleInOrder(db, _included, Moment(at)).Where(s => s.Id > after), at);

    /// <param name="people">Neighbours in the order of the database.</param>
    /// <param name="line">The highest lot that gets it; null for no limit.</param>
    public async Task<IReadOnlyDictionary<SubscriberId, SendReason>> LeftOutAsync(
        PortalDbContext db, IReadOnlyList<SubscriberId> people, long? line, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var left = new Dictionary<SubscriberId, SendReason>();
        if (people.Count == 0)
            return left;
        var (first, last) = (people[0], people[^1]);
        foreach (var rule in _excluded)
            foreach (var id in await SegmentTranslator.PeopleInOrder(db, rule, Moment(at)).Where(s => s.Id >= first && s.Id <= last).Select(s => s.Id).ToListAsync(cancellationToken))
                left[id] = SendReason.ExcludedSegment;
        foreach (var id in people)
            if (!left.ContainsKey(id) && DrawnOut(id, line) is { } reason)
                left[id] = reason;
        return left;
    }

    /// <summary>Who of neighbours takes one of the places that a limited campaign has: those to whom something could be sent as far as sets can tell.</summary>
    /// <param name="people">In the order of the database.</param>
    public async Task<IReadOnlySet<SubscriberId>> TakersAsync(PortalDbContext db, IReadOnlyList<SubscriberId> people, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (first, last) = (people[0], people[^1]);
        return await Takers(db, SegmentTranslator.PeopleInOrder(db, _included, Moment(at)).Where(s => s.Id >= first && s.Id <= last), at).Select(s => s.Id).ToHashSetAsync(cancellationToken);
    }

    /// <summary>
    /// The lot up to which people get it, so that no more do than may; drawn among those who can be texted, so that as many do. What it keeps in mind is
    /// as large as that number, not as the audience.
    /// </summary>
    /// <returns>Null where there is no limit.</returns>
    public async Task<long?> LineAsync(PortalDbContext db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (_campaign.AtMost is not { } most)
            return null;
        var lowest = new PriorityQueue<long, long>();
        await foreach (var id in Takers(db, Remaining(db, at), at).Select(s => s.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (_campaign.IsHeldOut(id))
                continue;
            var lot = _campaign.LotOf(id);
            if (lowest.Count < most)
                lowest.Enqueue(lot, -lot);
            else
                lowest.EnqueueDequeue(lot, -lot);
        }

        return lowest.Count < most ? long.MaxValue : lowest.Peek();
    }

    public async Task<AudienceFigures> CountAsync(PortalDbContext db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var people = await SegmentTranslator.Size(db, _included, Moment(at)).SingleOrDefaultAsync(cancellationToken);
        var asked = Silent(db, SegmentTranslator.People(db, _included, Moment(at)), at);
        var askedCount = _campaign.Reengages is null ? people : await asked.CountAsync(cancellationToken);
        var reachable = await Reachable(db, asked, at).CountAsync(cancellationToken);
        var rest = _excluded.Count == 0 ? reachable : await Reachable(db, Remaining(db, at), at).CountAsync(cancellationToken);
        return new AudienceFigures(people, askedCount, reachable, reachable - rest, at);
    }

    private IQueryable<Subscriber> Silent(PortalDbContext db, IQueryable<Subscriber> people, DateTimeOffset at)
    {
        if (_campaign.Reengages is not { } asks)
            return people;
        var (purpose, since) = (_campaign.PurposeId, at - TimeSpan.FromDays(asks.IdleDays));
        return people.Where(s => (s.LastEngagedAt == null || s.LastEngagedAt < since)
            && db.ConsentRecords.Any(r => r.SubscriberId == s.Id && r.PurposeId == purpose && r.Status == ConsentStatus.Granted && r.GrantedAt < since && (r.ExpiresAt == null || r.ExpiresAt > at)));
    }

    // Whoever has paused is texted when the pause ends.
    private IQueryable<Subscriber> Takers(PortalDbContext db, IQueryable<Subscriber> people, DateTimeOffset at) => SegmentAudience.Permitted(db, people, _purpose, at);

    private IQueryable<Subscriber> Reachable(PortalDbContext db, IQueryable<Subscriber> people, DateTimeOffset at) => SegmentAudience.Reachable(db, people, _purpose, at);

    private IQueryable<Subscriber> Remaining(PortalDbContext db, DateTimeOffset at)
    {
        var people = Silent(db, SegmentTranslator.People(db, _included, Moment(at)), at);
        foreach (var rule in _excluded)
        {
            var excluded = SegmentTranslator.People(db, rule, Moment(at)).Select(s => s.Id);
            people = people.Where(s => !excluded.Contains(s.Id));
        }

        return people;
    }

    private RuleMoment Moment(DateTimeOffset at) => new(at, _zone);

    private SendReason? DrawnOut(SubscriberId person, long? line) =>
        _campaign.IsHeldOut(person) ? SendReason.Holdout : line is { } highest && _campaign.LotOf(person) > highest ? SendReason.AudienceCap : null;
}
