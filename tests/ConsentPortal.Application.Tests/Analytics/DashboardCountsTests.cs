using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.SqlServer;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ConsentPortal.Application.Tests.Analytics;

public sealed class DashboardCountsTests : IAsyncLifetime
{
    private readonly List<SubscriberId> _people = [];
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            _people.Add(await _portal.AddPersonAsync($"+1212555{3000 + i}"));
            await _portal.ConsentAsync(_people[i]);
        }
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Standing_and_withdrawn_consents_are_counted_by_purpose_and_day_without_reading_people_or_events_whole()
    {
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, _people[0], new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);
        using var plans = new QueryPlans(_portal);

        var figures = await new Dashboard(_portal.Database, _portal.Clock).GetAsync(_portal.Staff, default);

        var offers = figures.Reach.Single(r => r.Id == _portal.Offers.Id);
        Assert.Equal((_portal.Offers.Name, 2, 0), (offers.Name, offers.Granted, offers.Pending));
        Assert.Equal((3, 1, 3), (figures.Granted.Total, figures.Withdrawn.Total, figures.Granted.Days[^1]));
        Assert.DoesNotContain(await plans.ReadWholeAsync(), read => read.Table is "ConsentRecords" or "ConsentEvents");
    }

    [Fact]
    public async Task Consents_count_on_the_day_on_which_they_were_given_and_those_of_the_month_before_together()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125553010"), at: _portal.Now.AddDays(-2));
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125553011"), at: _portal.Now.AddDays(-Dashboard.DayCount));
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125553012"), at: _portal.Now.AddDays(-2 * Dashboard.DayCount));

        var granted = (await new Dashboard(_portal.Database, _portal.Clock).GetAsync(_portal.Staff, default)).Granted;

        Assert.Equal((3, 0, 1, 1), (granted.Days[^1], granted.Days[^2], granted.Days[^3], granted.Before));
    }

    [Fact]
    public void The_count_by_day_for_SQL_Server_is_a_single_statement_of_sound_grammar()
    {
        using var db = new SqlServerPortalDbContext(DesignTime.Options<SqlServerPortalDbContext>(o => o.UseSqlServer("Server=none;Database=none")));
        var sql = db.MovesByDay(PeoplePortal.Noon).ToQueryString();

        // The values stand above it under names that are none.
        var statement = string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith("DECLARE", StringComparison.Ordinal)));
        var script = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(statement), out var errors);

        Assert.Empty(errors);
        Assert.Single(script.Batches.SelectMany(b => b.Statements).OfType<SelectStatement>());
    }

    [Fact]
    public async Task Counts_of_few_rows_are_those_of_the_moment()
    {
        var dashboard = new Dashboard(_portal.Database, _portal.Clock);
        await dashboard.GetAsync(_portal.Staff, default);
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125553010"));

        Assert.Equal(4, (await dashboard.GetAsync(_portal.Staff, default)).Granted.Total);
    }

    [Fact]
    public async Task Counts_of_many_rows_are_said_again_for_a_minute_with_their_time()
    {
        var dashboard = new Dashboard(_portal.Database, _portal.Clock) { RowsToKeep = 5 };
        await dashboard.GetAsync(_portal.Staff, default);
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125553010"));

        _portal.Clock.Advance(Dashboard.Kept - TimeSpan.FromSeconds(1));
        var again = await dashboard.GetAsync(_portal.Staff, default);
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var anew = await dashboard.GetAsync(_portal.Staff, default);

        Assert.Equal((3, PeoplePortal.Noon), (again.Granted.Total, again.At));
        Assert.Equal((4, _portal.Now), (anew.Granted.Total, anew.At));
    }
}
