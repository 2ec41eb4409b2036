using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

/// <summary>The rules in plain C# over rows in memory, written apart from the queries so that each can judge the other.</summary>
internal sealed class SegmentTwin(
    IReadOnlyList<Subscriber> people, ILookup<SubscriberId, ConsentRecord> consents, ILookup<SubscriberId, SubscriberFact> facts,
    ILookup<SubscriberId, SubscriberAttribute> attributes, IReadOnlyDictionary<WordingId, Wording> wordings, DateTimeOffset now)
{
    public static async Task<SegmentTwin> ReadAsync(PortalDbContext db, DateTimeOffset now) => new(
        await db.Subscribers.AsNoTracking().ToListAsync(), (await db.ConsentRecords.AsNoTracking().ToListAsync()).ToLookup(r => r.SubscriberId),
        (await db.SubscriberFacts.AsNoTracking().ToListAsync()).ToLookup(f => f.SubscriberId),
        (await db.SubscriberAttributes.AsNoTracking().ToListAsync()).ToLookup(a => a.SubscriberId),
        await db.Wordings.AsNoTracking().ToDictionaryAsync(w => w.Id), now);

    public HashSet<SubscriberId> Of(SegmentRule rule) => [.. people.Where(p => p.ErasedAt is null && Meets(p, rule)).Select(p => p.Id)];

    private bool Meets(Subscriber p, SegmentRule rule) => rule switch
    {
        AllOf g => g.Rules.All(r => Meets(p, r)),
        AnyOf g => g.Rules.Any(r => Meets(p, r)),
        NoneOf g => !g.Rules.Any(r => Meets(p, r)),
        NumberCountryIs c => p.Region is { } region && c.Values.Contains(region),
        LivesIn c => p.DeclaredRegion == c.Country && (c.State is null || p.DeclaredState == c.State),
        LanguageIs c => p.Language is { } language && c.Values.Contains(language),
        SourceIs c => c.Values.Contains(p.Source),
        LineTypeIs c => c.Values.Contains(p.LineType),
        FrequencyIs c => c.Values.Contains(p.Frequency),
        Added c => c.IsWithin == (now - p.CreatedAt <= TimeSpan.FromDays(c.Days)),
        LastTextOlderThan c => p.LastTextAt is not { } at || now - at > TimeSpan.FromDays(c.Days),
        ConsentIs c => (consents[p.Id].SingleOrDefault(r => r.PurposeId == c.Purpose)?.State.StatusAt(now) ?? ConsentStatus.None) == c.Status,
        ConsentedUnder c => consents[p.Id].SingleOrDefault(r => r.PurposeId == c.Purpose)?.State is { WordingId: { } shown } state && state.StatusAt(now) == ConsentStatus.Granted
            && wordings[shown] is var w && w.PurposeId == c.Purpose && w.Language == c.Language && w.Version < c.Before,
        Purchased c => facts[p.Id].Count(f => f.Kind == FactKind.Purchase && now - f.At <= TimeSpan.FromDays(c.Days) && (c.MinAmount is not { } min || f.Amount >= min)) >= c.Times,
        AttributeCondition c => attributes[p.Id].SingleOrDefault(a => a.AttributeId == c.AttributeId) is { } value && Meets(value, c),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.GetType().Name),
    };

    private static bool Meets(SubscriberAttribute value, AttributeCondition rule) => rule switch
    {
        TextAttribute { Test: TextTest.IsKnown } => value.Text is not null,
        TextAttribute { Test: TextTest.Is } c => value.Text == c.Value,
        TextAttribute c => value.Text is { } text && text != c.Value,
        NumberAttribute { Test: AmountTest.Is } c => value.Number == c.Value,
        NumberAttribute { Test: AmountTest.AtLeast } c => value.Number >= c.Value,
        NumberAttribute c => value.Number <= c.Value,
        DateAttribute { Test: DayTest.On } c => value.Date is { } date && DateOnly.FromDateTime(date.UtcDateTime) == c.Value,
        DateAttribute { Test: DayTest.OnOrAfter } c => value.Date is { } date && DateOnly.FromDateTime(date.UtcDateTime) >= c.Value,
        DateAttribute c => value.Date is { } date && DateOnly.FromDateTime(date.UtcDateTime) < c.Value,
        FlagAttribute c => value.Number == (c.Value ? 1 : 0),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.GetType().Name),
    };
}
