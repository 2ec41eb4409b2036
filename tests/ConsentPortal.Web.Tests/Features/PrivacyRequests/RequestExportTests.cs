using System.Net;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.PrivacyRequests;
using ConsentPortal.Web.Tests.Account;
using ConsentPortal.Web.Tests.Hosting;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

public sealed class RequestExportTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task The_queue_leaves_as_a_file_under_the_filters_of_its_address_and_what_is_searched_for_is_posted()
    {
        await ReceiveAsync("+12125552368", "Okafor", PrivacyRequestKind.Access);
        await ReceiveAsync("+12125552399", "Quill", PrivacyRequestKind.Erasure);
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);

        var erasures = await ExportAsync(browser, new RequestFilters(Kind: PrivacyRequestKind.Erasure, Page: 3).ExportAddress, "");
        var found = await ExportAsync(browser, new RequestFilters().ExportAddress, "Okafor");

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (erasures.Status, erasures.ContentHeaders.ContentType!.MediaType));
        Assert.True(erasures.Headers.CacheControl!.NoStore);
        Assert.Equal("privacy-requests.csv", erasures.ContentHeaders.ContentDisposition!.FileName);
        Assert.Contains("Erasure", erasures.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Access,", erasures.Html, StringComparison.Ordinal);
        Assert.Contains("Access,", found.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Erasure", found.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_other_site_and_nobody_who_may_not_export_gets_the_file()
    {
        using var browser = await staff.SignedInAsync(RoleBundle.ComplianceOfficer);
        using var reader = await staff.SignedInAsync(await staff.AddRoleAsync([Permissions.ViewPrivacyRequests]));

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Paths.PrivacyRequestExport, [new("search", "")])).Status);
        Assert.StartsWith(Paths.AccessDenied, (await ExportAsync(reader, Paths.PrivacyRequestExport, "")).Location, StringComparison.Ordinal);
    }

    private static async Task<Answer> ExportAsync(Browser browser, string address, string search)
    {
        var token = (await browser.GetAsync(Paths.Account)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostAsync(address, [new("__RequestVerificationToken", token), new("search", search)]);
    }

    private async Task ReceiveAsync(string number, string lastName, PrivacyRequestKind kind)
    {
        var actor = Actor.Job("test");
        var person = (await staff.Portal.Get<AddSubscriber>().ExecuteAsync(
            actor, new NewSubscriber(new PhoneNumber(number, "US"), LineType.Mobile, new SubscriberProfile("Ada", lastName, null), "Store"), default)).Value;
        Assert.True((await staff.Portal.Get<OpenPrivacyRequest>().ExecuteAsync(actor, new NewPrivacyRequest(person, kind, null, "Email", TimeProvider.System.GetUtcNow()), default)).IsSuccess);
    }
}
