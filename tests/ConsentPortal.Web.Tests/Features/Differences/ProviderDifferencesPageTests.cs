using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Differences;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features.Differences;

public sealed class ProviderDifferencesPageTests : StaffPageTest
{
    [Fact]
    public async Task A_difference_shows_both_sides_masked_and_is_applied()
    {
        await DifferAsync();
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Render<ProviderDifferencesPage>();

        var row = page.WaitForElement("tbody tr").TextContent;
        Assert.All(["Ada Okafor", "••• 2368", "Provider's list", "Offers"], part => Assert.Contains(part, row, StringComparison.Ordinal));
        Assert.DoesNotContain("5552368", page.Markup, StringComparison.Ordinal);
        await page.FindAll("tbody button")[0].ClickAsync(new());
        await page.WaitForElement("aside .reasoned button").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No difference", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_explanation_needs_words_and_moves_the_difference_to_the_explained_ones()
    {
        await DifferAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<ProviderDifferencesPage>();

        await page.WaitForElements("tbody button")[1].ClickAsync(new());
        Assert.True(page.WaitForElement("aside .reasoned button").HasAttribute("disabled"));
        await page.Find("aside textarea").InputAsync(new ChangeEventArgs { Value = "Support lifts the block" });
        await page.WaitForElement("aside .reasoned button:not([disabled])").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("No difference", page.Markup, StringComparison.Ordinal));
        Get<NavigationManager>().NavigateTo(new DifferenceFilters(IsExplained: true).Address);

        page.WaitForAssertion(() => Assert.Contains("Support lifts the block", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Contains("Carla Mendes", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_reads_and_exports_and_changes_nothing()
    {
        await DifferAsync();
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<ProviderDifferencesPage>();

        page.WaitForElement("tbody tr");

        Assert.Empty(page.FindAll("tbody button"));
        Assert.DoesNotContain("Compare now", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Export", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_come_back_from_their_address_and_nonsense_is_left_out()
    {
        var filters = new DifferenceFilters(ProviderDifference.StoppedHere, IsExplained: true, ProviderEvidence.NotOnList, "+12025550147", Before: 7);

        Assert.Equal(filters, DifferenceFilters.From("https://portal.example" + filters.Address));
        Assert.Equal(new DifferenceFilters(), DifferenceFilters.From("https://portal.example/provider-differences?side=7&state=maybe&evidence=3&before=x"));
    }

    [Fact]
    public async Task Without_an_account_at_the_provider_the_page_says_so_beside_the_button()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<ProviderDifferencesPage>();

        page.WaitForAssertion(() => Assert.Contains("The portal has no account at the provider", page.Find(".reasoned .why").TextContent, StringComparison.Ordinal));
    }

    private async Task DifferAsync()
    {
        var (purpose, wording) = await AddPurposeAsync();
        var person = await AddPersonAsync();
        var now = TimeProvider.System.GetUtcNow();
        await Get<RecordConsent>().ExecuteAsync(Everybody, person, new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(FormUrl: "https://aurora.example/join"), now.AddDays(-1), IsActOfPerson: true, "Ticked on the web form"), default);
        await Database.WriteAsync(
            db => ProviderVerdicts.SayAsync(
                db, [new ProviderSaying(Get<LookupHash>().Phone("+12125552368"), purpose.Sender, ProviderWord.Blocked, ProviderEvidence.List, now)], now, default), default);
        await Get<CompareWithProvider>().CompareAllAsync(default);
    }
}
