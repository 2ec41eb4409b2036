using System.Net;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Tests.Account;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

public sealed class AttachmentEndpointTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task A_file_leaves_as_a_download_that_no_browser_guesses_about_and_only_for_a_reason()
    {
        var (id, file) = await AttachedAsync("+12125552368");
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);

        var without = await OpenAsync(browser, id, file, "");
        var mail = await OpenAsync(browser, id, file, "Answering it");

        Assert.Equal(HttpStatusCode.Conflict, without.Status);
        Assert.Equal(HttpStatusCode.OK, mail.Status);
        Assert.Contains("<script>", mail.Html, StringComparison.Ordinal);
        Assert.Equal(("message/rfc822", "attachment"), (mail.ContentHeaders.ContentType!.MediaType, mail.ContentHeaders.ContentDisposition!.DispositionType));
        Assert.Equal("nosniff", Assert.Single(mail.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(mail.Headers.CacheControl!.NoStore);
        var text = id.ToString();
        await using var db = staff.Portal.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == OpenAttachment.Opened && e.ObjectId == text));
    }

    [Fact]
    public async Task No_other_site_and_nobody_who_only_reads_requests_gets_a_file()
    {
        var (id, file) = await AttachedAsync("+12125552369");
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);
        using var reader = await staff.SignedInAsync(await staff.AddRoleAsync([Permissions.ViewPrivacyRequests]));
        using var stranger = staff.Portal.OpenBrowser();

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Paths.RequestAttachment(id, file), [new("reason", "Answering it")])).Status);
        Assert.StartsWith(Paths.AccessDenied, (await OpenAsync(reader, id, file, "Answering it")).Location, StringComparison.Ordinal);
        Assert.StartsWith(Paths.SignIn, (await stranger.PostAsync(Paths.RequestAttachment(id, file), [new("reason", "Answering it")])).Location, StringComparison.Ordinal);
    }

    private static async Task<Answer> OpenAsync(Browser browser, PrivacyRequestId id, Guid file, string reason)
    {
        var token = (await browser.GetAsync(Paths.Account)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync(Paths.RequestAttachment(id, file), [new("__RequestVerificationToken", token), new("reason", reason)]);
    }

    private async Task<(PrivacyRequestId Id, Guid File)> AttachedAsync(string number)
    {
        var actor = Actor.Job("test");
        var person = (await staff.Portal.Get<AddSubscriber>().ExecuteAsync(
            actor, new NewSubscriber(new PhoneNumber(number, "US"), LineType.Mobile, new SubscriberProfile("Ada", "Okafor", null), "Store"), default)).Value;
        var id = (await staff.Portal.Get<OpenPrivacyRequest>().ExecuteAsync(actor, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Email", TimeProvider.System.GetUtcNow()), default)).Value;
        var mail = EvidenceFile.ReadLetter("mail.eml", [.. "From: ada@example.org\nTo: privacy@aurora.example\n\n<script>alert(1)</script>"u8]).Value;
        Assert.Null((await staff.Portal.Get<AttachToRequest>().ExecuteAsync(actor, id, AttachmentKind.Email, mail, default)).Failure);
        return (id, (await staff.Portal.Get<RequestAttachments>().OfAsync(actor, id, default)).Single().Id);
    }
}
