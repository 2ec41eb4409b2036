using Bunit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.PrivacyRequests;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

/// <summary>A request of somebody who has no record, as a member of staff works on it.</summary>
public sealed class UnrecordedRequestPageTests : StaffPageTest
{
    private const string Number = "+12125552368";

    [Fact]
    public async Task A_number_that_nobody_has_can_be_entered_without_a_record()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<NewPrivacyRequestPage>();
        await FindAsync(page, "0100");
        page.WaitForAssertion(() => Assert.Contains("Type the whole number", page.Markup, StringComparison.Ordinal));

        await FindAsync(page, Number);
        page.WaitForAssertion(() => Assert.Contains("without a record", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("5552368", page.Find(".panel").TextContent, StringComparison.Ordinal);
        await page.FindAll("button").Single(b => b.TextContent.Contains("without a record", StringComparison.Ordinal)).ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("No record for this number", page.Markup, StringComparison.Ordinal));
        await Button(page, "Add the request").ClickAsync(new());

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Contains("/privacy-requests/", navigation.Uri, StringComparison.Ordinal));
        await using var db = Database.Open();
        var request = await db.PrivacyRequests.SingleAsync();
        Assert.Equal((null, PrivacyRegime.Ccpa, "Phone"), (request.SubscriberId, request.Regime, request.Source));
    }

    [Fact]
    public async Task A_number_that_cannot_be_one_says_what_is_wrong_with_it()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<NewPrivacyRequestPage>();

        await FindAsync(page, "+49 30 123456789012345678");

        var why = PhoneNumber.Parse("+49 30 123456789012345678", null).Failure!.Message;
        page.WaitForAssertion(() => Assert.Contains(why, page.Find(".panel").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Type the whole number", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_page_leads_from_a_witness_and_a_search_to_the_answer_and_offers_no_code()
    {
        var id = await OpenAsync(PrivacyRequestKind.Access);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForAssertion(() => Assert.Contains("No record for this number", page.Markup, StringComparison.Ordinal));
        Assert.Contains("No code can be texted", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Text a code to the number", page.Markup, StringComparison.Ordinal);
        Assert.True(Button(page, "Answer that nothing is held").HasAttribute("disabled"));

        var panel = page.FindComponent<UnrecordedStepPanel>();
        await panel.InvokeAsync(() => panel.FindComponent<MudSelect<string>>().Instance.ValueChanged.InvokeAsync(IdentityTable.WaysWithoutRecord[0].Name));
        panel.FindComponents<MudTextField<string>>().Single(t => t.Instance.Label!.StartsWith("What you saw", StringComparison.Ordinal)).Find("input").Input("Passport, at the counter");
        await Button(page, "Mark as verified").ClickAsync(new());
        page.WaitForAssertion(() => Assert.DoesNotContain("Mark as verified", page.Markup, StringComparison.Ordinal));
        await Button(page, "Search for the number").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("no record has this number, nor had one before", page.Markup, StringComparison.Ordinal));
        await Button(page, "Answer that nothing is held").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Answer to be sent", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Write the person that nothing is held", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_has_come_into_being_is_offered_and_the_request_goes_on_there()
    {
        var id = await OpenAsync(PrivacyRequestKind.Objection);
        var person = await AddPersonAsync(Number);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForAssertion(() => Assert.Contains("A record has this number by now", page.Markup, StringComparison.Ordinal));
        Assert.Contains("do-not-text list", page.FindComponent<UnrecordedStepPanel>().Markup, StringComparison.Ordinal);

        await Button(page, "Join the request to it").ClickAsync(new());

        page.WaitForAssertion(() => Assert.DoesNotContain("No record for this number", page.Markup, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal(person, (await db.PrivacyRequests.SingleAsync()).SubscriberId);
    }

    [Fact]
    public async Task The_queue_names_it_and_can_be_narrowed_to_it()
    {
        await OpenAsync(PrivacyRequestKind.Access);
        await Get<OpenPrivacyRequest>().ExecuteAsync(Everybody, new NewPrivacyRequest(await AddPersonAsync("+12125550177"), PrivacyRequestKind.Access, null, "Phone", TimeProvider.System.GetUtcNow()), default);
        await SignInAsync(RoleBundle.ComplianceOfficer);

        var page = Render<PrivacyRequestsPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.Single(page.FindAll("tbody tr"), row => row.TextContent.Contains("No record for this number", StringComparison.Ordinal));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/privacy-requests?norecord=true");

        page.WaitForAssertion(() => Assert.Contains("DSR-1", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
    }

    private static async Task FindAsync(IRenderedComponent<NewPrivacyRequestPage> page, string search)
    {
        var picker = page.FindComponent<PersonPicker>();
        picker.Find("input").Input(search);
        await picker.FindAll("button").Single(b => b.TextContent.Trim() == "Find").ClickAsync(new());
    }

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> page, string text) where T : IComponent => page.FindAll("button").Single(b => b.TextContent.Trim() == text);

    private async Task<PrivacyRequestId> OpenAsync(PrivacyRequestKind kind) =>
        (await Get<OpenUnrecordedRequest>().ExecuteAsync(Everybody, new NewUnrecordedRequest(new PhoneNumber(Number, "US"), kind, null, "Phone", TimeProvider.System.GetUtcNow()), default)).Value;
}
