using System.Text;
using Bunit;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain.Reports;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Reports;
using ConsentPortal.Web.Features.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.Reports;

public sealed class ReportPageTests : StaffPageTest
{
    [Fact]
    public async Task The_gallery_offers_what_the_role_may_read_and_says_when_nothing_was_made()
    {
        await SignInAsync(RoleBundle.CampaignApprover);

        var page = Render<ReportsPage>();

        page.WaitForAssertion(() => Assert.Contains("No report has been made yet", page.Markup, StringComparison.Ordinal));
        var kinds = page.FindAll(".kinds a").Select(a => a.GetAttribute("href")).ToList();
        Assert.Contains("/reports/make/frequency", kinds);
        Assert.DoesNotContain("/reports/make/request-register", kinds);
        Assert.DoesNotContain("/reports/make/access-and-reveal", kinds);
    }

    [Fact]
    public async Task The_gallery_says_of_each_kind_when_it_was_made_last()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        await KeepAsync();

        var page = Render<ReportsPage>();

        page.WaitForAssertion(() => Assert.Contains("Last made", page.Find(".kinds a[href='/reports/make/data-quality']").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Last made", page.Find(".kinds a[href='/reports/make/frequency']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_shown_is_in_the_trail_once_however_often_the_page_is_drawn()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = await MakeAsync("data-quality", "?show=yes");
        page.WaitForAssertion(() => Assert.Contains("Everybody who was neither erased nor merged", page.Markup, StringComparison.Ordinal));
        page.Render();
        var paper = page.FindComponent<MudSelect<ReportPaper>>();
        await page.InvokeAsync(() => paper.Instance.ValueChanged.InvokeAsync(ReportPaper.Letter));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("a[download]"), a => a.GetAttribute("href")!.Contains("paper=letter", StringComparison.Ordinal)));
        Assert.Equal(1, await ShownAsync());

        await page.InvokeAsync(() => page.Find(".reasoned button").ClickAsync(new()));
        page.WaitForState(() => ShownAsync().GetAwaiter().GetResult() == 2);
        Assert.Contains("Everybody who was neither erased nor merged", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_the_page_of_a_report_shows_nothing_yet_and_leaves_no_entry()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);

        var page = await MakeAsync("data-quality", "");

