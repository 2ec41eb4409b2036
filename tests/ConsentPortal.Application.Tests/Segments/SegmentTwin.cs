using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

/// <summary>Everybody in memory, judged one by one by the rules themselves, which know nothing of the queries: each can judge the other.</summary>
internal sealed class SegmentTwin(IReadOnlyList<(SubscriberId Id, SegmentPerson Person)> people)
{
    public static async Task<SegmentTwin> ReadAsync(PortalDbContext db, RuleMoment now)
    {
        var consents = (await db.ConsentRecords.AsNoTracking().ToListAsync()).ToLookup(r => r.SubscriberId);
        var facts = (await db.SubscriberFacts.AsNoTracking().ToListAsync()).ToLookup(f => f.SubscriberId);
        var attributes = (await db.SubscriberAttributes.AsNoTracking().ToListAsync()).ToLookup(a => a.SubscriberId);
        var lists = (await db.SegmentMembers.AsNoTracking().ToListAsync()).ToLookup(m => m.SubscriberId, m => m.SegmentId);
        var texts = (await SegmentPersonReader.Sent(db).ToListAsync()).ToLookup(m => m.SubscriberId);
        var wordings = await db.Wordings.AsNoTracking().ToDictionaryAsync(w => w.Id);
        var subscribers = await db.Subscribers.AsNoTracking().Where(s => s.ErasedAt == null && s.MergedIntoId == null).ToListAsync();
        return new SegmentTwin([.. subscribers.Select(s => (s.Id, SegmentPersonReader.Of(s, now, consents[s.Id], wordings, [.. facts[s.Id]], attributes[s.Id], lists[s.Id], texts[s.Id])))]);
    }

    public HashSet<SubscriberId> Of(SegmentRule rule) => [.. people.Where(p => rule.Holds(p.Person)).Select(p => p.Id)];

    public HashSet<SubscriberId> ExplainedAs(SegmentRule rule) =>
        [.. people.Where(p => RuleExplanation.Of(rule, p.Person, RuleNames.None).IsMet).Select(p => p.Id)];
}
