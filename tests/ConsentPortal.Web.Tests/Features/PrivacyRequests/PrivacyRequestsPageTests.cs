using AngleSharp.Dom;
using Bunit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.PrivacyRequests;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

public sealed class PrivacyRequestsPageTests : StaffPageTest
{
    [Fact]
    public async Task Every_filter_of_the_address_is_a_chip_that_leads_to_the_list_without_it()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Show("?country=us&state=CA&kind=erasure&regime=ccpa&source=Letter&worker=none&from=2026-01-01&to=2026-02-01&dueby=2026-03-01&unverified=true&twice=true&overdue=true");

        page.WaitForElement(".active");

        Assert.Equal(
            ["Kind Erasure", "Law CCPA", "Country United States", "State CA", "Came by Letter", "Works on it nobody yet", "Due overdue", "Due by 1 Mar 2026", "Received from 1 Jan 2026", "Received to 1 Feb 2026", "Identity unverified", "Asked twice"],
            page.FindAll(".active a:not(.clear)").Select(a => a.TextContent.Trim()));
        Assert.DoesNotContain("state=", page.FindAll(".active a").Single(a => a.TextContent.StartsWith("Country ", StringComparison.Ordinal)).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("country=US", page.FindAll(".active a").Single(a => a.TextContent.StartsWith("State ", StringComparison.Ordinal)).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("No request matches", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_searched_for_stands_in_no_address()
    {
        await ReceiveAsync(await AddPersonAsync());
        await ReceiveAsync(await AddPersonAsync("+12125552399", first: "Ben", last: "Quill"));
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Show();
        page.WaitForElement("tbody tr");

        page.FindComponents<MudTextField<string>>().Single().Find("input").Input("Quill");
        page.WaitForAssertion(() => Assert.Equal(["DSR-2"], Numbers(page)), TimeSpan.FromSeconds(5));

        Assert.DoesNotContain("Quill", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_the_filtered_set_can_be_selected_and_what_was_refused_is_named_and_stays_selected()
    {
        var (first, second) = (await ReceiveAsync(await AddPersonAsync()), await ReceiveAsync(await AddPersonAsync("+5511912345678", "BR", "Ben", "Quill")));
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Show();
        page.WaitForElement("tbody tr");

        page.Find("input[aria-label='Select DSR-1']").Change(true);
        Assert.Contains("1 request selected", page.FindComponent<BulkPanel>().Markup, StringComparison.Ordinal);
        await Button(page, "Select all 2").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("2 requests selected", page.FindComponent<BulkPanel>().Markup, StringComparison.Ordinal));
        await Button(page, "Take more time").ClickAsync(new());
        page.FindComponent<BulkPanel>().Find("textarea").Input("So many requests came in");
        await Button(page, "Keep the letters about more time").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("1 request gets more time once the letter is sent", page.FindComponent<BulkPanel>().Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal(["DSR-2"], page.FindComponent<BulkPanel>().FindAll(".outcome a").Select(a => a.TextContent));
        Assert.Equal(["Select DSR-2"], page.FindAll("tbody input:checked").Select(i => i.GetAttribute("aria-label")!));
        await using var db = Database.Open();
        Assert.True(await IsWrittenToAsync(first));
        Assert.False(await IsWrittenToAsync(second));

        Task<bool> IsWrittenToAsync(PrivacyRequestId id) => db.PrivacyRequestLetters.AnyAsync(l => l.RequestId == id && l.Kind == LetterKind.Extension && l.SentOn == null);
    }

    [Fact]
    public async Task A_change_of_filter_selects_nothing_that_is_out_of_sight()
    {
        await ReceiveAsync(await AddPersonAsync());
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Show();
        page.WaitForElement("tbody tr");
        page.Find("input[aria-label='Select DSR-1']").Change(true);

        Services.GetRequiredService<NavigationManager>().NavigateTo($"{Paths.PrivacyRequests}?kind=erasure");

        page.WaitForAssertion(() => Assert.Contains("No request matches", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("selected", page.FindComponent<BulkPanel>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_only_reads_requests_selects_none()
    {
        await ReceiveAsync(await AddPersonAsync());
        await SignInAsync(RoleBundle.Auditor);
        var page = Show();
        page.WaitForElement("tbody tr");

        Assert.Empty(page.FindAll("input[type=checkbox]"));
        Assert.Empty(page.FindComponents<BulkPanel>());
    }

    private static IEnumerable<string> Numbers(IRenderedComponent<PrivacyRequestsPage> page) => page.FindAll("tbody a.num").Select(a => a.TextContent);

    private static IElement Button(IRenderedComponent<PrivacyRequestsPage> page, string text) => page.FindAll("button").Single(b => b.TextContent.Trim() == text);

    private IRenderedComponent<PrivacyRequestsPage> Show(string filters = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(Paths.PrivacyRequests + filters);
        return Render<PrivacyRequestsPage>();
    }

    private async Task<PrivacyRequestId> ReceiveAsync(SubscriberId person) => (await Get<OpenPrivacyRequest>().ExecuteAsync(
        Everybody, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Phone", TimeProvider.System.GetUtcNow()), default)).Value;
}
