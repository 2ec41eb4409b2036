using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Figures of reports beside a count that knows nothing of them, and files that are the same each time.</summary>
public sealed class ReportFiguresTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private ReportDesk _reports = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _reports = new ReportDesk(_portal);
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task The_register_adds_up_to_the_records_that_are_there()
    {
        var people = await _desk.PeopleAsync(4);
        await StopAsync(people[0]);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var tables = (await _reports.PreviewAsync("consent-register", new ReportFilter(Purpose: _portal.Offers.Id))).Blocks.OfType<ReportBlock.Table>().ToList();

        await using var db = _portal.Database.Open();
        var records = await db.ConsentRecords.AsNoTracking().Where(r => r.PurposeId == _portal.Offers.Id).ToListAsync();
        Assert.Equal([("Agreed", Count(records, ConsentStatus.Granted)), ("Withdrawn", Count(records, ConsentStatus.Withdrawn))], tables[0].Rows.Select(r => (r[0], r[1])));
        Assert.Equal(["Total", "4", "100.0 %"], tables[0].Totals);
        // Those who had agreed, by wording and by way, are the same people twice and not more.
        Assert.All(tables.Skip(1), table => Assert.Equal(Count(records, ConsentStatus.Granted), Assert.Single(table.Rows)[1]));
    }

    [Fact]
    public async Task The_record_of_processing_counts_those_whose_consent_stands()
    {
        var people = await _desk.PeopleAsync(3);
        await StopAsync(people[0]);

        var row = Assert.Single(await _reports.RowsAsync("processing-record", new ReportFilter()), r => r[0] == _portal.Offers.Name);

        await using var db = _portal.Database.Open();
        Assert.Equal(Count(await db.ConsentRecords.AsNoTracking().ToListAsync(), ConsentStatus.Granted), row[4]);
        Assert.Equal("2", row[4]);
    }

    [Fact]
    public async Task The_file_of_a_campaign_has_each_person_once_and_its_states_and_countries_add_up_to_them()
    {
        var people = await _desk.PeopleAsync(5);
        await StopAsync(people[4]);
        var campaign = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        await EndAsync(campaign);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        var texts = await _desk.TextsAsync(campaign);
        var filter = new ReportFilter(Campaign: campaign);

        var rows = await _reports.RowsAsync("campaign-file", filter);
        var tables = (await _reports.PreviewAsync("campaign-file", filter)).Blocks.OfType<ReportBlock.Table>().ToList();

        Assert.Equal(texts.Select(t => t.SubscriberId.ToString()).Order(StringComparer.Ordinal), rows.Select(r => r[0]).Order(StringComparer.Ordinal));
        var states = tables.Single(t => t.Columns[0].Heading == "State");
        Assert.Equal(texts.GroupBy(t => t.State).OrderBy(g => g.Key).Select(g => Number(g.Count())), states.Rows.Select(r => r[1]));
        var countries = tables.Single(t => t.Columns[0].Heading == "Country");
        Assert.Equal([Number(texts.Count), Number(texts.Count(t => t.SentAt is not null)), Number(texts.Count(t => t.State == MessageState.Delivered)), Number(texts.Count(t => t.State == MessageState.Skipped))], countries.Totals!.Skip(1));
    }

    [Fact]
    public async Task The_same_question_at_the_same_instant_is_the_same_bytes_in_each_form()
    {
        var person = (await _desk.PeopleAsync(2))[0];
        await _portal.SendAsync(person, _portal.Now.AddHours(-2));
        var campaign = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var report in _portal.Get<ReportGallery>().List(_portal.Staff))
        {
            var filter = new ReportFilter(Purpose: report.Has(ReportNeeds.Purpose) ? _portal.Offers.Id : null, Campaign: report.Has(ReportNeeds.Campaign) ? campaign : null, Person: report.Has(ReportNeeds.Person) ? person : null);
            foreach (var format in ReportFormatNames.Each)
            {
                var (one, other) = (await _reports.MakeAsync(report.Kind, filter, format), await _reports.MakeAsync(report.Kind, filter, format));
                Assert.True(one.AsSpan().SequenceEqual(other), $"{report.Kind} as {format} differs from itself.");
            }
        }
    }

    private async Task StopAsync(SubscriberId person)
    {
        var stop = new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Said so on the phone", _portal.Now);
        Assert.Null((await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, person, stop, default)).Failure);
    }

    private Task EndAsync(CampaignId campaign) => _portal.Database.WriteAsync(
        async db =>
        {
            var texts = await db.OutboundMessages.Where(m => m.CampaignId == campaign).OrderBy(m => m.Id).ToListAsync();
            (texts[0].State, texts[0].SentAt, texts[0].FinalAt) = (MessageState.Delivered, _portal.Now, _portal.Now.AddMinutes(1));
            (texts[1].State, texts[1].SentAt, texts[1].FinalAt) = (MessageState.Failed, _portal.Now, _portal.Now.AddMinutes(1));
            (texts[2].State, texts[2].Reason, texts[2].FinalAt) = (MessageState.Skipped, "NoConsent", _portal.Now);
        },
        default);

    private static string Count(IEnumerable<ConsentRecord> records, ConsentStatus status) => Number(records.Count(r => r.Status == status));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
