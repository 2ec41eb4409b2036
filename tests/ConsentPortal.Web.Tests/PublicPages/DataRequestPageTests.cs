using System.Net;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.PublicPages;

/// <summary>Anybody may ask about data; what comes of it is told to nobody but the number's owner.</summary>
public sealed class DataRequestPageTests(OutsidePortal outside) : IClassFixture<OutsidePortal>
{
    private const string Path = "/data-request";

    private static readonly Actor Officer = Actor.Job("test");

    [Fact]
    public async Task A_known_and_an_unknown_number_get_the_same_answer_and_a_request_each()
    {
        var person = await outside.AddPersonAsync();
        using var browser = outside.OpenBrowser(("Accept-Language", "de"));

        var known = await AskAsync(browser, outside.NumberOf(person), ("Input.Kind", "Erasure"), ("Input.Message", "Bitte bald"));
        var stranger = outside.NewNumber();
        var unknown = await AskAsync(browser, stranger, ("Input.Kind", "Erasure"), ("Input.Message", "Bitte bald"));
        var again = await AskAsync(browser, stranger, ("Input.Kind", "Erasure"), ("Input.Message", "Bitte bald"));

        Assert.Equal((known.Status, known.Location, known.Document.Body!.TextContent), (unknown.Status, unknown.Location, unknown.Document.Body!.TextContent));
        Assert.Equal((known.Status, known.Location, known.Document.Body!.TextContent), (again.Status, again.Location, again.Document.Body!.TextContent));
        Assert.StartsWith(Path + "/sent", known.Location, StringComparison.Ordinal);
        await using var db = outside.Portal.Open();
        var request = await db.PrivacyRequests.SingleAsync(r => r.SubscriberId == person.Id);
        Assert.Equal((PrivacyRequestKind.Erasure, PrivacyRequestStatus.Received, null), (request.Kind, request.Status, request.NumberProvenAt));
        Assert.Equal("Bitte bald", (await db.PrivacyRequestEntries.SingleAsync(e => e.RequestId == request.Id && e.Kind == RequestEntryKinds.Message)).Text);
        var hash = outside.Portal.Get<LookupHash>().Phone(stranger);
        var number = await db.UnrecordedNumbers.SingleAsync(n => n.PhoneHash == hash);
        Assert.Equal("de", number.Language);
        var without = await db.PrivacyRequests.SingleAsync(r => r.Id == number.RequestId);
        Assert.Equal((null, request.Status, request.Source), (without.SubscriberId, without.Status, without.Source));
    }

    [Fact]
    public async Task A_program_that_fills_in_what_nobody_sees_gets_the_same_answer_and_nothing_happens()
    {
        var person = await outside.AddPersonAsync();
        using var browser = outside.OpenBrowser();

        var answer = await AskAsync(browser, outside.NumberOf(person), ("Input.Website", "https://spam.example"));

        Assert.StartsWith(Path + "/sent", answer.Location, StringComparison.Ordinal);
        await using var db = outside.Portal.Open();
        Assert.False(await db.PrivacyRequests.AnyAsync(r => r.SubscriberId == person.Id));
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var person = await outside.AddPersonAsync();
        using var browser = outside.OpenBrowser();
        await browser.GetAsync(Path);

        var answer = await browser.PostAsync(Path, new Dictionary<string, string> { ["_handler"] = "ask", ["Input.Country"] = "US", ["Input.Phone"] = outside.NumberOf(person) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task A_package_is_handed_out_by_its_link_and_the_code_and_by_nothing_less()
    {
        var person = await outside.AddPersonAsync();
        var id = (await outside.Portal.Get<OpenPrivacyRequest>().ExecuteAsync(Officer, new NewPrivacyRequest(person.Id, PrivacyRequestKind.Access, null, "Phone", TimeProvider.System.GetUtcNow()), default)).Value;
        await outside.Portal.Get<VerifyRequester>().ExecuteAsync(Officer, id, VerifyRequester.Ways[0], null, default);
        var preview = await outside.Portal.Get<OpenPackageReview>().ExecuteAsync(Officer, id, default);
        await outside.Portal.Get<ConfirmPackageReview>().ExecuteAsync(Officer, id, preview.Value.CollectedAt, default);
        var page = "/own-data/" + (await outside.Portal.Get<CopyPackageLink>().ExecuteAsync(Officer, id, default)).Value;
        using var browser = outside.OpenBrowser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page[..^1] + (page[^1] == 'A' ? "B" : "A"))).Status);
        var sent = await browser.SubmitAsync(page, "send");
        var form = sent.Document.QuerySelector("form[action$='data.zip']")!;
        var code = await outside.CodeAsync(person);
        var refused = await browser.SendAsync(page, form, ("code", code == "123456" ? "654321" : "123456"));
        var file = await browser.SendAsync(page, form, ("code", code));

        Assert.EndsWith("said=refused", refused.Location, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (file.Status, file.ContentHeaders.ContentType?.MediaType));
        Assert.Single(await outside.AuditAsync(person.Id), a => a.Action == "request.packageDownloaded");
    }

    private static Task<Answer> AskAsync(Browser browser, string number, params (string Name, string Value)[] more) =>
        browser.SubmitAsync(Path, "ask", [("Input.Country", "US"), ("Input.Phone", number), .. more]);
}
