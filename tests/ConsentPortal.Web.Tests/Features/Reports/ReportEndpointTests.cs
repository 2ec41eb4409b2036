using System.Net;
using System.Text.Json;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Account;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Reports;

public sealed class ReportEndpointTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task Each_form_of_a_report_leaves_as_a_download_that_no_cache_keeps()
    {
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);
        foreach (var (format, type) in new[] { ("pdf", "application/pdf"), ("csv", "text/csv"), ("json", "application/json") })
        {
            var file = await browser.GetAsync(Paths.ReportFile("data-quality", format, "?paper=letter"));
            Assert.Equal((HttpStatusCode.OK, type, "attachment"), (file.Status, file.ContentHeaders.ContentType!.MediaType, file.ContentHeaders.ContentDisposition!.DispositionType));
            Assert.EndsWith($".{format}", file.ContentHeaders.ContentDisposition.FileName!.Trim('"'), StringComparison.Ordinal);
            Assert.True(file.Headers.CacheControl!.NoStore);
        }
    }

    [Theory]
    [InlineData("/reports/files/no-such-report/csv", HttpStatusCode.NotFound)]
    [InlineData("/reports/files/data-quality/docx", HttpStatusCode.NotFound)]
    [InlineData("/reports/files/consent-register/csv", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/opt-in-sources/csv?from=2026-11-24&to=2026-11-01", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/data-quality/csv?zone=Atlantis", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/opt-in-sources/csv?from=2026-13-01", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/opt-in-sources/csv?from=0001-01-01&zone=Europe/Berlin", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/opt-in-sources/csv?to=9999-12-31", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/frequency/csv?from=2150-01-01", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/consent-register/csv?purpose=offers", HttpStatusCode.Conflict)]
    [InlineData("/reports/files/data-quality/pdf?paper=legal", HttpStatusCode.Conflict)]
    [InlineData("/reports/kept/0198c1a2-0000-7000-8000-000000000001/csv", HttpStatusCode.NotFound)]
    [InlineData("/reports/kept/0198c1a2-0000-7000-8000-000000000001/docx", HttpStatusCode.NotFound)]
    public async Task What_makes_no_sense_is_answered_without_a_file(string path, HttpStatusCode expected)
    {
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);
        var answer = await browser.GetAsync(path);
        Assert.Equal(expected, answer.Status);
        Assert.Null(answer.ContentHeaders.ContentDisposition);
        if (expected == HttpStatusCode.Conflict)
            Assert.Contains("Nothing was made", answer.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/reports/files/data-quality/csv")]
    [InlineData("/reports/kept/0198c1a2-0000-7000-8000-000000000001/csv")]
    [InlineData("/evidence/0198c1a2-0000-7000-8000-000000000001/pack.zip")]
    [InlineData("/evidence-rooms/0198c1a2-0000-7000-8000-000000000001/pack.zip")]
    public async Task No_stranger_and_nobody_without_the_permission_gets_a_file(string path)
    {
        using var stranger = staff.Portal.OpenBrowser();
        using var marketer = await staff.SignedInAsync(RoleBundle.Marketer);
        Assert.StartsWith(Paths.SignIn, (await stranger.GetAsync(path)).Location, StringComparison.Ordinal);
        Assert.StartsWith(Paths.AccessDenied, (await marketer.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_exports_gets_no_report_on_what_it_may_not_see()
    {
        using var browser = await staff.SignedInAsync(await staff.AddRoleAsync([Permissions.ViewReports, Permissions.ExportReports, Permissions.ViewCampaigns]));
        Assert.StartsWith(Paths.AccessDenied, (await browser.GetAsync(Paths.ReportFile("request-register", "csv", ""))).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.ReportFile("frequency", "csv", ""))).Status);
    }

    [Fact]
    public async Task The_three_files_of_a_kept_report_are_of_one_reading()
    {
        var kept = (await staff.Portal.Get<KeepReport>().ExecuteAsync(Actor.Job("test"), new ReportWish("data-quality", new ReportFilter()), ReportFormats.All, default)).Value;
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);

        var csv = (await browser.GetAsync(Paths.KeptFile(kept, "csv"))).Html;
        using var json = JsonDocument.Parse((await browser.GetAsync(Paths.KeptFile(kept, "json"))).Html);
        var pdf = await browser.GetAsync(Paths.KeptFile(kept, "pdf"));

        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Count(line => !line.TrimStart('"').StartsWith("# ", StringComparison.Ordinal));
        Assert.Equal(rows, json.RootElement.GetProperty("rows").GetArrayLength());
        Assert.Contains($"# Made at: {json.RootElement.GetProperty("report").GetProperty("madeAt").GetString()}", csv, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-1.", pdf.Html, StringComparison.Ordinal);
        await using var db = staff.Portal.Open();
        Assert.Equal(3, await db.AuditEntries.CountAsync(e => e.Action == KeptReports.Taken));
    }

    [Fact]
    public async Task A_pack_is_given_to_its_auditor_while_the_room_is_open_and_to_the_staff_and_the_log_only_to_who_may_export_it()
    {
        var person = await staff.EmployAsync(RoleBundle.VisitingAuditor);
        using var auditor = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(auditor, person.Email);
        using var officer = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);
        var now = TimeProvider.System.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var rooms = staff.Portal.Get<Application.Reports.Rooms.EvidenceRooms>();
        var room = (await rooms.OpenAsync(Actor.Job("test"), new NewEvidenceRoom("Pack", person.StaffId, null, now.AddDays(1), day.AddDays(-7), day, null), default)).Value;

        var mine = await auditor.GetAsync(Paths.EvidencePack(Paths.EvidenceRoom(room)));
        Assert.Equal((HttpStatusCode.OK, "application/zip", "attachment"), (mine.Status, mine.ContentHeaders.ContentType!.MediaType, mine.ContentHeaders.ContentDisposition!.DispositionType));
        Assert.StartsWith(Paths.AccessDenied, (await auditor.GetAsync(Paths.EvidencePack(Paths.EvidenceRoom(room), withLog: true))).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(Paths.EvidencePack(Paths.EvidenceRoomOfStaff(room), withLog: true))).Status);
        await rooms.CloseAsync(Actor.Job("test"), room, "The audit is over", default);

        var shut = await auditor.GetAsync(Paths.EvidencePack(Paths.EvidenceRoom(room)));
        Assert.Equal(HttpStatusCode.NotFound, shut.Status);
        Assert.Contains("not open for you", shut.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(Paths.EvidencePack(Paths.EvidenceRoomOfStaff(room)))).Status);
    }
}
