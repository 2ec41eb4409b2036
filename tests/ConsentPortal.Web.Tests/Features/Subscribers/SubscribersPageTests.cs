using Bunit;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class SubscribersPageTests : StaffPageTest
{
    [Fact]
    public async Task The_list_shows_whom_the_filters_of_its_address_mean()
    {
        await AddPersonAsync("+12125552368", "US", "Ada", source: "Store");
        await AddPersonAsync("+4915112345678", "DE", "Mia", source: "Import");
        await SignInAsync(RoleBundle.SupportAgent);
        Get<NavigationManager>().NavigateTo("/subscribers?country=DE");

        var page = Render<SubscribersPage>();

        page.WaitForAssertion(() => Assert.Equal("+49 1511 ••• 5678", Assert.Single(page.FindAll("[data-testid=phone]")).TextContent));
        Assert.Contains(page.FindAll(".active a"), chip => chip.TextContent.Contains("Germany", StringComparison.Ordinal) && chip.GetAttribute("href") == "/subscribers");
    }

    [Fact]
    public async Task A_search_arrives_in_the_history_entry_and_goes_on_under_other_filters()
    {
        await AddPersonAsync("+12125552368", "US", "Ada");
        await AddPersonAsync("+12125552369", "US", "Mia");
        await SignInAsync(RoleBundle.SupportAgent);
        var navigation = Get<NavigationManager>();
        navigation.NavigateTo("/subscribers", new NavigationOptions { HistoryEntryState = "+12125552369" });

        var page = Render<SubscribersPage>();
        page.WaitForAssertion(() => Assert.EndsWith("2369", Assert.Single(page.FindAll("[data-testid=phone]")).TextContent, StringComparison.Ordinal));
        navigation.NavigateTo("/subscribers?source=Import");

        page.WaitForAssertion(() => Assert.Contains("Nobody matches", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("2369", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspect_numbers_are_found_by_a_filter_and_looked_up_for_a_cost_that_is_said()
    {
        var suspect = await AddPersonAsync("+12125552368", "US", "Ada");
        await AddPersonAsync("+12125552369", "US", "Mia");
        await Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == suspect).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect)), default);
        await SignInAsync(RoleBundle.SupportAgent);
        Get<NavigationManager>().NavigateTo("/subscribers?number=suspect");

        var page = Render<SubscribersPage>();

        page.WaitForAssertion(() => Assert.Contains("about € 0.03 for this one, at most 200 at once", page.Find("[aria-label='Suspect numbers']").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("2368", Assert.Single(page.FindAll("[data-testid=phone]")).TextContent, StringComparison.Ordinal);
        await page.FindAll("button").Single(b => b.TextContent.Trim() == "Look up 1 number").ClickAsync(new());

        // There is no account here, so nobody was asked.
        page.WaitForAssertion(() => Assert.Contains("no account at the provider", page.Find("[aria-label='Suspect numbers']").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_reads_sees_suspect_numbers_and_no_way_to_look_them_up()
    {
        var suspect = await AddPersonAsync();
        await Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == suspect).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect)), default);
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/subscribers?number=suspect");

        var page = Render<SubscribersPage>();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("[data-testid=phone]")));
        Assert.Empty(page.FindAll("[aria-label='Suspect numbers']"));
    }

    [Fact]
    public async Task Nobody_who_only_reads_is_offered_to_add_somebody()
    {
        await SignInAsync(RoleBundle.Auditor);

        var page = Render<SubscribersPage>();

        page.WaitForAssertion(() => Assert.Contains("No subscribers yet", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("/subscribers/add", page.Markup, StringComparison.Ordinal);
    }
}
