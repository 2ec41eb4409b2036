using System.Net;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Tests.Account;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class EvidenceEndpointTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task A_paper_leaves_as_a_download_that_no_browser_guesses_about_and_only_for_a_reason()
    {
        var (id, scan) = await SignedAsync("+12125552368");
        using var browser = await staff.SignedInAsync(RoleBundle.SupportAgent);

        var without = await OpenAsync(browser, id, scan.Hash, "");
        var paper = await OpenAsync(browser, id, scan.Hash, "Complaint, case 12");

        Assert.Equal(HttpStatusCode.Conflict, without.Status);
        Assert.Equal((HttpStatusCode.OK, "%PDF-1.7 signed"), (paper.Status, paper.Html));
        Assert.Equal(("application/pdf", "attachment"), (paper.ContentHeaders.ContentType!.MediaType, paper.ContentHeaders.ContentDisposition!.DispositionType));
        Assert.Equal("nosniff", Assert.Single(paper.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(paper.Headers.CacheControl!.NoStore);
        await using var db = staff.Portal.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == OpenEvidence.Opened && e.SubscriberId == id));
    }

    [Fact]
    public async Task No_other_site_and_nobody_without_the_permission_gets_a_paper()
    {
        var (id, scan) = await SignedAsync("+12125552369");
        using var browser = await staff.SignedInAsync(RoleBundle.SupportAgent);
        using var other = await staff.SignedInAsync(await staff.AddRoleAsync([Permissions.ViewCampaigns]));
        using var stranger = staff.Portal.OpenBrowser();

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Paths.Evidence(id, scan.Hash), [new("reason", "Complaint, case 12")])).Status);
        Assert.StartsWith(Paths.AccessDenied, (await OpenAsync(other, id, scan.Hash, "Complaint, case 12")).Location, StringComparison.Ordinal);
        Assert.StartsWith(Paths.SignIn, (await stranger.PostAsync(Paths.Evidence(id, scan.Hash), [new("reason", "Complaint, case 12")])).Location, StringComparison.Ordinal);
    }

    private static async Task<Answer> OpenAsync(Browser browser, SubscriberId id, string hash, string reason)
    {
        var token = (await browser.GetAsync(Paths.Account)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync(Paths.Evidence(id, hash), [new("__RequestVerificationToken", token), new("reason", reason)]);
    }

    private async Task<(SubscriberId Id, EvidenceFile Scan)> SignedAsync(string number)
    {
        var actor = Actor.Job("test");
        var id = (await staff.Portal.Get<AddSubscriber>().ExecuteAsync(
            actor, new NewSubscriber(new PhoneNumber(number, "US"), LineType.Mobile, new SubscriberProfile("Ada", "Okafor", null), "Store"), default)).Value;
        var scan = EvidenceFile.Read("card.pdf", [.. "%PDF-1.7 signed"u8]).Value;
        await using var db = staff.Portal.Open();
        var wording = await db.Wordings.FirstAsync(w => w.RetiredAt == null);
        var recorded = await staff.Portal.Get<RecordConsent>().ExecuteAsync(actor, id, new GivenConsent(
            wording.PurposeId, wording.Id, ConsentChannel.Paper, ConsentLevel.ExpressWritten, new ConsentEvidence(), TimeProvider.System.GetUtcNow(), true, "Signed in the shop", Document: scan), default);
        Assert.Null(recorded.Failure);
        return (id, scan);
    }
}
