using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using UglyToad.PdfPig;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class OrganisationPaperTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    private OrganisationPaper Papers => _portal.Get<OrganisationPaper>();

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Theory]
    [InlineData(null, ReportPaper.A4)]
    [InlineData("DE", ReportPaper.A4)]
    [InlineData("US", ReportPaper.Letter)]
    [InlineData("mx", ReportPaper.Letter)]
    public void The_country_says_what_is_in_its_printers(string? country, ReportPaper paper) => Assert.Equal(paper, ReportPapers.OfCountry(country));

    [Fact]
    public async Task The_countrys_paper_gives_way_to_the_organisations_and_this_to_what_is_asked_for_one_report()
    {
        Assert.Equal(595, await WidthAsync());
        await OrganisationAsync("""{"name":"Aurora","country":"US"}""");
        Assert.Equal(612, await WidthAsync());
        Assert.Null((await Papers.ChangeAsync(_portal.Staff, ReportPaper.A4, default)).Failure);
        Assert.Equal(595, await WidthAsync());
        Assert.Equal(612, await WidthAsync(ReportPaper.Letter));
        Assert.Null((await Papers.ChangeAsync(_portal.Staff, null, default)).Failure);
        Assert.Equal(612, await WidthAsync());
    }

    [Fact]
    public async Task A_change_keeps_everything_else_of_the_organisation_and_is_in_the_trail()
    {
        await OrganisationAsync("""{"name":"Aurora","country":"US","zone":"America/New_York"}""");
        await Papers.ChangeAsync(_portal.Staff, ReportPaper.A4, default);
        await using var db = _portal.Database.Open();
        Assert.Equal("""{"name":"Aurora","country":"US","zone":"America/New_York","paper":"a4"}""", (await db.PortalSettings.SingleAsync(s => s.Name == PortalSetting.Organisation)).Json);
        Assert.Equal("a4", Assert.Single(await _portal.AuditAsync("report.paperChanged")).GetProperty("after").GetProperty("paper").GetString());
        Assert.Equal(new PaperChoice("Aurora", "US", ReportPaper.A4, ReportPaper.Letter), await Papers.GetAsync(_portal.Staff, default));
        Assert.IsType<NoSuchPaper>((await Papers.ChangeAsync(_portal.Staff, (ReportPaper)7, default)).Failure);
        await Assert.ThrowsAsync<NotPermitted>(() => Papers.ChangeAsync(Actor.Nobody, ReportPaper.A4, default));
    }

    private Task OrganisationAsync(string json) => _portal.Database.WriteAsync(
        db =>
        {
            db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Organisation, Json = json });
            return Task.CompletedTask;
        },
        default);

    private async Task<int> WidthAsync(ReportPaper? paper = null)
    {
        await using var file = (await _portal.Get<MakeReport>().ExecuteAsync(_portal.Staff, new ReportWish("data-quality", new ReportFilter(), paper), ReportFormats.Pdf, default)).Value;
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes);
        using var pdf = PdfDocument.Open(bytes.ToArray());
        return (int)pdf.GetPage(1).Width;
    }
}
