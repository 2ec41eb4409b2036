using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Database.SqlServer;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ConsentPortal.Application.Tests.Segments;

/// <summary>
/// The SQL of one rule with every condition, as it was read and approved. A changed query is approved by setting
/// CONSENTPORTAL_APPROVE=1 and reading the difference.
/// </summary>
public sealed class SegmentSqlTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly SegmentRule Everything = new AllOf(
    [
        new NumberCountryIs(["US", "CA"]), new LivesIn("US", "FL"), new LanguageIs(["en"]), new SourceIs(["Web form"]), new LineTypeIs([LineType.Mobile]),
        new AnyOf([new FrequencyIs([FrequencyPreference.Weekly]), new Added(true, 30), new LastTextOlderThan(3)]),
        new NoneOf([new ConsentIs(Offers, ConsentStatus.Withdrawn), new ConsentIs(Offers, ConsentStatus.Expired)]),
        new ConsentIs(Offers, ConsentStatus.Granted), new ConsentedUnder(Offers, "en", 3), new Purchased(1, 30), new Purchased(2, 90, 25), new TextAttribute(1, TextTest.Is, "gold"), new TextAttribute(1, TextTest.IsNot, "Été"),
        new NumberAttribute(2, AmountTest.AtLeast, 100.5), new DateAttribute(3, DayTest.Before, new DateOnly(2026, 1, 31)), new FlagAttribute(4, true), new OnList(new SegmentId(Guid.Parse("0193a000-0000-7000-8000-000000000002"))),
    ]);

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

    private static void Approved(string name, string text, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(source)!, "Golden", name);
        text = text.ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("CONSENTPORTAL_APPROVE") == "1")
            File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }
}
