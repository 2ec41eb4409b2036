using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Suppressions;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features.Suppressions;

public sealed class SuppressionsPageTests : StaffPageTest
{
    [Fact]
    public async Task A_number_that_is_looked_up_stands_in_the_address_only_as_its_hash()
    {
        await ListAsync("+12125552368");
        await ListAsync("+12125552369");
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<SuppressionsPage>();
        page.WaitForAssertion(() => Assert.Contains("2 entries in force", page.Markup, StringComparison.Ordinal));

        await page.Find("input[aria-label='Look up a full number']").InputAsync(new ChangeEventArgs { Value = "+1 212 555 2368" });

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        var address = Get<NavigationManager>().Uri;
        Assert.Contains("number=", address, StringComparison.Ordinal);
        Assert.DoesNotContain("2368", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_listed_by_mistake_is_taken_back_with_a_reason()
    {
        await ListAsync("+12125552368");
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<SuppressionsPage>();

        await page.WaitForElement("tbody button").ClickAsync(new());
        Assert.True(page.WaitForElement("aside .reasoned button").HasAttribute("disabled"));
        await page.Find("aside input").InputAsync(new ChangeEventArgs { Value = "The wrong number" });
        await page.WaitForElement("aside .reasoned button:not([disabled])").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("0 entries in force", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_auditor_reads_the_list_and_changes_nothing()
    {
        await ListAsync("+12125552368");
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<SuppressionsPage>();

        page.WaitForElement("tbody tr");

        Assert.Empty(page.FindAll("tbody button"));
        Assert.DoesNotContain("Add numbers", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_come_back_from_their_address_and_nonsense_is_left_out()
    {
        var filters = new SuppressionFilters("ab12", SuppressionScope.Purpose, SuppressionSource.Carrier, IsInForce: false, Before: 7);

        Assert.Equal(filters, SuppressionFilters.From("https://portal.example" + filters.Address));
        Assert.Equal(new SuppressionFilters(), SuppressionFilters.From("https://portal.example/suppressions?scope=7&source=none&state=maybe&before=x"));
    }

    private async Task ListAsync(string e164) =>
        await Get<AddSuppression>().ExecuteAsync(Everybody, new PhoneNumber(e164, "US"), SuppressionReach.Everything, "Asked at the counter", default);
}
