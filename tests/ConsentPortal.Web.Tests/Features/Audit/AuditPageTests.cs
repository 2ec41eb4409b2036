using Bunit;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Theme;
using ConsentPortal.Web.Features.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Audit;

public sealed class AuditPageTests : StaffPageTest
{
    [Fact]
    public async Task An_entry_opens_with_what_changed_and_personal_values_stay_sealed()
    {
        var id = await ChangedPersonAsync();
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo($"/audit?subject={id}");
        var page = Render<AuditPage>();

        await page.WaitForElements("button.open").First(b => b.TextContent.Trim() == "Subscriber changed").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("everyweekly", DiffOf(page, "Frequency")));
        Assert.Contains("sealed with the person's key", DiffOf(page, "Profile"), StringComparison.Ordinal);
        Assert.Contains("Moved away", page.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Okafor", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=0001-01-01")]
    [InlineData("to=9999-12-31")]
    public async Task A_day_at_the_end_of_the_calendar_limits_nothing(string days)
    {
        await ChangedPersonAsync();
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo($"/audit?group=subscriber&{days}");

        // Its zone lies before UTC, where the first day would begin before the calendar does.
        var page = Render<AuditPage>(p => p.AddCascadingValue(new BrowserChoices(Dark: false, "Europe/Berlin")));

        Assert.NotEmpty(page.WaitForElements("button.open"));
    }

    [Fact]
    public async Task A_filter_that_is_kept_by_a_double_click_is_kept_once_and_nothing_is_refused()
    {
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?group=campaign");
        var page = Render<AuditPage>();
        page.WaitForElement(".saved form input").Change("Campaigns");

        await page.Find(".saved form").SubmitAsync();
        await page.Find(".saved form").SubmitAsync();

        Assert.Equal(["Campaigns"], page.FindAll(".kept a").Select(kept => kept.TextContent));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task An_assignment_opens_with_the_name_of_who_has_the_request_now()
    {
        var worker = await AddStaffAsync("Noor Haddad", RoleBundle.SupportAgent);
        var received = TimeProvider.System.GetUtcNow().AddHours(-1);
        var id = (await Get<OpenPrivacyRequest>().ExecuteAsync(Everybody, new NewPrivacyRequest(await AddPersonAsync(), PrivacyRequestKind.Access, null, "Phone", received), default)).Value;
        Assert.Null((await Get<AssignRequest>().ExecuteAsync(Everybody, id, worker.Id, default)).Failure);
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?action=request.assigned");
        var page = Render<AuditPage>();

        await page.WaitForElement("button.open").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("Noor Haddad", DiffOf(page, "Assigned to")));
        Assert.Equal("received", DiffOf(page, "Status"));
    }

    [Fact]
    public async Task An_entry_about_texts_says_what_became_of_which_and_all_of_them_can_be_left_out()
    {
        var after = new Dictionary<string, object?> { ["count"] = 3, ["texts"] = new[] { "deferred, QuietHours, US-09: 4713", "sending, attempt 1: 4711,4712" } };
        await Database.WriteAsync(db => { db.Audit(Actor.Job("dispatcher"), DateTimeOffset.UnixEpoch, new AuditFact("texts.decided", "texts", "4711..4713", After: after)); return Task.CompletedTask; }, default);
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?group=texts");
        var page = Render<AuditPage>();

        await page.WaitForElement("button.open").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("4711, 4712", DiffOf(page, "Sending, attempt 1")));
        Assert.Equal("4713", DiffOf(page, "Deferred, QuietHours, US-09"));

        Get<NavigationManager>().NavigateTo("/audit");
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button.open"), b => b.TextContent.Trim() == "Texts decided"));
        Get<NavigationManager>().NavigateTo(page.FindAll(".saved a").First(a => a.TextContent == "Leave out the send ledger").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.DoesNotContain(page.FindAll("button.open"), b => b.TextContent.Trim() == "Texts decided"));
        Assert.EndsWith("/audit?texts=no", Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_typed_becomes_the_id_of_its_person_in_the_address()
    {
        var id = await AddPersonAsync("+12125552368");
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<AuditPage>();

        await page.WaitForElement("input[placeholder^='About a number']").InputAsync("+1 212 555 2368");

        page.WaitForAssertion(() => Assert.EndsWith($"/audit?subject={id}", Get<NavigationManager>().Uri, StringComparison.Ordinal), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("subscriber.changed", "/audit?action=subscriber.changed")]
    [InlineData("subscriber.", "/audit?group=subscriber")]
    [InlineData("0123456789abcdef0123456789abcdef", "/audit?request=0123456789abcdef0123456789abcdef")]
    [InlineData("01999999-0000-7000-8000-000000000001", "/audit?object=01999999-0000-7000-8000-000000000001")]
    [InlineData("moved case", "/audit?words=moved%20case")]
    public async Task What_is_typed_is_looked_up_as_what_it_is(string typed, string address)
    {
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<AuditPage>();

        await page.WaitForElement("input[placeholder^='Id, action']").ChangeAsync(typed);

        page.WaitForAssertion(() => Assert.EndsWith(address, Get<NavigationManager>().Uri, StringComparison.Ordinal), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Words_of_a_reason_find_its_entry_and_stand_as_a_filter_that_can_be_removed()
    {
        await ChangedPersonAsync();
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?words=away%20MOVED");
        var page = Render<AuditPage>();

        page.WaitForAssertion(() => Assert.Contains("Subscriber changed", Assert.Single(page.FindAll("button.open")).TextContent, StringComparison.Ordinal));
        Assert.Equal("/audit", page.Find("ul.active a").GetAttribute("href"));
        await page.Find("button.open").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("ResultDone", string.Concat(page.Find("aside dl").TextContent.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_refused_says_so_in_its_row()
    {
        await Database.WriteAsync(db => { db.Audit(Everybody, DateTimeOffset.UnixEpoch, new AuditFact("request.denied", "request", "1")); return Task.CompletedTask; }, default);
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?action=request.denied");
        var page = Render<AuditPage>();

        page.WaitForAssertion(() => Assert.Contains("Refused or failed", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_the_trail_is_itself_kept_once_for_a_visit()
    {
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<AuditPage>();
        page.WaitForElement("table");
        Get<NavigationManager>().NavigateTo("/audit?group=audit");
        page.WaitForAssertion(() => Assert.Contains("Audit viewed", Assert.Single(page.FindAll("button.open")).TextContent, StringComparison.Ordinal));

        await using var db = Database.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == "audit.viewed"));
    }

    [Fact]
    public async Task A_click_verifies_the_sealed_log_and_says_what_was_touched()
    {
        await AddPersonAsync();
        await Get<AuditSealer>().SealOnceAsync(default);
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<AuditPage>();
        page.WaitForElement("table");

        await Verify(page).ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Verified: 1 sealed entry is", page.Find("section[role=status]").TextContent, StringComparison.Ordinal));
        await using (var db = Database.Open())
            await db.AuditEntries.Where(e => e.LeafIndex == 0).ExecuteUpdateAsync(e => e.SetProperty(x => x.Leaf, "{}"u8.ToArray()));
        await Verify(page).ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Entry 0 was changed after it was sealed.", page.Find("section[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_that_is_kept_stands_under_its_name_the_next_time()
    {
        await AddPersonAsync();
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?group=subscriber");
        var page = Render<AuditPage>();

        page.WaitForElement(".saved input").Change("People");
        await page.Find(".saved form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("/audit?group=subscriber", page.Find(".saved .kept a").GetAttribute("href")));
        Assert.Equal("People", Render<AuditPage>().WaitForElement(".saved .kept a").TextContent);
    }

    [Fact]
    public async Task Older_and_newer_entries_are_one_link_apart()
    {
        for (var i = 0; i < 60; i++)
            await Database.WriteAsync(db => { db.Audit(Everybody, DateTimeOffset.UnixEpoch.AddMinutes(i), new AuditFact("segment.changed", "segment", "1")); return Task.CompletedTask; }, default);
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo("/audit?group=segment");
        var page = Render<AuditPage>();
        var older = page.WaitForElement("a[rel=next]").GetAttribute("href")!;
        Assert.Empty(page.FindAll("a[rel=prev]"));

        Get<NavigationManager>().NavigateTo(older);

        page.WaitForAssertion(() => Assert.Equal(10, page.FindAll("button.open").Count));
        Get<NavigationManager>().NavigateTo(page.Find("a[rel=prev]").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll("button.open").Count));
    }

    [Theory]
    [InlineData("breach", "breach.recorded", "Breach", "/breaches/01a21cca-0000-7000-8000-000000000001")]
    [InlineData("hold", "hold.set", "Legal hold", "/retention")]
    [InlineData("apiKey", "apiKey.created", "API key", "/settings/api-keys")]
    public async Task What_an_entry_is_about_is_named_as_one_thing_and_leads_to_its_page(string kind, string action, string words, string href)
    {
        await Database.WriteAsync(db => { db.Audit(Everybody, DateTimeOffset.UnixEpoch, new AuditFact(action, kind, "01a21cca-0000-7000-8000-000000000001")); return Task.CompletedTask; }, default);
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo($"/audit?kind={kind}");
        var page = Render<AuditPage>();

        var link = page.WaitForElement("td a.code");

        Assert.Equal(href, link.GetAttribute("href"));
        Assert.Equal(words, link.ParentElement!.QuerySelector("span")!.TextContent);
    }

    private static AngleSharp.Dom.IElement Verify(IRenderedComponent<AuditPage> page) => page.FindAll("button").First(b => b.TextContent.Trim() == "Verify");

    private static string DiffOf(IRenderedComponent<AuditPage> page, string field)
    {
        var row = page.FindAll("aside .diff > div").First(d => d.QuerySelector("dt")!.TextContent == field).QuerySelector("dd")!;
        return string.Concat(row.QuerySelectorAll("del, ins, span:not(.arrow)").Select(part => part.TextContent.Trim()));
    }

    private async Task<SubscriberId> ChangedPersonAsync()
    {
        var id = await AddPersonAsync();
        var person = (await Get<SubscriberDetail>().GetAsync(Everybody, id, default)).Value;
        var edit = new SubscriberEdit(person.Version, person.Profile, "en", "US", "CA", null, FrequencyPreference.Weekly, null, "Moved away, case 12");
        Assert.True((await Get<EditSubscriber>().ExecuteAsync(Everybody, id, edit, default)).IsSuccess);
        return id;
    }
}
