using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Totals stand where each thing is in one row, and are what is counted without the report.</summary>
public sealed class ReportTotalsTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private ReportDesk _reports = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _reports = new ReportDesk(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Opt_ins_add_up_to_the_consents_that_were_given_in_all_three_files()
    {
        var news = await _portal.AddPurposeAsync("News");
        var wording = await _portal.AddWordingAsync(news);
        var (one, other) = (await _portal.AddPersonAsync(), await _portal.AddPersonAsync("+12125552369"));
        await _portal.ConsentAsync(one);
        await _portal.ConsentAsync(other);
        await _portal.ConsentAsync(other, news, wording);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await using var db = _portal.Database.Open();
        var given = (await db.ConsentEvents.AsNoTracking().ToListAsync()).Count(e => e.Kind == ConsentEventKind.Granted);

        var rows = await _reports.RowsAsync("opt-in-sources", new ReportFilter());
        var json = await _reports.JsonAsync("opt-in-sources", new ReportFilter());

        Assert.Equal((3, 2), (given, rows.Count));
        Assert.Equal(given, rows.Sum(r => int.Parse(r[3], CultureInfo.InvariantCulture)));
        Assert.Equal(["# Total", "", "", "3", "0", "0", "0", "0"], await _reports.TotalsAsync("opt-in-sources", new ReportFilter()));
        Assert.Equal(["Total", null, null, "3", "0", "0", "0", "0"], json.GetProperty("totals").EnumerateArray().Select(c => c.ValueKind == System.Text.Json.JsonValueKind.Null ? null : c.ToString()));
        Assert.Equal(2, json.GetProperty("rows").GetArrayLength());
        Assert.Contains("Total 3 0 0 0 0", PdfText.Of(await _reports.MakeAsync("opt-in-sources", new ReportFilter(), ReportFormats.Pdf)), StringComparison.Ordinal);
        Assert.NotNull((await _reports.PreviewAsync("opt-in-sources", new ReportFilter())).Sample.Totals);
    }

    [Fact]
    public async Task The_month_of_an_opt_in_is_that_of_the_clock_by_which_days_begin()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person, at: new DateTimeOffset(2026, 10, 31, 23, 30, 0, TimeSpan.Zero));
        var november = new ReportFilter(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), Zone: "Europe/Berlin");

        Assert.Equal("2026-11", Assert.Single(await _reports.RowsAsync("opt-in-sources", november))[1]);
        Assert.Empty(await _reports.RowsAsync("opt-in-sources", november with { Zone = "UTC" }));
    }

    [Fact]
    public async Task Json_has_totals_of_a_table_beside_its_rows_and_not_among_them()
    {
        var person = await _portal.AddPersonAsync();
        foreach (var kind in new[] { PrivacyRequestKind.Access, PrivacyRequestKind.Portability })
            await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(person, kind, PrivacyRegime.Gdpr, "Phone", _portal.Now.AddHours(-1), null), default);

        var table = (await _reports.JsonAsync("request-register", new ReportFilter())).GetProperty("figures").EnumerateArray().Single(f => f.TryGetProperty("table", out _));

        Assert.Equal(["1", "1"], table.GetProperty("table").EnumerateArray().Select(row => row[2].GetString()!));
        Assert.Equal(["Total", "", "2", "0", "2", "0", "0"], table.GetProperty("totals").EnumerateArray().Select(c => c.GetString()!));
    }

    [Fact]
    public async Task A_request_for_a_number_without_a_record_counts_in_the_register_and_is_named_as_such()
    {
        await _portal.Get<OpenUnrecordedRequest>().ExecuteAsync(
            _portal.Staff, new NewUnrecordedRequest(new PhoneNumber("+12125550199", "US"), PrivacyRequestKind.Access, PrivacyRegime.Gdpr, "Phone", _portal.Now.AddHours(-1)), default);

        var blocks = (await _reports.PreviewAsync("request-register", new ReportFilter())).Blocks;
        var row = Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter()));

        Assert.Equal(["1", "0", "1", "0", "0"], blocks.OfType<ReportBlock.Table>().Single().Rows[0].Skip(2));
        Assert.Equal("1 for numbers without a record", blocks.OfType<ReportBlock.KeyFigures>().Single().Figures[0].Detail);
        Assert.Equal(("Received", "no"), (row[7], row[^1]));
    }

    [Fact]
    public async Task The_register_of_some_days_has_what_waited_in_them_and_nothing_that_had_ended_before_or_came_later()
    {
        var person = await _portal.AddPersonAsync();
        var day = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);
        // Received in the days, waiting since before, answered in them, answered before, and received after them.
        await AddAsync(PrivacyRequestKind.Access, day.AddDays(3), null);
        await AddAsync(PrivacyRequestKind.Erasure, day.AddDays(-40), null);
        await AddAsync(PrivacyRequestKind.Portability, day.AddDays(-20), day.AddDays(2));
        await AddAsync(PrivacyRequestKind.Rectification, day.AddDays(-20), day.AddDays(-2));
        await AddAsync(PrivacyRequestKind.Restriction, day.AddDays(20), null);
        var days = new ReportFilter(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 10));

        var blocks = (await _reports.PreviewAsync("request-register", days)).Blocks;

        Assert.Equal(["Access", "Erasure", "Portability"], (await _reports.RowsAsync("request-register", days)).Select(row => row[1]).Order());
        Assert.Equal("2 received before these days", blocks.OfType<ReportBlock.KeyFigures>().Single().Figures[0].Detail);
        Assert.Equal(ReportTone.Bad, blocks.OfType<ReportBlock.Verdict>().Single().Tone);

        async Task AddAsync(PrivacyRequestKind kind, DateTimeOffset receivedAt, DateTimeOffset? endedAt)
        {
            var id = (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(person, kind, PrivacyRegime.Gdpr, "Phone", receivedAt, null), default)).Value;
            if (endedAt is not null)
            {
                await _portal.Database.WriteAsync(
                    db => db.PrivacyRequests.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, PrivacyRequestStatus.Completed).SetProperty(x => x.CompletedAt, endedAt)), default);
            }
        }
    }

    [Fact]
    public async Task A_request_that_was_cancelled_counts_as_ended_and_not_as_answered()
    {
        var person = await _portal.AddPersonAsync();
        var id = (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(person, PrivacyRequestKind.Access, PrivacyRegime.Gdpr, "Phone", _portal.Now.AddHours(-1), null), default)).Value;
        await _portal.Database.WriteAsync(
            db => db.PrivacyRequests.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, PrivacyRequestStatus.Cancelled).SetProperty(x => x.CompletedAt, _portal.Now)), default);

        var blocks = (await _reports.PreviewAsync("request-register", new ReportFilter())).Blocks;
        var row = Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter()));

        Assert.Equal(["1", "0", "0", "1", "0"], blocks.OfType<ReportBlock.Table>().Single().Rows[0].Skip(2));
        Assert.Equal(("Cancelled", "", ""), (row[7], row[9], row[11]));
    }

    [Fact]
    public async Task However_many_sources_there_are_their_people_add_up_to_everybody()
    {
        for (var i = 0; i < 25; i++)
        {
            var (person, source) = (await _portal.AddPersonAsync($"+1212555{4000 + i}"), $"List {i:00}");
            await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.Source, source)), default);
        }

        var table = (await _reports.PreviewAsync("data-quality", new ReportFilter())).Blocks.OfType<ReportBlock.Table>().Single();

        Assert.Equal((20, "6 others", "6"), (table.Rows.Count, table.Rows[^1][0], table.Rows[^1][1]));
        Assert.Equal(["Total", "25", "0", "0.0 %"], table.Totals);
        Assert.Equal(25, table.Rows.Sum(r => int.Parse(r[1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Each_person_who_was_texted_is_in_one_band_and_once_in_the_total()
    {
        var (one, two) = (await _portal.AddPersonAsync(), await _portal.AddPersonAsync("+12125552369"));
        foreach (var (person, hours) in new[] { (one, 1), (two, 1), (two, 2) })
            await _portal.SendAsync(person, _portal.Now.AddHours(-hours));
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == two).ExecuteUpdateAsync(s => s.SetProperty(x => x.Frequency, Domain.Preferences.FrequencyPreference.Weekly)), default);

        var tables = (await _reports.PreviewAsync("frequency", new ReportFilter())).Blocks.OfType<ReportBlock.Table>().ToList();

        Assert.Equal(["2", "2"], tables.Select(t => t.Totals![1]));
        Assert.Equal(["Every", "Weekly"], tables[1].Rows.Select(r => r[0]));
    }

    [Fact]
    public async Task Looks_of_all_who_looked_add_up()
    {
        var person = await _portal.AddPersonAsync();
        var other = await _portal.AddStaffAsync("Otto Brandt", [.. PermissionCatalogue.All.Select(p => p.Permission)]);
        foreach (var actor in new[] { _portal.Staff, other, other })
            await _portal.Get<RevealNumber>().ExecuteAsync(actor, person, "Called back", default);
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var db = _portal.Database.Open();
        var reveals = await db.AuditEntries.CountAsync(e => e.Action == RevealNumber.Revealed);

        var table = (await _reports.PreviewAsync("access-and-reveal", new ReportFilter())).Blocks.OfType<ReportBlock.Table>().First();

        Assert.Equal((3, ReportWords.Count(3)), (reveals, table.Totals![1]));
        Assert.Equal(["2", "1"], table.Rows.Select(r => r[1]).OrderDescending(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2026-11-25", null, "have not begun")]
    [InlineData("2010-01-01", null, "more than ten years")]
    [InlineData("0001-01-01", null, "before 1990")]
    [InlineData(null, "9999-12-31", "after 2199")]
    [InlineData(null, "0001-01-01", "before 1990")]
    public async Task Days_that_no_report_can_tell_of_are_refused_with_a_sentence(string? from, string? to, string words)
    {
        var filter = new ReportFilter(from is null ? null : DateOnly.Parse(from, CultureInfo.InvariantCulture), to is null ? null : DateOnly.Parse(to, CultureInfo.InvariantCulture), Zone: "Europe/Berlin");

        var failure = (await _portal.Get<MakeReport>().PreviewAsync(_portal.Staff, new ReportWish("frequency", filter), default)).Failure;

        Assert.Contains(words, Assert.IsType<ReportFilterRefused>(failure).Message, StringComparison.Ordinal);
    }
}
