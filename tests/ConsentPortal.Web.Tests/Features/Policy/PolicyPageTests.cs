using Bunit;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Policy;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features.Policy;

public sealed class PolicyPageTests : StaffPageTest
{
    [Fact]
    public async Task Whoever_may_write_policies_finds_the_way_to_change_the_rules()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);

        Assert.Equal(Paths.ChangePolicy, Render<PolicyPage>().WaitForElement("a[href='/policy/change']").GetAttribute("href"));
    }

    [Fact]
    public async Task A_reader_sees_the_open_draft_and_no_way_to_change_it()
    {
        var version = await DraftAsync(await AuthorAsync());
        await SignInAsync(RoleBundle.Auditor);

        var page = Render<PolicyPage>();
        page.WaitForAssertion(() => Assert.Contains("is a draft by Mara Lindt: Office hours only", page.Find(".open").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("a[href='/policy/change']"));
        var draft = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));
        draft.WaitForAssertion(() => Assert.Contains("More than 3 parts wait for a person.", draft.Markup, StringComparison.Ordinal));
        Assert.Contains("Your role reads the policy and does not change it.", draft.Markup, StringComparison.Ordinal);
        Assert.Empty(draft.FindAll("input[type=number]"));
    }

    [Fact]
    public async Task A_draft_begins_with_a_reason()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<ChangePolicyPage>();
        page.WaitForAssertion(() => Assert.Contains("Say why first.", page.Markup, StringComparison.Ordinal));

        page.Find("textarea").Input("Office hours only");
        page.WaitForAssertion(() => Button(page, "Begin a draft").Click());

        page.WaitForAssertion(() => Assert.EndsWith("/policy/versions/2", Get<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_out_of_range_is_said_beside_the_field_and_not_saved()
    {
        var person = await SignInAsync(RoleBundle.ComplianceOfficer);
        var version = await DraftAsync(ActorOf(person));
        var page = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));

        Field(page, "Parts").Change("300");

        page.WaitForAssertion(() => Assert.Equal("A text has 1 to 255 parts.", page.Find(".refused").TextContent));
        Assert.True(Button(page, "Save draft").HasAttribute("disabled"));
        Field(page, "Parts").Change("5");
        // Minutes, hours and days are told apart to the last one.
        Field(page, "Hours").Change("49");
        page.WaitForAssertion(() => Assert.Contains("as you have it before you", page.Markup, StringComparison.Ordinal));
        await page.InvokeAsync(() => Button(page, "Save draft").Click());
        page.WaitForAssertion(() => Assert.DoesNotContain("as you have it before you", page.Markup, StringComparison.Ordinal));
        var saved = (await Get<PolicyVersions>().GetAsync(Everybody, version, default)).Value.Policy;
        Assert.Equal((5, TimeSpan.FromHours(49)), (saved.MaxParts, saved.DoubleOptInLifetime));
    }

    [Fact]
    public async Task The_author_simulates_and_asks_and_can_not_activate()
    {
        var person = await SignInAsync(RoleBundle.ComplianceOfficer);
        var version = await DraftAsync(ActorOf(person));
        var page = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));
        page.WaitForAssertion(() => Assert.Contains("Simulate this draft first", page.Markup, StringComparison.Ordinal));

        await page.InvokeAsync(() => Button(page, "Simulate").Click());
        page.WaitForAssertion(() => Assert.Contains("The policy decided on no text in these days", page.Markup, StringComparison.Ordinal));
        await page.InvokeAsync(() => Button(page, "Ask a second person").Click());

        page.WaitForAssertion(() => Assert.Contains("You wrote in it or asked for it; somebody else has to activate it.", page.Markup, StringComparison.Ordinal));
        Assert.True(Button(page, "Activate").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_simulation_goes_on_when_its_page_is_left_and_is_found_again_on_return()
    {
        var version = await DraftAsync(ActorOf(await SignInAsync(RoleBundle.ComplianceOfficer)));
        var page = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));
        var writer = new TaskCompletionSource();
        // Whoever writes keeps the simulation waiting at its beginning.
        var busy = Database.WriteAsync(_ => writer.Task, default);

        page.WaitForAssertion(() => Button(page, "Simulate").Click());
        page.WaitForAssertion(() => Assert.NotNull(Get<SimulationRuns>().Find(version)));
        await DisposeComponentsAsync();
        var again = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));
        again.WaitForAssertion(() => Assert.Contains("You can leave this page: the simulation goes on.", again.Markup, StringComparison.Ordinal));
        writer.SetResult();
        await busy;

        again.WaitForAssertion(() => Assert.Contains("The policy decided on no text in these days", again.Markup, StringComparison.Ordinal));
        Assert.True((await Get<PolicyVersions>().GetAsync(Everybody, version, default)).Value.IsSimulated);
        Assert.Null(Get<SimulationRuns>().Find(version));
    }

    [Fact]
    public async Task A_simulation_at_work_can_be_stopped_by_whoever_may_write_policies()
    {
        var version = await DraftAsync(ActorOf(await SignInAsync(RoleBundle.ComplianceOfficer)));
        var page = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));
        var writer = new TaskCompletionSource();
        var busy = Database.WriteAsync(_ => writer.Task, default);
        page.WaitForAssertion(() => Button(page, "Simulate").Click());
        page.WaitForAssertion(() => Assert.NotNull(Get<SimulationRuns>().Find(version)));
        var again = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));

        again.WaitForAssertion(() => Button(again, "Stop the simulation").Click());

        again.WaitForAssertion(() => Assert.NotNull(Button(again, "Stopping")));
        writer.SetResult();
        await busy;
        again.WaitForAssertion(() => Assert.NotNull(Button(again, "Simulate")));
        Assert.False((await Get<PolicyVersions>().GetAsync(Everybody, version, default)).Value.IsSimulated);
        Assert.Throws<NotPermitted>(() => Get<SimulationRuns>().Stop(Actor.Nobody, version));
    }

    [Fact]
    public async Task A_second_person_activates_what_they_see()
    {
        var author = await AuthorAsync();
        var version = await DraftAsync(author);
        await SimulateAsync(author, version);
        await Get<AskForActivation>().ExecuteAsync(author, version, default);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));

        page.WaitForAssertion(() => Assert.False(Button(page, "Activate").HasAttribute("disabled")));
        await page.InvokeAsync(() => Button(page, "Activate").Click());

        page.WaitForAssertion(() => Assert.Contains("Who decided", page.Markup, StringComparison.Ordinal));
        Assert.Equal(version, (await Get<ActivePolicy>().AtAsync(Everybody, TimeProvider.System.GetUtcNow(), default)).Number);
    }

    [Fact]
    public async Task A_simulation_of_another_text_says_so()
    {
        var author = await AuthorAsync();
        var version = await DraftAsync(author);
        await SimulateAsync(author, version);
        await EditAsync(author, version, 6);
        await SignInAsync(RoleBundle.Auditor);

        var page = Render<PolicyVersionPage>(p => p.Add(x => x.Version, version));

        page.WaitForAssertion(() => Assert.Contains("Of another text of the draft", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_two_versions_are_compared_by_the_address()
    {
        var version = await DraftAsync(await AuthorAsync());
        await SignInAsync(RoleBundle.Auditor);
        Get<NavigationManager>().NavigateTo(Paths.PolicyDifference(1, version));

        var page = Render<PolicyVersionsPage>();

        page.WaitForAssertion(() => Assert.Equal(["Longest text"], page.FindAll(".diff dt").Select(d => d.TextContent)));
        Assert.Equal(2, page.FindAll("tbody tr").Count);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<IComponent> page, string text) => page.FindAll("button").Single(b => b.TextContent.Trim() == text);

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<IComponent> page, string label)
    {
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("label"), l => l.TextContent == label));
        return page.Find($"#{page.FindAll("label").Single(l => l.TextContent == label).GetAttribute("for")}");
    }

    private static Actor ActorOf(StaffMember person) =>
        new(ActorKind.Staff, person.Id.ToString(), person.DisplayName, RoleBundle.ComplianceOfficer.Permissions.ToHashSet(), RoleBundle.ComplianceOfficer.Name);

    private async Task<Actor> AuthorAsync() => ActorOf(await AddStaffAsync("Mara Lindt", RoleBundle.ComplianceOfficer));

    private async Task<int> DraftAsync(Actor author)
    {
        var version = (await Get<StartPolicyDraft>().ExecuteAsync(author, "Office hours only", default)).Value;
        await EditAsync(author, version, 3);
        return version;
    }

    private async Task EditAsync(Actor author, int version, int parts)
    {
        var view = (await Get<PolicyVersions>().GetAsync(author, version, default)).Value;
        Assert.Null((await Get<EditPolicyDraft>().ExecuteAsync(author, version, view.Hash!, PolicySettings.Of(view.Policy) with { MaxParts = parts }, default)).Failure);
    }

    private async Task SimulateAsync(Actor author, int version)
    {
        var view = (await Get<PolicyVersions>().GetAsync(author, version, default)).Value;
        Assert.Null((await Get<SimulatePolicy>().ExecuteAsync(author, version, view.Hash!, new Progress<SimulationProgress>(), default)).Failure);
    }
}
