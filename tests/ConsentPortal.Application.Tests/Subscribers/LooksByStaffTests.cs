using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.SqlServer;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class LooksByStaffTests
{
    [Fact]
    public async Task A_day_with_far_more_reveals_than_usual_is_flagged_for_the_one_who_had_it()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        var quiet = await portal.AddStaffAsync("Quiet Quinn", [Permissions.RevealNumbers]);
        var reveal = portal.Get<RevealNumber>();
        await RevealAsync(portal.Staff, 2);
        await RevealAsync(quiet, 2);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await RevealAsync(portal.Staff, 10);
        await RevealAsync(quiet, 6);

        var looks = await portal.Get<LooksByStaff>().ListAsync(portal.Staff, 30, default);

        Assert.Equal(["Carla Mendes", "Quiet Quinn"], looks.Select(l => l.Who));
        var day = Assert.Single(looks[0].Unusual);
        Assert.Equal((new DateOnly(2026, 11, 25), true, 10, 2), (day.Day, day.IsReveal, day.Count, day.Median));
        Assert.Equal((12, 0), (looks[0].Reveals, looks[0].Pages));
        Assert.Empty(looks[1].Unusual);

        async Task RevealAsync(Actor actor, int times)
        {
            for (var i = 0; i < times; i++)
                Assert.Null((await reveal.ExecuteAsync(actor, person, "Called back", default)).Failure);
        }
    }

    [Fact]
    public async Task Opened_audit_values_count_and_stand_in_the_list_of_the_person()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await using var db = portal.Database.Open();
        var added = db.AuditEntries.Where(e => e.Action == "subscriber.added").Select(e => e.Id).Single();
        await portal.Get<RevealAuditValues>().ExecuteAsync(portal.Staff, added, "Case 4711", default);

        var entry = Assert.Single((await portal.Get<WhoLookedAtMe>().PageAsync(portal.Staff, person, null, default)).Entries);

        Assert.Equal((LookKind.AuditValues, true, "Case 4711"), (entry.Kind, entry.IsReveal, entry.Reason));
        Assert.Equal(1, Assert.Single(await portal.Get<LooksByStaff>().ListAsync(portal.Staff, 30, default)).Reveals);
    }

    [Fact]
    public async Task Days_before_those_that_are_asked_for_only_tell_what_is_usual()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        for (var i = 0; i < 12; i++)
            await portal.Get<RevealNumber>().ExecuteAsync(portal.Staff, person, "Called back", default);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await portal.Get<LooksByStaff>().ListAsync(portal.Staff, 1, default));
        Assert.Equal(12, Assert.Single(await portal.Get<LooksByStaff>().ListAsync(portal.Staff, 2, default)).Reveals);
    }

    [Fact]
    public async Task Looks_are_counted_by_the_database_from_an_index_and_never_handed_over_one_by_one()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        for (var i = 0; i < 3; i++)
            await portal.Get<RevealNumber>().ExecuteAsync(portal.Staff, person, "Called back", default);
        using var plans = new QueryPlans(portal);

        var looks = Assert.Single(await portal.Get<LooksByStaff>().ListAsync(portal.Staff, 30, default));

        Assert.Equal((3, portal.Now), (looks.Reveals, looks.LastAt));
        Assert.DoesNotContain(await plans.ReadWholeAsync(), read => read.Table == "AuditEntries");
        await using var db = portal.Database.Open();
        var day = Assert.Single(await db.LooksByDay(RevealNumber.Revealed, "subscriber", portal.Now.AddDays(-1), portal.Now.AddTicks(1)).ToListAsync());
        Assert.Equal((3, DateOnly.FromDateTime(portal.Now.UtcDateTime).DayNumber), (day.Count, (int)day.Day));
    }

    [Fact]
    public void The_count_for_SQL_Server_is_a_single_statement_of_sound_grammar()
    {
        using var db = new SqlServerPortalDbContext(DesignTime.Options<SqlServerPortalDbContext>(o => o.UseSqlServer("Server=none;Database=none")));
        var sql = db.LooksByDay("number.revealed", "subscriber", PeoplePortal.Noon.AddDays(-1), PeoplePortal.Noon).ToQueryString();

        // The values stand above it under names that are none.
        var statement = string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith("DECLARE", StringComparison.Ordinal)));
        var script = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(statement), out var errors);

        Assert.Empty(errors);
        Assert.Single(script.Batches.SelectMany(b => b.Statements).OfType<SelectStatement>());
    }
}