        page.WaitForElement(".reasoned button");
        Assert.DoesNotContain("The report", page.Markup, StringComparison.Ordinal);
        Assert.Equal(0, await ShownAsync());
    }

    [Theory]
    [InlineData("no-such-report")]
    [InlineData("request-register")]
    [InlineData("consent-proof")]
    public async Task A_report_that_does_not_exist_or_is_not_for_the_role_says_no_more_than_that(string kind)
    {
        await SignInAsync(RoleBundle.Marketer);

        var page = await MakeAsync(kind, "?show=yes");

        page.WaitForAssertion(() => Assert.Contains("There is no such report for you", page.Markup, StringComparison.Ordinal));
        Assert.Equal(0, await ShownAsync());
    }

    [Fact]
    public async Task Days_the_wrong_way_round_are_told_beside_the_button_that_waits()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);

        var page = await MakeAsync("opt-in-sources", "?from=2026-11-24&to=2026-11-01&show=yes");

        page.WaitForAssertion(() => Assert.Contains("The last day lies before the first", page.Find(".reasoned .why").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find(".reasoned button").HasAttribute("disabled"));
        Assert.Equal(0, await ShownAsync());
    }

    [Fact]
    public async Task Who_may_only_read_gets_no_link_to_a_file_and_chooses_no_paper()
    {
        await SignInAsync(RoleBundle.Marketer);

        var page = await MakeAsync("frequency", "");

        page.WaitForAssertion(() => Assert.Contains("Your role reads reports on screen", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a[download]"));
        Assert.Empty(page.FindComponents<MudSelect<ReportPaper>>());
    }

    [Fact]
    public async Task A_kept_report_is_checked_at_a_click_and_a_changed_byte_shows()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var empty = Render<KeptReportsPage>();
        empty.WaitForAssertion(() => Assert.Contains("Nothing is kept", empty.Markup, StringComparison.Ordinal));
        await KeepAsync();
        var page = Render<KeptReportsPage>();

        await page.WaitForElement("tbody .acts button").ClickAsync(new MouseEventArgs());
        page.WaitForAssertion(() => Assert.Contains("As it was made", page.Markup, StringComparison.Ordinal));
        await Database.WriteAsync(db => db.KeptReportParts.Where(p => p.Format == ReportFormats.Csv).ExecuteUpdateAsync(p => p.SetProperty(x => x.Bytes, Encoding.UTF8.GetBytes("forged"))), default);
        await page.InvokeAsync(() => page.Find("tbody .acts button").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Contains("Not as it was made", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_only_read_sees_that_a_report_is_kept_and_neither_takes_nor_removes_it()
    {
        await SignInAsync(RoleBundle.Marketer);
        await KeepAsync();

        var page = Render<KeptReportsPage>();

        page.WaitForElement("tbody tr");
        Assert.Empty(page.FindAll("a[download]"));
        Assert.DoesNotContain("Remove", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_names_its_recipients_and_what_it_makes_waits_for_them_until_it_is_read()
    {
        var person = await SignInAsync(RoleBundle.ComplianceOfficer);
        Get<NavigationManager>().NavigateTo("/reports/schedules?kind=data-quality");
        var page = Render<ReportSchedulesPage>();
        var picker = page.WaitForComponent<RecipientPicker>();
        Assert.Contains(picker.Instance.Candidates, c => c.Name == "Compliance officer");
        await page.InvokeAsync(() => picker.Instance.ChosenChanged.InvokeAsync([new Recipient(RecipientKind.Person, person.Id)]));
        await page.FindAll("aside .reasoned button")[^1].ClickAsync(new MouseEventArgs());
        page.WaitForAssertion(() => Assert.Contains("For Carla Mendes", page.Find("tbody").TextContent, StringComparison.Ordinal));
        await KeepAsync(await DueAsync());

        Get<NavigationManager>().NavigateTo("/reports/kept?for=me");
        var mine = Render<KeptReportsPage>();
        mine.WaitForAssertion(() => Assert.Contains("For you, not read", mine.Markup, StringComparison.Ordinal));
        await mine.InvokeAsync(() => mine.Find("button[aria-label^='Mark ']").ClickAsync(new()));

        mine.WaitForAssertion(() => Assert.Contains("For you, read", mine.Markup, StringComparison.Ordinal));
        Assert.Empty(mine.FindAll("button[aria-label^='Mark ']"));
    }

    [Fact]
    public async Task Without_schedules_and_without_reports_of_ones_own_the_pages_say_the_next_step()
    {
        await SignInAsync(RoleBundle.Marketer);

        var schedules = Render<ReportSchedulesPage>();
        schedules.WaitForAssertion(() => Assert.Contains("No report is scheduled", schedules.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("New schedule", schedules.Markup, StringComparison.Ordinal);
        Get<NavigationManager>().NavigateTo("/reports/kept?for=me");
        var mine = Render<KeptReportsPage>();
        mine.WaitForAssertion(() => Assert.Contains("Nothing was made for you", mine.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_organisations_paper_is_chosen_on_its_page()
    {
        await SignInAsync(RoleBundle.Administrator);
        var page = Render<OrganisationPage>();
        Assert.True(page.WaitForElement(".reasoned button").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.FindComponent<MudSelect<ReportPaper?>>().Instance.ValueChanged.InvokeAsync(ReportPaper.Letter));

        await page.WaitForElement(".reasoned button:not([disabled])").ClickAsync(new MouseEventArgs());

        page.WaitForState(() => Get<OrganisationPaper>().InForceAsync(Everybody, default).GetAwaiter().GetResult() == ReportPaper.Letter);
    }

    private Task<IRenderedComponent<MakeReportPage>> MakeAsync(string kind, string query)
    {
        Get<NavigationManager>().NavigateTo($"/reports/make/{kind}{query}");
        return Task.FromResult(Render<MakeReportPage>(parameters => parameters.Add(p => p.Kind, kind)));
    }

    private async Task<int> ShownAsync()
    {
        await using var db = Database.Open();
        return await db.AuditEntries.CountAsync(e => e.Action == MakeReport.Viewed);
    }

    private async Task KeepAsync(ScheduledTurn? turn = null) =>
        Assert.Null((await Get<KeepReport>().KeepAsync(Everybody, new ReportWish("data-quality", new ReportFilter()), ReportFormats.All, turn, default)).Failure);

    /// <summary>The turn of the one schedule that there is.</summary>
    private async Task<ScheduledTurn> DueAsync()
    {
        await using var db = Database.Open();
        var schedule = await db.ReportSchedules.SingleAsync();
        return new ScheduledTurn(schedule.Id, schedule.NextAt!.Value);
    }
}
