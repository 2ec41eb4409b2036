using Bunit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

public sealed class PackageReviewPageTests : StaffPageTest
{
    [Fact]
    public async Task A_comment_is_withheld_the_review_confirmed_and_the_visit_is_one_look()
    {
        var id = await VerifiedAsync("Walter from next door called too");
        await SignInAsync(RoleBundle.ComplianceOfficer);
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo(Paths.PackageReview(id, PackageSection.Comments));
        var page = Render<PackageReviewPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForAssertion(() => Assert.Contains("Walter from next door called too", page.FindComponent<ReviewTextsPanel>().Markup, StringComparison.Ordinal));

        var panel = page.FindComponent<ReviewTextsPanel>();
        await panel.FindAll("button").Single(b => b.TextContent.Trim() == "Withhold").ClickAsync(new());
        var form = panel.FindComponent<WithholdForm>();
        Text(form, "Words to withhold").Input("Walter");
        Text(form, "Why").Input("A neighbour");
        await form.FindAll("button").Single(b => b.TextContent.Trim() == "Withhold it").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("[withheld: rights of others", panel.Markup, StringComparison.Ordinal));
        page.FindComponents<MudCheckBox<bool>>().Single().Find("input").Change(true);
        await page.FindAll("button").Single(b => b.TextContent.Trim() == "Confirm the review").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Confirmed by", page.Markup, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == OpenPackageReview.Viewed));
        Assert.NotNull((await db.PackageReviews.SingleAsync()).ConfirmedAt);
    }

    [Fact]
    public async Task The_page_of_the_request_offers_the_package_only_after_its_review()
    {
        var id = await VerifiedAsync(null);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));

        page.WaitForAssertion(() => Assert.Contains("Review it first.", page.Markup, StringComparison.Ordinal));
        Assert.Contains(page.FindAll("a"), a => a.GetAttribute("href") == Paths.PackageReview(id));
        Assert.DoesNotContain(page.FindAll("a"), a => a.GetAttribute("href") == Paths.AccessPackage(id));
        var preview = (await Get<OpenPackageReview>().ExecuteAsync(Everybody, id, default)).Value;
        await Get<ConfirmPackageReview>().ExecuteAsync(Everybody, id, preview.CollectedAt, default);
        var again = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));

        again.WaitForAssertion(() => Assert.Contains(again.FindAll("a"), a => a.GetAttribute("href") == Paths.AccessPackage(id)));
    }

    [Fact]
    public async Task There_is_nothing_to_review_for_a_request_that_was_not_verified()
    {
        var id = await ReceiveAsync(null);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PackageReviewPage>(parameters => parameters.Add(p => p.Id, id.Value));

        page.WaitForAssertion(() => Assert.Contains("Verify the person's identity first", System.Net.WebUtility.HtmlDecode(page.Markup), StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Text(IRenderedComponent<WithholdForm> form, string label) =>
        form.FindComponents<MudTextField<string>>().Single(t => t.Instance.Label!.StartsWith(label, StringComparison.Ordinal)).Find("input");

    private async Task<PrivacyRequestId> VerifiedAsync(string? note)
    {
        var id = await ReceiveAsync(note);
        Assert.Null((await Get<VerifyRequester>().ExecuteAsync(Everybody, id, VerifyRequester.Ways[0], null, default)).Failure);
        return id;
    }

    private async Task<PrivacyRequestId> ReceiveAsync(string? note) => (await Get<OpenPrivacyRequest>().ExecuteAsync(
        Everybody, new NewPrivacyRequest(await AddPersonAsync(), PrivacyRequestKind.Access, null, "Phone", TimeProvider.System.GetUtcNow(), note), default)).Value;
}
