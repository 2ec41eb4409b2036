using System.Globalization;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class ReportGalleryTests : IAsyncLifetime
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
    public async Task Every_report_is_a_sound_pdf_a_spreadsheet_and_json_and_each_file_is_in_the_trail_with_its_hash()
    {
        var (person, campaign) = await BusyAsync();
        await _portal.SealAsync();
        foreach (var report in _portal.Get<ReportGallery>().List(_portal.Staff))
        {
            var filter = new ReportFilter(Purpose: report.Has(ReportNeeds.Purpose) ? _portal.Offers.Id : null, Campaign: report.Has(ReportNeeds.Campaign) ? campaign : null, Person: report.Has(ReportNeeds.Person) ? person : null);
            var pdf = await _reports.MakeAsync(report.Kind, filter, ReportFormats.Pdf);
            var csv = Encoding.UTF8.GetString(await _reports.MakeAsync(report.Kind, filter, ReportFormats.Csv));
            using var json = JsonDocument.Parse(await _reports.MakeAsync(report.Kind, filter, ReportFormats.Json));

            Assert.Contains(report.Name, PdfText.Of(pdf), StringComparison.Ordinal);
            Assert.Contains("Policy versions: 1", PdfText.Of(pdf), StringComparison.Ordinal);
            if (await PdfTools.RunAsync("qpdf", pdf, "--check", "FILE") is { } check)
                Assert.True(check.Exit == 0, $"{report.Kind}: {check.Output}");
            Assert.Contains("# Policy versions: 1", csv, StringComparison.Ordinal);
            Assert.Contains("# Audit log: ", csv, StringComparison.Ordinal);
            Assert.Equal("1", json.RootElement.GetProperty("report").GetProperty("policyVersions").GetString());
            Assert.Equal(json.RootElement.GetProperty("rowCount").GetInt32(), json.RootElement.GetProperty("rows").GetArrayLength());
            Assert.NotEmpty(json.RootElement.GetProperty("figures").EnumerateArray());
        }

        Assert.Equal(3 * 13, (await _portal.AuditAsync("report.made")).Count);
    }

    [Fact]
    public async Task Each_showing_on_screen_is_in_the_trail_with_its_filter_and_a_refused_one_is_not()
    {
        await BusyAsync();
        var filter = new ReportFilter(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 24));
        await _reports.PreviewAsync("opt-in-sources", filter);
        await _reports.PreviewAsync("opt-in-sources", filter with { From = new DateOnly(2026, 11, 2) });
        await _reports.MakeAsync("opt-in-sources", filter, ReportFormats.Csv);
        Assert.NotNull((await _portal.Get<MakeReport>().PreviewAsync(_portal.Staff, new ReportWish("consent-register", new ReportFilter()), default)).Failure);

        var shown = await _portal.AuditAsync(MakeReport.Viewed);

        Assert.Equal(
            ["All purposes, 1 Nov 2026 to 24 Nov 2026 (UTC)", "All purposes, 2 Nov 2026 to 24 Nov 2026 (UTC)"], shown.Select(e => e.GetProperty("after").GetProperty("filter").GetString()));
        Assert.All(shown, e => Assert.Equal("opt-in-sources", e.GetProperty("object").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task No_report_but_the_certificate_about_one_person_holds_a_number_or_a_name()
    {
        var (_, campaign) = await BusyAsync();
        foreach (var report in _portal.Get<ReportGallery>().List(_portal.Staff).Where(r => r.IsKeepable))
        {
            var filter = new ReportFilter(Purpose: report.Has(ReportNeeds.Purpose) ? _portal.Offers.Id : null, Campaign: report.Has(ReportNeeds.Campaign) ? campaign : null);
            foreach (var format in new[] { ReportFormats.Csv, ReportFormats.Json })
            {
                var text = Encoding.UTF8.GetString(await _reports.MakeAsync(report.Kind, filter, format));
                foreach (var personal in new[] { "2125552368", "Okafor" })
                    Assert.False(text.Contains(personal, StringComparison.OrdinalIgnoreCase), $"{report.Kind} as {format} holds {personal}");
            }
        }
    }

    [Fact]
    public async Task Whoever_may_not_see_what_a_report_tells_can_neither_make_nor_find_it()
    {
        var reader = await _portal.AddStaffAsync("Otto", [Permissions.ViewReports, Permissions.ExportReports, Permissions.ViewPolicy]);
        Assert.Equal(["processing-record"], _portal.Get<ReportGallery>().List(reader).Select(r => r.Kind));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<MakeReport>().ExecuteAsync(reader, new ReportWish("data-quality", new ReportFilter()), ReportFormats.Csv, default));
    }

    [Fact]
    public async Task A_filter_that_lacks_what_the_report_needs_is_refused()
    {
        var make = _portal.Get<MakeReport>();
        Assert.IsType<ReportFilterRefused>((await make.ExecuteAsync(_portal.Staff, new ReportWish("consent-register", new ReportFilter()), ReportFormats.Csv, default)).Failure);
        Assert.IsType<ReportFilterRefused>((await make.ExecuteAsync(_portal.Staff, new ReportWish("frequency", new ReportFilter(new DateOnly(2026, 2, 1), new DateOnly(2026, 1, 1))), ReportFormats.Csv, default)).Failure);
        Assert.IsType<ReportFilterRefused>((await make.ExecuteAsync(_portal.Staff, new ReportWish("frequency", new ReportFilter(Zone: "Mars/Olympus")), ReportFormats.Csv, default)).Failure);
        Assert.IsType<NoSuchReport>((await make.ExecuteAsync(_portal.Staff, new ReportWish("horoscope", new ReportFilter()), ReportFormats.Csv, default)).Failure);
    }

    [Fact]
    public async Task The_register_of_a_day_knows_nothing_that_happened_later()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        _portal.Clock.Advance(TimeSpan.FromDays(2));
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, person, Stop(), default);

        var then = await _reports.RowsAsync("consent-register", new ReportFilter(To: new DateOnly(2026, 11, 24), Purpose: _portal.Offers.Id));
        var now = await _reports.RowsAsync("consent-register", new ReportFilter(Purpose: _portal.Offers.Id));

        Assert.Equal((person.ToString(), "US", "Agreed"), (then[0][0], then[0][1], then[0][2]));
        Assert.Equal("Withdrawn", Assert.Single(now)[2]);
    }

    [Fact]
    public async Task The_funnel_counts_who_was_asked_texted_and_confirmed_and_how_long_it_took()
    {
        var (confirmed, silent) = (await _portal.AddPersonAsync(), await _portal.AddPersonAsync("+12125552369"));
        await EventAsync(confirmed, ConsentEventKind.Requested, _portal.Now);
        await EventAsync(silent, ConsentEventKind.Requested, _portal.Now);
        await PromptAsync(confirmed);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await EventAsync(confirmed, ConsentEventKind.Confirmed, _portal.Now);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["Offers", "2026-11", "Web form", "0", "1", "2", "1", "1"], Assert.Single(await _reports.RowsAsync("opt-in-sources", new ReportFilter())));
        var preview = await _reports.PreviewAsync("opt-in-sources", new ReportFilter());
        var times = preview.Blocks.OfType<ReportBlock.Chart>().Single();
        Assert.Equal([0, 1, 0, 0, 0, 0], times.Bars.Select(b => b.Value));
        var funnel = preview.Blocks.OfType<ReportBlock.LineChart>().Single();
        Assert.Equal([2, 1, 1], funnel.Lines.Select(l => l.Values[^1]));
        Assert.Equal(30, funnel.Points.Count);
    }

    [Fact]
    public async Task Whoever_was_asked_twice_and_confirmed_once_agreed_once()
    {
        var person = await _portal.AddPersonAsync();
        await EventAsync(person, ConsentEventKind.Requested, _portal.Now.AddDays(-3));
        await EventAsync(person, ConsentEventKind.Requested, _portal.Now.AddMinutes(-5));
        await EventAsync(person, ConsentEventKind.Confirmed, _portal.Now);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["Offers", "2026-11", "Web form", "0", "1", "1", "0", "1"], Assert.Single(await _reports.RowsAsync("opt-in-sources", new ReportFilter())));
    }

    [Fact]
    public async Task Whoever_confirmed_in_some_days_agreed_in_them_though_asked_before()
    {
        var person = await _portal.AddPersonAsync();
        await EventAsync(person, ConsentEventKind.Requested, _portal.Now.AddDays(-30));
        await EventAsync(person, ConsentEventKind.Confirmed, _portal.Now);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["Offers", "2026-11", "Web form", "0", "1", "0", "0", "0"], Assert.Single(await _reports.RowsAsync("opt-in-sources", new ReportFilter(From: new DateOnly(2026, 11, 20)))));
    }

    [Fact]
    public async Task The_last_lawful_day_is_that_of_the_stricter_place_and_texts_before_the_record_are_counted()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.DeclaredRegion, "AU")), default);
        await _portal.SendAsync(person, _portal.Now.AddDays(2));
        _portal.Clock.Advance(TimeSpan.FromDays(8));
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, person, Stop(_portal.Now.AddDays(-8)), default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var row = Assert.Single(await _reports.RowsAsync("opt-out-latency", new ReportFilter()));

        Assert.Equal(("2026-11-30", "no", "1", "0"), (row[6], row[7], row[8], row[9]));
        var verdict = (await _reports.PreviewAsync("opt-out-latency", new ReportFilter())).Blocks.OfType<ReportBlock.Verdict>().Single();
        Assert.Equal((ReportTone.Bad, "1 stop was recorded after the last lawful day; the rows name them."), (verdict.Tone, verdict.Text));
        Assert.Contains("2026-11-30", Assert.Single(await _portal.AuditAsync("consent.withdrawn")).GetProperty("after").GetProperty("dueStatutory").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_after_a_stop_is_named_and_one_after_the_person_came_back_is_none()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, person, Stop(_portal.Now.AddSeconds(-4)), default);
        await _portal.SendAsync(person, _portal.Now.AddMinutes(1));
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await _portal.ConsentAsync(person);
        await _portal.SendAsync(person, _portal.Now.AddMinutes(1));
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        var row = Assert.Single(await _reports.RowsAsync("opt-out-latency", new ReportFilter()));

        Assert.Equal(("4", "yes", "0", "1"), (row[5], row[7], row[8], row[9]));
        Assert.Equal(ReportTone.Bad, (await _reports.PreviewAsync("opt-out-latency", new ReportFilter())).Blocks.OfType<ReportBlock.Verdict>().Single().Tone);
    }

    [Fact]
    public async Task How_long_stops_took_is_a_line_over_the_days_with_a_gap_where_nobody_stopped()
    {
        foreach (var (number, daysAgo, seconds) in new[] { (3000, 3, 2), (3001, 3, 8), (3002, 1, 60) })
            await StopAsync(await _portal.AddPersonAsync($"+1212555{number}"), _portal.Now.AddDays(-daysAgo), TimeSpan.FromSeconds(seconds));

        var chart = (await _reports.PreviewAsync("opt-out-latency", new ReportFilter(new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 24)))).Blocks.OfType<ReportBlock.LineChart>().Single();

        Assert.Equal(("seconds", "Day (UTC)"), (chart.Measured, chart.Along));
        Assert.Equal(["20 Nov", "21 Nov", "22 Nov", "23 Nov", "24 Nov"], chart.Points);
        Assert.Equal([null, 8, null, 60, null], chart.Lines.Single(l => l.Name == "Longest").Values);
        Assert.Equal([null, 2, null, 60, null], chart.Lines.Single(l => l.Name == "Half within").Values);
    }

    [Fact]
    public async Task Texts_and_opt_outs_over_time_count_each_person_once_a_day_and_only_those_who_got_a_text()
    {
        var (left, stayed, silent) = (await _portal.AddPersonAsync("+12125553000"), await _portal.AddPersonAsync("+12125553001"), await _portal.AddPersonAsync("+12125553002"));
        foreach (var (person, daysAgo, hours) in new[] { (left, 2, 0), (left, 2, 1), (left, 1, 0), (stayed, 1, 0) })
            await _portal.SendAsync(person, _portal.Now.AddDays(-daysAgo).AddHours(hours));
        foreach (var person in new[] { left, silent })
            await EventAsync(person, ConsentEventKind.Withdrawn, _portal.Now.AddDays(-1).AddHours(1));

        var charts = (await _reports.PreviewAsync("frequency", new ReportFilter(new DateOnly(2026, 11, 21), new DateOnly(2026, 11, 24)))).Blocks.OfType<ReportBlock.LineChart>().ToList();

        Assert.Equal([null, 2, 1, null], charts[0].Lines.Single().Values);
        Assert.Equal([null, 0, 5_000, null], charts[1].Lines.Single().Values);
    }

    [Fact]
    public async Task The_file_of_a_campaign_draws_when_its_texts_were_sent_delivered_and_failed_and_json_has_the_same_numbers()
    {
        var desk = await CampaignDesk.OpenAsync(_portal);
        await desk.PeopleAsync(3);
        var campaign = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        await _portal.Database.WriteAsync(
            async db =>
            {
                var texts = await db.OutboundMessages.Where(m => m.CampaignId == campaign).OrderBy(m => m.Id).ToListAsync();
                (texts[0].State, texts[0].SentAt, texts[0].FinalAt) = (MessageState.Delivered, _portal.Now, _portal.Now.AddMinutes(1));
                (texts[1].State, texts[1].SentAt, texts[1].FinalAt) = (MessageState.Delivered, _portal.Now.AddHours(1), _portal.Now.AddHours(3));
                (texts[2].State, texts[2].SentAt, texts[2].FinalAt) = (MessageState.Failed, _portal.Now, _portal.Now.AddHours(3));
            },
            default);

        var filter = new ReportFilter(Campaign: campaign);
        var chart = (await _reports.PreviewAsync("campaign-file", filter)).Blocks.OfType<ReportBlock.LineChart>().Single();
        using var json = JsonDocument.Parse(await _reports.MakeAsync("campaign-file", filter, ReportFormats.Json));

        Assert.Equal(["24 Nov, 17:00", "24 Nov, 18:00", "24 Nov, 19:00", "24 Nov, 20:00"], chart.Points);
        Assert.Equal([2, 1, 0, 0], chart.Lines.Single(l => l.Name == "Sent").Values);
        Assert.Equal([1, 0, 0, 1], chart.Lines.Single(l => l.Name == "Delivered").Values);
        Assert.Equal([0, 0, 0, 1], chart.Lines.Single(l => l.Name == "Failed or expired").Values);
        var figures = json.RootElement.GetProperty("figures").EnumerateArray().Single(f => f.TryGetProperty("lineChart", out _));
        Assert.Equal([2, 1, 0, 0], figures.GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("name").GetString() == "Sent").GetProperty("values").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(chart.Points, figures.GetProperty("points").EnumerateArray().Select(v => v.GetString()!));
    }

    [Fact]
    public async Task People_stand_in_the_band_of_the_texts_they_got_and_shares_have_a_range()
    {
        for (var person = 0; person < 4; person++)
        {
            var id = await _portal.AddPersonAsync($"+1212555{3000 + person}");
            for (var text = 0; text <= person; text++)
                await _portal.SendAsync(id, _portal.Now.AddHours(-1 - text));
            if (person == 3)
                await EventAsync(id, ConsentEventKind.Withdrawn, _portal.Now.AddMinutes(-1));
        }

        var rows = await _reports.RowsAsync("frequency", new ReportFilter());

        Assert.Equal(["1", "1", "2", "0", "0"], rows.Where(r => r[0] == "Texts received").Select(r => r[2]));
        var band = rows.Single(r => r[1] == "3 to 4");
        Assert.Equal(("1", "0.5"), (band[4], band[5]));
        // Wilson's range of one of two.
        Assert.Equal((0.0945, 0.9055), (Math.Round(double.Parse(band[6], CultureInfo.InvariantCulture), 4), Math.Round(double.Parse(band[7], CultureInfo.InvariantCulture), 4)));
    }

    [Fact]
    public async Task The_local_hour_of_each_text_and_the_most_of_one_person_are_found()
    {
        var (person, other) = (await _portal.AddPersonAsync(), await _portal.AddPersonAsync("+12125552369"));
        // 16:00 UTC is eleven in New York, 03:30 UTC half past ten at night.
        foreach (var at in new[] { new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero), new(2026, 11, 23, 17, 0, 0, TimeSpan.Zero), new(2026, 11, 24, 3, 30, 0, TimeSpan.Zero) })
            await _portal.SendAsync(person, at);
        await _portal.SendAsync(other, new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.SubscriberId == person).ExecuteUpdateAsync(m => m.SetProperty(x => x.DecisionKind, (int)DecisionKind.Allow)), default);

        var rows = await _reports.RowsAsync("quiet-hours-and-caps", new ReportFilter());
        var blocks = (await _reports.PreviewAsync("quiet-hours-and-caps", new ReportFilter())).Blocks;

        Assert.Equal([("11:00", "yes"), ("12:00", "yes"), ("22:30", "no"), ("11:00", "yes")], rows.Select(r => (r[5], r[7])));
        var verdict = blocks.OfType<ReportBlock.Verdict>().Single();
        Assert.Contains("1 text has no recorded decision", verdict.Text, StringComparison.Ordinal);
        Assert.Contains("1 campaign text may have reached a clock", verdict.Detail, StringComparison.Ordinal);
        Assert.Equal(["Within hours 2 1", "Outside 0 1", "Zone unknown 0 0"], blocks.OfType<ReportBlock.LineChart>().Single().Lines.Select(l => $"{l.Name} {l.Values[^2]} {l.Values[^1]}"));
        Assert.Equal(["3", "3", "3"], blocks.OfType<ReportBlock.Table>().Single(t => t.Columns[0].Heading == "Within any").Rows.Select(r => r[1]));
    }

    [Fact]
    [Trait("Rule", "CA-03")]
    public async Task The_register_counts_letters_that_wait_and_says_when_the_answer_left()
    {
        var desk = await PrivacyRequests.RequestDesk.OpenAsync(_portal);
        var id = await desk.VerifiedAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Rectification);
        Assert.Null((await _portal.Get<ExtendRequest>().ExecuteAsync(desk.First, id, "Many records", default)).Failure);
        var waits = Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter(new DateOnly(2026, 11, 1))));
        await desk.SendAsync(id);
        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Corrected", default)).Failure);
        var carriedOut = Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter(new DateOnly(2026, 11, 1))));
        await desk.ReplyAsync(id);
        var closed = Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter(new DateOnly(2026, 11, 1))));

        Assert.Equal(["", "", "1"], [waits[9], waits[12], waits[13]]);
        Assert.Equal(["", "", "0"], [carriedOut[9], carriedOut[12], carriedOut[13]]);
        Assert.Equal(["2026-11-24", "2026-11-24", "0"], [closed[9], closed[12], closed[13]]);
        Assert.Equal(["2026-12-09", "", "2026-12-09", "2026-11-24"], [waits[14], waits[15], closed[14], closed[15]]);
    }

    [Fact]
    public async Task A_request_is_late_the_day_after_its_last_day_and_not_on_it()
    {
        var person = await _portal.AddPersonAsync();
        var id = (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(person, PrivacyRequestKind.Access, PrivacyRegime.Ccpa, "Phone", _portal.Now.AddHours(-1), null), default)).Value;
        await using var db = _portal.Database.Open();
        var due = (await db.PrivacyRequests.AsNoTracking().SingleAsync(r => r.Id == id)).DueOn;

        _portal.Clock.SetUtcNow(new DateTimeOffset(due.ToDateTime(new TimeOnly(23, 59)), TimeSpan.Zero));
        Assert.Equal("yes", Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter(new DateOnly(2026, 11, 1))))[11]);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("no", Assert.Single(await _reports.RowsAsync("request-register", new ReportFilter(new DateOnly(2026, 11, 1))))[11]);
    }

    [Fact]
    public async Task Looks_behind_the_mask_are_listed_with_who_and_why()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.Get<OpenSubscriber>().ExecuteAsync(_portal.Staff, person, default);
        await _portal.Get<RevealNumber>().ExecuteAsync(_portal.Staff, person, "Called back", default);
        await using var db = _portal.Database.Open();
        var added = await db.AuditEntries.Where(e => e.Action == "subscriber.added").Select(e => e.Id).SingleAsync();
        await _portal.Get<RevealAuditValues>().ExecuteAsync(_portal.Staff, added, "Case 4711", default);
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));

        var rows = await _reports.RowsAsync("access-and-reveal", new ReportFilter());

        Assert.Equal([("Carla Mendes", "Full number", "Called back"), ("Carla Mendes", "Values of an audit entry", "Case 4711")], rows.Select(r => (r[1], r[3], r[5])));
    }

    [Fact]
    public async Task Numbers_that_cannot_receive_and_shared_ones_are_counted()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.AddTwinAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Invalid)), default);

        var rows = (await _reports.RowsAsync("data-quality", new ReportFilter())).ToDictionary(r => r[1], r => (r[2], r[3]));

        Assert.Equal(("1", "2"), rows["Nobody is there, by the network"]);
        Assert.Equal(("2", "2"), rows["Share their number with another record"]);
        Assert.Equal(("2", "2"), rows["No consent was ever recorded"]);
    }

    [Fact]
    public async Task The_integrity_certificate_says_whether_the_log_is_whole()
    {
        await _portal.AddPersonAsync();
        await _portal.SealAsync();
        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ReportTone.Good, (await _reports.PreviewAsync("audit-certificate", new ReportFilter())).Blocks.OfType<ReportBlock.Verdict>().Single().Tone);
        await _portal.Database.WriteAsync(db => db.AuditEntries.Where(e => e.Action == "subscriber.added").ExecuteUpdateAsync(e => e.SetProperty(x => x.ActorId, "somebody-else")), default);
        Assert.Equal(ReportTone.Bad, (await _reports.PreviewAsync("audit-certificate", new ReportFilter())).Blocks.OfType<ReportBlock.Verdict>().Single().Tone);
    }

    [Fact]
    public async Task A_table_too_long_for_paper_is_begun_there_and_whole_in_the_other_files()
    {
        var person = await _portal.AddPersonAsync();
        const int Many = 1_001;
        await _portal.Database.WriteAsync(
            db =>
            {
                db.OutboundMessages.AddRange(Enumerable.Range(0, Many).Select(i => new OutboundMessage
                {
                    SubscriberId = person, Kind = MessageKind.HelpReply, MessageClass = MessageClass.Transactional, PurposeId = _portal.Offers.Id, ClientRef = $"r{i}", PlannedAt = _portal.Now, DueAt = _portal.Now,
                    SentAt = _portal.Now.AddMinutes(-1 - i), State = MessageState.Delivered,
                }));
                return Task.CompletedTask;
            },
            default);

        var paper = PdfText.Of(await _reports.MakeAsync("quiet-hours-and-caps", new ReportFilter(), ReportFormats.Pdf));

        Assert.Contains("1,001 rows are too many for paper: here are the first 50.", paper, StringComparison.Ordinal);
        Assert.Equal(Many, (await _reports.RowsAsync("quiet-hours-and-caps", new ReportFilter())).Count);
    }

    [Fact]
    public async Task Versions_of_the_policy_that_governed_in_the_days_are_named_and_no_others()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                foreach (var (version, from) in new[] { (1, _portal.Now.AddYears(-1)), (2, _portal.Now.AddDays(-40)), (3, _portal.Now.AddDays(-10)), (4, _portal.Now.AddDays(5)) })
                {
                    db.Policies.Add(new Application.Policy.PolicyRow
                    {
                        Version = version, Json = JsonSerializer.Serialize(PolicyVersion.Default, Application.Policy.ActivePolicy.Json), Reason = "For this test", AuthorId = null, CreatedAt = from, ActiveFrom = from,
                    });
                }

                return Task.CompletedTask;
            },
            default);

        using var json = JsonDocument.Parse(await _reports.MakeAsync("frequency", new ReportFilter(), ReportFormats.Json));
        Assert.Equal("2, 3", json.RootElement.GetProperty("report").GetProperty("policyVersions").GetString());
    }

    private async Task<(SubscriberId Person, Domain.Campaigns.CampaignId Campaign)> BusyAsync()
    {
        var desk = await CampaignDesk.OpenAsync(_portal);
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        await _portal.SendAsync(person, _portal.Now.AddHours(-2));
        await _portal.Get<RevealNumber>().ExecuteAsync(_portal.Staff, person, "Called back", default);
        await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Phone", _portal.Now.AddHours(-1), null), default);
        var campaign = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        return (person, campaign);
    }

    private static Withdrawal Stop(DateTimeOffset? at = null) => new(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Said so on the phone", at ?? PeoplePortal.Noon.AddDays(2));

    private Task EventAsync(SubscriberId id, ConsentEventKind kind, DateTimeOffset at) => _portal.Database.WriteAsync(
        async db =>
        {
            var period = await db.Subscribers.Where(s => s.Id == id).Select(s => s.CurrentPeriodId).SingleAsync();
            db.ConsentEvents.Add(new ConsentEvent
            {
                SubscriberId = id, PurposeId = _portal.Offers.Id, NumberPeriodId = period, Kind = kind, Basis = LegalBasis.Consent, Level = ConsentLevel.ExpressWritten, Channel = ConsentChannel.WebForm,
                IsActOfPerson = true, WordingId = _portal.Wording.Id, At = at, RecordedAt = at, ActorKind = ActorKind.Subscriber, ActorId = "x",
            });
        },
        default);

    /// <summary>By their own text, entered so much later.</summary>
    private Task StopAsync(SubscriberId id, DateTimeOffset at, TimeSpan later) => _portal.Database.WriteAsync(
        async db =>
        {
            var period = await db.Subscribers.Where(s => s.Id == id).Select(s => s.CurrentPeriodId).SingleAsync();
            db.ConsentEvents.Add(new ConsentEvent
            {
                SubscriberId = id, PurposeId = _portal.Offers.Id, NumberPeriodId = period, Kind = ConsentEventKind.Withdrawn, Basis = LegalBasis.Consent, Level = ConsentLevel.None, Channel = ConsentChannel.Keyword,
                IsActOfPerson = true, At = at, RecordedAt = at + later, ActorKind = ActorKind.Subscriber, ActorId = "x",
            });
        },
        default);

    private Task PromptAsync(SubscriberId id) => _portal.Database.WriteAsync(
        db =>
        {
            db.OutboundMessages.Add(new OutboundMessage
            {
                SubscriberId = id, Kind = MessageKind.DoubleOptInPrompt, MessageClass = MessageClass.Transactional, PurposeId = _portal.Offers.Id, ClientRef = "prompt", PlannedAt = _portal.Now, DueAt = _portal.Now,
                SentAt = _portal.Now.AddSeconds(2), State = MessageState.Delivered,
            });
            return Task.CompletedTask;
        },
        default);
}
