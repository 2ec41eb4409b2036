using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Consent;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features.Consent;

public sealed class ConsentOverTimePageTests : StaffPageTest
{
    [Fact]
    public async Task The_register_answers_for_the_instant_in_its_address()
    {
        var (purpose, _) = await AgreedAsync(daysAgo: 5);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var before = new RegisterFilters(purpose, TimeProvider.System.GetUtcNow().AddDays(-6));
        Get<NavigationManager>().NavigateTo(before.Address);
        var page = Render<ConsentRegisterPage>();
        page.WaitForAssertion(() => Assert.Contains("Nobody stood so", page.Markup, StringComparison.Ordinal));

        Get<NavigationManager>().NavigateTo((before with { At = TimeProvider.System.GetUtcNow().AddDays(-4) }).Address);

        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".counts a[aria-current] .num").TextContent));
        Assert.Contains("recorded later", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_consent_tab_says_where_the_person_stood_and_what_was_shown_on_that_day()
    {
        var (_, person) = await AgreedAsync(daysAgo: 5);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        Get<NavigationManager>().NavigateTo(Paths.SubscriberAsOf(person, TimeProvider.System.GetUtcNow().AddDays(-2)));

        var page = Render<PersonPage>(parameters => parameters.Add(p => p.Id, person.Value));

        page.WaitForAssertion(() => Assert.Contains("On the day itself the portal showed: no consent.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Granted", page.Find(".purpose header").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Record consent", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_register_is_asked_comes_back_from_its_address()
    {
        var filters = new RegisterFilters(PurposeId.From(Guid.CreateVersion7()), new DateTimeOffset(2026, 5, 3, 12, 0, 0, TimeSpan.Zero), null, SubscriberId.From(Guid.CreateVersion7()));

        Assert.Equal(filters, RegisterFilters.From("https://portal.example" + filters.Address));
        Assert.Equal(ConsentStatus.Granted, RegisterFilters.From("https://portal.example/consent-register?status=3&at=yesterday").Status);
    }

    private async Task<(PurposeId Purpose, SubscriberId Person)> AgreedAsync(int daysAgo)
    {
        var (purpose, wording) = await AddPurposeAsync();
        var person = await AddPersonAsync();
        await Get<RecordConsent>().ExecuteAsync(Everybody, person, new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(), TimeProvider.System.GetUtcNow().AddDays(-daysAgo), IsActOfPerson: true, "Told by the shop"), default);
        return (purpose.Id, person);
    }
}
