using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Database.SqlServer;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ConsentPortal.Application.Tests.Segments;

/// <summary>
/// The SQL of one rule with every condition, as it was read and approved. A changed query is approved by setting
/// CONSENTPORTAL_APPROVE=1 and reading the difference.
/// </summary>
public sealed class SegmentSqlTests
{
    private static readonly RuleMoment Now = new(new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly SegmentRule Everything = new AllOf(
    [
        new NumberCountryIs(["US", "CA"]), new LivesIn("US", "FL"), new LanguageIs(["en"]), new SourceIs(["Web form"]), new LineTypeIs([LineType.Mobile]),
        new AnyOf([new FrequencyIs([FrequencyPreference.Weekly]), new Added(true, 30), new LastTextOlderThan(3)]),
        new NoneOf([new ConsentIs(Offers, ConsentStatus.Withdrawn), new ConsentIs(Offers, ConsentStatus.Expired)]),
        new ConsentIs(Offers, ConsentStatus.Granted), new ConsentedUnder(Offers, "en", 3), new Purchased(1, 30), new Purchased(2, 90, 25), new TextAttribute(1, TextTest.Is, "gold"), new TextAttribute(1, TextTest.IsNot, "Été"),
        new NumberAttribute(2, AmountTest.AtLeast, 100.5), new DateAttribute(3, DayTest.Before, new DateOnly(2026, 1, 31)), new DateAttributeFromToday(3, TodayTest.WithinNext, 7), new DateAttributeFromToday(3, TodayTest.LongerAgo, 90),
        new ListAttribute(5, ListTest.NamesAny, ["red", "Été"]), new ListAttribute(5, ListTest.NamesNone, ["green", "grey"]), new ZoneIs(["America/New_York", "Europe/Paris"]), new FlagAttribute(4, true), new OnList(new SegmentId(Guid.Parse("0193a000-0000-7000-8000-000000000002"))),
        new WasSent(RuleTime.Last(30)), new WasSent(new RuleTime(From: new DateOnly(2026, 1, 1), Until: new DateOnly(2026, 1, 31)), new CampaignId(Guid.Parse("0193a000-0000-7000-8000-000000000003")), Not: true),
        new Clicked(RuleTime.Last(30)), new Clicked(RuleTime.Ever, new CampaignId(Guid.Parse("0193a000-0000-7000-8000-000000000003")), Not: true),
        new Replied(1, RuleTime.Ever), new Replied(2, RuleTime.Last(90), Not: true), new LastEngaged(RuleTime.Last(90)), new LastEngaged(new RuleTime(From: new DateOnly(2026, 1, 1)), Not: true),
        new Purchased(1, null, null, RuleTime.Ever, Not: true), new ConsentAge(Offers, true, 30), new ConsentAge(Offers, false, 365),
        new InSegment(default) { Rule = new NoneOf([new LanguageIs(["fr"])]) }, new InBucket("spring", 0, 10), new InBucket("spring", 10, 20),
        new Added(true, null, new RuleTime(From: new DateOnly(2026, 1, 1))), new Added(false, null, new RuleTime(From: new DateOnly(2026, 1, 1), Until: new DateOnly(2026, 1, 31))),
        new ConsentAge(Offers, true, null, new RuleTime(Until: new DateOnly(2026, 1, 31))), new ConsentAge(Offers, false, null, new RuleTime(From: new DateOnly(2026, 1, 1))),
        new AttributeKnown(3), new AttributeKnown(4, Not: true),
    ]);

    private static readonly (string Name, SegmentRule Rule)[] Sizes =
    [
        ("of people", new AllOf([new NumberCountryIs(["US"]), new Purchased(1, 90)])), ("of a set", new ConsentIs(Offers, ConsentStatus.Granted)),
        ("of a set of the living", new TextAttribute(1, TextTest.Is, "gold")), ("outside a set", new NoneOf([new Purchased(2, 365)])),
    ];

    [Fact]
    public void The_query_for_SQLite_is_the_approved_one()
    {
        using var db = new SqlitePortalDbContext(DesignTime.Options<SqlitePortalDbContext>(o => o.UseSqlite("Data Source=:memory:")));

        Approved("segment.sqlite.sql", SegmentTranslator.People(db, Everything, Now).Select(s => s.Id).ToQueryString());
    }

    [Fact]
    public void The_query_for_SQL_Server_is_the_approved_one_and_a_single_statement_of_sound_grammar()
    {
        using var db = new SqlServerPortalDbContext(DesignTime.Options<SqlServerPortalDbContext>(o => o.UseSqlServer("Server=none;Database=none")));
        var sql = SegmentTranslator.People(db, Everything, Now).Select(s => s.Id).ToQueryString();

        var script = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);

        Assert.Empty(errors);
        Assert.Single(script.Batches.SelectMany(b => b.Statements).OfType<SelectStatement>());
        Approved("segment.sqlserver.sql", sql);
    }

