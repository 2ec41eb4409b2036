using System.Globalization;
using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Reports;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class KeptReportTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    private KeptReports Kept => _portal.Get<KeptReports>();

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_kept_report_gives_the_bytes_that_were_made_and_a_changed_byte_is_found()
    {
        var id = await KeepAsync();
        var row = Assert.Single((await Kept.PageAsync(_portal.Staff, null, null, default)).Rows);
        var file = row.Files.Single(f => f.Format == ReportFormats.Csv);

        Assert.Equal([ReportFormats.Pdf, ReportFormats.Csv, ReportFormats.Json], row.Files.Select(f => f.Format));
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await ReadAsync(id, ReportFormats.Csv))));
        Assert.All((await Kept.CheckAsync(_portal.Staff, id, default)).Value, check => Assert.True(check.IsSame));
        Assert.Equal(row.Files.Select(f => f.Sha256), (await _portal.AuditAsync("report.made")).Select(e => e.GetProperty("after").GetProperty("sha256").GetString()));
        Assert.Equal(id.ToString(), Assert.Single(await _portal.AuditAsync(KeptReports.Taken)).GetProperty("after").GetProperty("kept").GetString());

        await _portal.Database.WriteAsync(
            async db =>
            {
                var part = await db.KeptReportParts.SingleAsync(p => p.Format == ReportFormats.Csv);
                part.Bytes[10] ^= 1;
                db.Entry(part).Property(p => p.Bytes).IsModified = true;
            },
            default);
        Assert.Equal([true, false, true], (await Kept.CheckAsync(_portal.Staff, id, default)).Value.Select(c => c.IsSame));
    }

    [Fact]
    public async Task A_hash_that_was_changed_with_the_bytes_is_not_that_of_the_trail()
    {
        var id = await KeepAsync();
        await _portal.Database.WriteAsync(
            async db =>
            {
                var part = await db.KeptReportParts.SingleAsync(p => p.Format == ReportFormats.Csv);
                await db.KeptReportParts.Where(p => p.Format == ReportFormats.Csv).ExecuteUpdateAsync(p => p.SetProperty(x => x.Bytes, Encoding.UTF8.GetBytes("forged")));
                var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("forged"u8));
                await db.KeptReportFiles.Where(f => f.Format == ReportFormats.Csv).ExecuteUpdateAsync(f => f.SetProperty(x => x.Sha256, hash));
            },
            default);
        Assert.Equal([true, false, true], (await Kept.CheckAsync(_portal.Staff, id, default)).Value.Select(c => c.IsSame));
    }

    [Fact]
    public async Task Whoever_may_not_see_what_a_report_tells_does_not_learn_that_it_is_kept()
    {
        var id = await KeepAsync();
        var reader = await _portal.AddStaffAsync("Otto", [Permissions.ViewReports, Permissions.ExportReports, Permissions.ViewPolicy]);
        Assert.Empty((await Kept.PageAsync(reader, null, null, default)).Rows);
        Assert.IsType<NoSuchKeptReport>((await Kept.OpenAsync(reader, id, ReportFormats.Csv, default)).Failure);
        Assert.IsType<NoSuchKeptReport>((await Kept.CheckAsync(reader, id, default)).Failure);
    }

    [Fact]
    public async Task A_certificate_about_one_person_is_not_kept()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        Assert.IsType<NotKeepable>((await _portal.Get<KeepReport>().ExecuteAsync(_portal.Staff, new ReportWish("consent-proof", new ReportFilter(Purpose: _portal.Offers.Id, Person: person)), ReportFormats.All, default)).Failure);
        Assert.IsType<FormatNeeded>((await _portal.Get<KeepReport>().ExecuteAsync(_portal.Staff, new ReportWish("data-quality", new ReportFilter()), ReportFormats.None, default)).Failure);
    }

    [Fact]
    public async Task After_an_erasure_no_kept_report_holds_anything_of_the_person_and_one_that_did_would_be_found()
    {
        var desk = await RequestDesk.OpenAsync(_portal);
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        await _portal.SendAsync(person, _portal.Now.AddHours(-1));
        await _portal.Get<RevealNumber>().ExecuteAsync(_portal.Staff, person, "Called back", default);
        foreach (var report in _portal.Get<ReportGallery>().List(_portal.Staff).Where(r => r.IsKeepable && !r.Has(ReportNeeds.Campaign)))
            await KeepAsync(report.Kind);
        var request = await desk.ApprovedErasureAsync(person);

        Assert.Empty((await desk.EraseAsync(request)).Value.Findings);

        await _portal.Database.WriteAsync(db => db.KeptReportParts.Where(p => p.Format == ReportFormats.Csv).ExecuteUpdateAsync(p => p.SetProperty(x => x.Bytes, Encoding.UTF8.GetBytes("2026-11-24,Ada Okafor,+12125552368\n"))), default);
        var traces = PersonTraces.Of("+12125552368", new SubscriberProfile("Ada", "Okafor", "K-1"));
        Assert.Contains((await _portal.Get<RescanForSubscriber>().FindAsync(traces, [], default)).Findings, f => f.Where == "KeptReportParts.Bytes");
    }

    [Fact]
    public async Task Kept_reports_go_after_their_months_with_all_their_pieces_and_one_on_a_held_purpose_stays()
    {
        await KeepAsync();
        await KeepAsync("consent-register");
        await _portal.Get<PlaceLegalHold>().ExecuteAsync(_portal.Staff, new NewLegalHold(null, _portal.Offers.Id, "Claim 12", null), default);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMonths(36).AddMinutes(-1));
        Assert.Equal(0, (await _portal.Get<RunRetention>().ExecuteAsync(_portal.Staff, default)).Value.Counts[RecordClass.KeptReports]);
        _portal.Clock.Advance(TimeSpan.FromHours(25));

        var run = (await _portal.Get<RunRetention>().ExecuteAsync(_portal.Staff, default)).Value;

        Assert.Equal(1, run.Counts[RecordClass.KeptReports]);
        await using var db = _portal.Database.Open();
        Assert.Equal("consent-register", (await db.KeptReports.SingleAsync()).Kind);
        Assert.Equal(3, await db.KeptReportFiles.CountAsync());
        Assert.Equal(3, await db.KeptReportParts.CountAsync());
    }

    [Fact]
    public async Task A_report_is_removed_before_its_time_only_with_a_reason()
    {
        var id = await KeepAsync();
        Assert.IsType<ReasonNeeded>((await Kept.RemoveAsync(_portal.Staff, id, " ", default)).Failure);
        Assert.Null((await Kept.RemoveAsync(_portal.Staff, id, "Made by mistake", default)).Failure);
        Assert.Empty((await Kept.PageAsync(_portal.Staff, null, null, default)).Rows);
        Assert.Equal("Made by mistake", Assert.Single(await _portal.AuditAsync(KeptReports.Removed)).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_report_on_a_purpose_that_is_held_is_not_removed_before_the_hold_is_lifted()
    {
        var id = await KeepAsync("consent-register");
        var hold = (await _portal.Get<PlaceLegalHold>().ExecuteAsync(_portal.Staff, new NewLegalHold(null, _portal.Offers.Id, "Class action about Offers", null), default)).Value;

        Assert.IsType<ReportIsHeld>((await Kept.RemoveAsync(_portal.Staff, id, "Made by mistake", default)).Failure);
        Assert.Single((await Kept.PageAsync(_portal.Staff, null, null, default)).Rows);

        await _portal.Get<LiftLegalHold>().ExecuteAsync(_portal.Staff, hold, "The action was dropped", default);
        Assert.Null((await Kept.RemoveAsync(_portal.Staff, id, "Made by mistake", default)).Failure);
    }

    [Fact]
    public async Task Text_is_cut_at_the_ends_of_lines_and_comes_together_again()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"row {i},+1212555{i:0000}\n"))));
        var parts = await ReportParts.CutAsync(new MemoryStream(text), 97, isText: true, default).ToListAsync();
        Assert.All(parts, part => Assert.Equal((byte)'\n', part[^1]));
        Assert.Equal(text, parts.SelectMany(part => part));
        Assert.Equal(text, (await ReportParts.CutAsync(new MemoryStream(text), 97, isText: false, default).ToListAsync()).SelectMany(part => part));
    }

    [Fact]
    public async Task A_schedule_makes_its_report_at_its_hour_of_the_days_before_and_once()
    {
        await ScheduleAsync(ReportRhythm.Daily);
        Assert.Equal(0, await RunAsync());
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 11, 0, 0, TimeSpan.Zero));

        Assert.Equal((1, 0), (await RunAsync(), await RunAsync()));

        var row = Assert.Single((await Kept.PageAsync(_portal.Staff, null, null, default)).Rows);
        Assert.Equal(("24 Nov 2026 to 24 Nov 2026 (America/New York)", "Requests"), (row.Scope, row.Schedule));
        Assert.Equal([ReportFormats.Csv], row.Files.Select(f => f.Format));
        var schedule = Assert.Single(await _portal.Get<ReportSchedules>().ListAsync(_portal.Staff, default));
        Assert.Equal((new DateTimeOffset(2026, 11, 26, 11, 0, 0, TimeSpan.Zero), null), (schedule.NextAt, schedule.LastProblem));
        Assert.Single(await _portal.AuditAsync(RunReportSchedules.Ran));
    }

    [Fact]
    public async Task Turns_that_were_slept_through_are_made_once_and_it_is_the_last_of_them()
    {
        await ScheduleAsync(ReportRhythm.Daily);
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 29, 15, 0, 0, TimeSpan.Zero));

        Assert.Equal((1, 0), (await RunAsync(), await RunAsync()));

        Assert.Equal("28 Nov 2026 to 28 Nov 2026 (America/New York)", Assert.Single((await Kept.PageAsync(_portal.Staff, null, null, default)).Rows).Scope);
    }

    [Fact]
    public async Task A_turn_whose_process_died_after_keeping_it_is_not_made_again()
    {
        var id = await ScheduleAsync(ReportRhythm.Daily);
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 11, 0, 0, TimeSpan.Zero));
        await RunAsync();
        // As if the last commit had not happened.
        await _portal.Database.WriteAsync(db => db.ReportSchedules.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.NextAt, _portal.Now)), default);

        await RunAsync();

        Assert.Single((await Kept.PageAsync(_portal.Staff, null, null, default)).Rows);
    }

    [Fact]
    public async Task A_turn_that_broke_off_stands_in_the_trail_and_is_tried_again()
    {
        await ScheduleAsync(ReportRhythm.Daily);
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 11, 0, 0, TimeSpan.Zero));
        await ChangeAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE PrivacyRequests RENAME TO Away"));

        Assert.Equal(0, await RunAsync());
        await ChangeAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE Away RENAME TO PrivacyRequests"));
        _portal.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Single(await _portal.AuditAsync("report.scheduleFailed"));
        Assert.Equal(1, await RunAsync());

        Task ChangeAsync(Func<PortalDbContext, Task> change) => _portal.Database.WriteAsync(change, default);
    }

    [Fact]
    public async Task An_ended_schedule_makes_nothing_more_and_another_process_that_holds_the_work_keeps_it()
    {
        var id = await ScheduleAsync(ReportRhythm.Daily);
        _portal.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 11, 0, 0, TimeSpan.Zero));
        var other = new Leases(_portal.Database, _portal.Clock);
        Assert.True(await other.TryHoldAsync("reports", TimeSpan.FromMinutes(1), default));
        Assert.Equal(0, await RunAsync());
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await _portal.Get<ReportSchedules>().EndAsync(_portal.Staff, id, default);
        Assert.Equal(0, await RunAsync());
        Assert.IsType<NoSuchSchedule>((await _portal.Get<ReportSchedules>().EndAsync(_portal.Staff, id, default)).Failure);
    }

    [Fact]
    public async Task Schedules_that_make_no_sense_are_refused()
    {
        var (schedules, times) = (_portal.Get<ReportSchedules>(), new ReportTimes(ReportRhythm.Daily, 6, "UTC"));
        Assert.IsType<ScheduleNeedsName>((await schedules.AddAsync(_portal.Staff, new NewReportSchedule(" ", "frequency", null, ReportFormats.Csv, times), default)).Failure);
        Assert.IsType<FormatNeeded>((await schedules.AddAsync(_portal.Staff, new NewReportSchedule("X", "frequency", null, ReportFormats.None, times), default)).Failure);
        Assert.IsType<NotSchedulable>((await schedules.AddAsync(_portal.Staff, new NewReportSchedule("X", "campaign-file", null, ReportFormats.Csv, times), default)).Failure);
        Assert.IsType<ReportFilterRefused>((await schedules.AddAsync(_portal.Staff, new NewReportSchedule("X", "consent-register", null, ReportFormats.Csv, times), default)).Failure);
        Assert.IsType<ReportTimesRefused>((await schedules.AddAsync(_portal.Staff, new NewReportSchedule("X", "frequency", null, ReportFormats.Csv, times with { Hour = 24 }), default)).Failure);
    }

    private async Task<Guid> ScheduleAsync(ReportRhythm rhythm) => (await _portal.Get<ReportSchedules>().AddAsync(
        _portal.Staff, new NewReportSchedule("Requests", "request-register", null, ReportFormats.Csv, new ReportTimes(rhythm, 6, "America/New_York")), default)).Value;

    private Task<int> RunAsync() => _portal.Get<RunReportSchedules>().RunDueAsync(default);

    private async Task<Guid> KeepAsync(string kind = "data-quality")
    {
        var needs = _portal.Get<ReportGallery>().List(_portal.Staff).Single(r => r.Kind == kind);
        var kept = await _portal.Get<KeepReport>().ExecuteAsync(_portal.Staff, new ReportWish(kind, new ReportFilter(Purpose: needs.Has(ReportNeeds.Purpose) ? _portal.Offers.Id : null)), ReportFormats.All, default);
        Assert.Null(kept.Failure);
        return kept.Value;
    }

    private async Task<byte[]> ReadAsync(Guid id, ReportFormats format)
    {
        using var bytes = new MemoryStream();
        await (await Kept.OpenAsync(_portal.Staff, id, format, default)).Value.WriteTo(bytes);
        return bytes.ToArray();
    }
}
