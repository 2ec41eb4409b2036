using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class PersonPageTests : StaffPageTest
{
    [Fact]
    public async Task The_number_is_shown_only_after_a_reason_and_the_reason_is_kept()
    {
        var id = await AddPersonAsync("+12125552368");
        await SignInAsync(RoleBundle.SupportAgent);
        var dialogs = Render<MudDialogProvider>();
        var page = Open(id);

        // Ends only with the dialog.
        var asking = page.WaitForElement("button[aria-label^='Reveal']").ClickAsync(new());
        Assert.DoesNotContain("+12125552368", page.Markup, StringComparison.Ordinal);
        var reveal = dialogs.WaitForElement(".mud-dialog-actions button:last-child");
        Assert.True(reveal.HasAttribute("disabled"));
        await dialogs.FindComponents<MudRadio<string>>()[0].Find("input").ClickAsync(new());
        await dialogs.Find(".mud-dialog-actions button:last-child").ClickAsync(new());
        await asking;

        page.WaitForAssertion(() => Assert.Equal("+12125552368", page.Find("[data-testid=phone]").TextContent));
        await using var db = Database.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == RevealNumber.Revealed && e.SubscriberId == id));
    }

    [Fact]
    public async Task A_visit_leaves_one_entry_whatever_tabs_are_looked_at()
    {
        var id = await AddPersonAsync();
        await SignInAsync(RoleBundle.Auditor);
        var page = Open(id);
        foreach (var tab in PersonTabs.All)
        {
            Get<NavigationManager>().NavigateTo($"/subscribers/{id}?tab={tab.Name}");
            page.WaitForAssertion(() => Assert.Equal(tab.Text, page.Find("nav [aria-current=page]").TextContent.Trim()));
        }

        await using var db = Database.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == OpenSubscriber.Viewed && e.SubscriberId == id));
    }

    [Fact]
    public async Task Who_may_not_see_segments_has_no_tab_for_them()
    {
        var id = await AddPersonAsync();
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Open(id);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("nav a[href*='tab=timeline']")));
        Assert.Empty(page.FindAll("nav a[href*='tab=segments']"));
    }

    [Fact]
    public async Task Consent_stands_with_its_exact_words_and_can_be_withdrawn_for_a_reason()
    {
        var id = await AddPersonAsync();
        var (purpose, wording) = await AddPurposeAsync();
        await Get<RecordConsent>().ExecuteAsync(Everybody, id, new GivenConsent(purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten,
            new ConsentEvidence(FormUrl: "https://aurora.example/join"), TimeProvider.System.GetUtcNow(), IsActOfPerson: true, "Ticked on the web form"), default);
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Open(id);
        page.WaitForAssertion(() => Assert.Equal(wording.Text, page.Find("blockquote").TextContent));

        await Button(page, "Withdraw consent").ClickAsync(new());
        Assert.True(Button(page, "Stop every text").HasAttribute("disabled"));
        await page.FindComponent<WithdrawConsentForm>().Find("input[type=text]:not([readonly])").InputAsync("Asked on the phone, case 17");
        page.WaitForAssertion(() => Assert.False(Button(page, "Stop every text").HasAttribute("disabled")));
        await Button(page, "Stop every text").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Withdrawn", page.Find("section[aria-label=Offers] .chip").TextContent, StringComparison.Ordinal));
        Assert.Contains("Every text stopped", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_sees_no_way_to_change_or_reveal_anything()
    {
        var id = await AddPersonAsync();
        await AddPurposeAsync();
        await SignInAsync(RoleBundle.Auditor);

        var page = Open(id);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("section[aria-label=Offers]")));
        Assert.Empty(page.FindAll("button[aria-label^='Reveal']"));
        Assert.DoesNotContain("Record consent", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain($"/subscribers/{id}/edit", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restriction_is_lifted_on_the_tab_of_requests_by_whoever_works_on_them()
    {
        var id = await AddPersonAsync();
        await Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        Get<NavigationManager>().NavigateTo($"/subscribers/{id}?tab={PersonTabs.Requests}");
        var page = Render<PersonPage>(p => p.Add(c => c.Id, id.Value));

        page.WaitForAssertion(() => Assert.True(Button(page, "Lift the restriction").HasAttribute("disabled")));
        var form = page.FindComponent<PersonRestriction>();
        await form.FindComponent<MudDatePicker>().InvokeAsync(() => form.FindComponent<MudDatePicker>().Instance.DateChanged.InvokeAsync(TimeProvider.System.GetUtcNow().UtcDateTime.Date));
        await form.FindAll("input[type=text]:not([readonly])")[0].InputAsync("By letter");
        await form.FindAll("input[type=text]:not([readonly])")[1].InputAsync("The data were corrected");
        await Button(page, "Lift the restriction").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindComponents<PersonRestriction>()));
        await using var db = Database.Open();
        Assert.False((await db.Subscribers.SingleAsync(s => s.Id == id)).IsRestricted);
    }

    [Fact]
    public async Task A_number_that_failed_again_and_again_is_texted_once_staff_say_why_it_works()
    {
        var id = await AddPersonAsync();
        await Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect)), default);
        await SignInAsync(RoleBundle.SupportAgent);
        Get<NavigationManager>().NavigateTo($"/subscribers/{id}?tab={PersonTabs.Profile}");
        var page = Render<PersonPage>(p => p.Add(c => c.Id, id.Value));

        page.WaitForAssertion(() => Assert.True(Button(page, "Text it again").HasAttribute("disabled")));
        Assert.Contains("marketing waits", page.Markup, StringComparison.Ordinal);
        await page.FindComponent<PersonNumbers>().Find("input[type=text]:not([readonly])").InputAsync("She was on the phone");
        page.WaitForAssertion(() => Assert.False(Button(page, "Text it again").HasAttribute("disabled")));
        await Button(page, "Text it again").ClickAsync(new());

        page.WaitForAssertion(() => Assert.DoesNotContain("marketing waits", page.Markup, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal(NumberState.Usable, (await db.Subscribers.SingleAsync(s => s.Id == id)).NumberState);
    }

    private IRenderedComponent<PersonPage> Open(SubscriberId id)
    {
        Get<NavigationManager>().NavigateTo($"/subscribers/{id}");
        return Render<PersonPage>(p => p.Add(c => c.Id, id.Value));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<PersonPage> page, string text) =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text);
}