    [Fact]
    public void The_counts_are_the_approved_ones_and_single_statements()
    {
        using var sqlite = new SqlitePortalDbContext(DesignTime.Options<SqlitePortalDbContext>(o => o.UseSqlite("Data Source=:memory:")));
        using var sqlServer = new SqlServerPortalDbContext(DesignTime.Options<SqlServerPortalDbContext>(o => o.UseSqlServer("Server=none;Database=none")));
        foreach (var (_, rule) in Sizes)
        {
            var script = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(SegmentTranslator.Size(sqlServer, rule, Now).ToQueryString()), out var errors);
            Assert.Empty(errors);
            Assert.Single(script.Batches.SelectMany(b => b.Statements).OfType<SelectStatement>());
        }

        Approved("size.sqlite.sql", string.Join("\n\n", Sizes.Select(s => $"-- {s.Name}\n{SegmentTranslator.Size(sqlite, s.Rule, Now).ToQueryString()}")));
        Approved("size.sqlserver.sql", string.Join("\n\n", Sizes.Select(s => $"-- {s.Name}\n{SegmentTranslator.Size(sqlServer, s.Rule, Now).ToQueryString()}")));
    }

    [Fact]
    public void Who_has_room_for_a_text_is_asked_by_the_approved_queries_in_single_statements()
    {
        var purpose = new Purpose
        {
            Id = Offers, Name = "Offers", Brand = "Aurora", MessageClass = MessageClass.Marketing, Basis = LegalBasis.Consent, Sender = "+12025550111", SenderCanReceive = true, NeedsDoubleOptIn = false,
            PromisedPerMonth = 4, CreatedAt = Now.Instant,
        };
        var policy = new PolicyVersion { Preset = PolicyPreset.Statute, Caps = [new HouseCap(5, TimeSpan.FromDays(7))] };
        var words = new Dictionary<WordingId, FrequencyPromise> { [new WordingId(Guid.Parse("0193a000-0000-7000-8000-000000000004"))] = new(2, PromiseUnit.Week) };
        string Sql(PortalDbContext db) => SendingRoom.Of(db, SegmentAudience.Consenting(db, SegmentTranslator.People(db, new NumberCountryIs(["US"]), Now), purpose, Now.Instant), purpose, policy, words, Now.Instant)
            .Select(s => s.Id).ToQueryString();
        using var sqlite = new SqlitePortalDbContext(DesignTime.Options<SqlitePortalDbContext>(o => o.UseSqlite("Data Source=:memory:")));
        using var sqlServer = new SqlServerPortalDbContext(DesignTime.Options<SqlServerPortalDbContext>(o => o.UseSqlServer("Server=none;Database=none")));

        var script = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(Sql(sqlServer)), out var errors);

        Assert.Empty(errors);
        Assert.Single(script.Batches.SelectMany(b => b.Statements).OfType<SelectStatement>());
        Approved("reachable.sqlite.sql", Sql(sqlite));
        Approved("reachable.sqlserver.sql", Sql(sqlServer));
    }

    [Fact]
    public void What_rules_compare_is_compared_letter_by_letter_on_SQL_Server_too()
    {
        using var db = new SqlServerPortalDbContext(DesignTime.Options<SqlServerPortalDbContext>(o => o.UseSqlServer("Server=none;Database=none")));
        var model = db.GetService<IDesignTimeModel>().Model;

        Assert.All(
            [
                (typeof(Subscriber), "Region"), (typeof(Subscriber), "DeclaredRegion"), (typeof(Subscriber), "DeclaredState"), (typeof(Subscriber), "DeclaredZone"), (typeof(Subscriber), "Language"),
                (typeof(Subscriber), "Source"), (typeof(Wording), "Language"), (typeof(SubscriberAttribute), "FoldedText"),
            ],
            ((Type Row, string Column) asked) => Assert.Equal("Latin1_General_100_BIN2", model.FindEntityType(asked.Row)!.FindProperty(asked.Column)!.GetCollation()));
    }

    private static void Approved(string name, string text, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(source)!, "Golden", name);
        text = text.ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("CONSENTPORTAL_APPROVE") == "1")
            File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }
}
