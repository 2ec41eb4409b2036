using System.Globalization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Benchmarks.Segments;

/// <param name="Sql">The quickest way to the same number that is known, on the same tables and indexes.</param>
internal sealed record ReferenceSegment(string Name, SegmentRule Rule, string Sql);

/// <summary>Twelve questions as marketers ask them: six on what people are, six on what they did.</summary>
internal static class ReferenceSegments
{
    private const string Everybody = """Subscribers AS s INDEXED BY IX_Subscribers_Rules""";
    private const string Alive = "s.ErasedAt IS NULL AND s.MergedIntoId IS NULL";
    private const string Gone = "SubscriberId IN (SELECT Id FROM Subscribers WHERE ErasedAt IS NOT NULL UNION ALL SELECT Id FROM Subscribers WHERE MergedIntoId IS NOT NULL)";
    private const string ByPerson = "SubscriberFacts AS f INDEXED BY IX_SubscriberFacts_Kind_SubscriberId_At_Amount";
    private const string ByTime = "SubscriberFacts AS f INDEXED BY IX_SubscriberFacts_Kind_At_SubscriberId_Amount";

    public static IReadOnlyList<ReferenceSegment> Of(DateTimeOffset now)
    {
        var purpose = new PurposeId(SegmentFill.Purpose);
        string Since(int days) => now.AddDays(-days).UtcTicks.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("number of the US", new AllOf([new NumberCountryIs(["US"])]), $"SELECT COUNT(*) FROM {Everybody} WHERE {Alive} AND s.Region = 'US'"),
            new("Spanish, weekly, from web form or store", new AllOf([new LanguageIs(["es"]), new FrequencyIs([FrequencyPreference.Weekly]), new SourceIs(["Web form", "Store"])]),
                $"SELECT COUNT(*) FROM {Everybody} WHERE {Alive} AND s.Language = 'es' AND s.Frequency = {(int)FrequencyPreference.Weekly} AND s.Source IN ('Web form', 'Store')"),
            new("tier bronze", new AllOf([new TextAttribute(1, TextTest.Is, "Bronze")]), "SELECT COUNT(*) FROM SubscriberAttributes WHERE AttributeId = 1 AND FoldedText = 'BRONZE'"),
            new("800 points or more", new AllOf([new NumberAttribute(2, AmountTest.AtLeast, 800)]), "SELECT COUNT(*) FROM SubscriberAttributes WHERE AttributeId = 2 AND Number >= 800"),
            new("agreed to offers", new AllOf([new ConsentIs(purpose, ConsentStatus.Granted)]), Less($"SELECT COUNT(*) FROM ConsentRecords WHERE PurposeId = X'{Convert.ToHexString(purpose.Value.ToByteArray(bigEndian: true))}' AND Status = 2 AND (ExpiresAt IS NULL OR ExpiresAt > {Since(0)})")),
            new("US and tier gold", new AllOf([new NumberCountryIs(["US"]), new TextAttribute(1, TextTest.Is, "gold")]),
                $"SELECT COUNT(*) FROM SubscriberAttributes AS a CROSS JOIN {Everybody} ON s.Id = a.SubscriberId WHERE a.AttributeId = 1 AND a.FoldedText = 'GOLD' AND {Alive} AND s.Region = 'US'"),
            new("bought in the last 90 days", new AllOf([new Purchased(1, 90)]), Less($"SELECT COUNT(DISTINCT SubscriberId) FROM {ByPerson} WHERE Kind = 1 AND At >= {Since(90)}")),
            new("bought twice for 50 or more in 90 days", new AllOf([new Purchased(2, 90, 50)]), Often($"SELECT SubscriberId FROM {ByPerson} WHERE Kind = 1 AND At >= {Since(90)} AND Amount >= 50.0", 2)),
            new("replied in the last 30 days", new AllOf([new Replied(1, RuleTime.Last(30))]), Less($"SELECT COUNT(DISTINCT SubscriberId) FROM {ByTime} WHERE Kind = 4 AND At >= {Since(30)}")),
            new("did not buy in the last 365 days", new AllOf([new Purchased(1, 365, Not: true)]),
                $"SELECT (SELECT COUNT(*) FROM {Everybody} WHERE {Alive}) - ({Less($"SELECT COUNT(DISTINCT SubscriberId) FROM {ByPerson} WHERE Kind = 1 AND At >= {Since(365)}")})"),
            new("US and bought in the last 90 days", new AllOf([new NumberCountryIs(["US"]), new Purchased(1, 90)]),
                $"SELECT COUNT(*) FROM (SELECT DISTINCT SubscriberId FROM {ByPerson} WHERE Kind = 1 AND At >= {Since(90)}) AS b CROSS JOIN {Everybody} ON s.Id = b.SubscriberId WHERE {Alive} AND s.Region = 'US'"),
            new("gold and did not reply in 180 days", new AllOf([new TextAttribute(1, TextTest.Is, "gold"), new Replied(1, RuleTime.Last(180), Not: true)]),
                $"SELECT COUNT(*) FROM SubscriberAttributes AS a WHERE AttributeId = 1 AND FoldedText = 'GOLD' AND NOT EXISTS (SELECT 1 FROM {ByPerson} WHERE f.Kind = 4 AND f.SubscriberId = a.SubscriberId AND f.At >= {Since(180)})"),
        ];
    }

    // Those of a set who are erased or merged are few: they are counted apart.
    private static string Less(string count) => $"SELECT ({count}) - ({count} AND {Gone})";

    private static string Often(string rows, int times) =>
        $"SELECT (SELECT COUNT(*) FROM ({rows} GROUP BY SubscriberId HAVING COUNT(*) >= {times})) - (SELECT COUNT(*) FROM ({rows} AND {Gone} GROUP BY SubscriberId HAVING COUNT(*) >= {times}))";
}
