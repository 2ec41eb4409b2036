using System.Collections.Concurrent;
using AngleSharp.Dom;
using Bunit;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Segments;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.Segments;

/// <summary>A saved segment in the editor: Americans, of whom there is one beside two Canadians.</summary>
public sealed class SegmentPageTests : StaffPageTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_changed_rule_never_stands_beside_the_count_of_the_one_before()
    {
        var page = await OpenAsync();
        var seen = new ConcurrentQueue<(string Rule, string? People, bool SaysUs)>();
        page.OnMarkupUpdated += (_, _) => seen.Enqueue((page.FindComponent<RuleSentence>().Markup, People(page), page.FindAll("[data-testid=countries] dt").Any(d => d.TextContent == "United States")));

        await page.InvokeAsync(() => page.FindAll(".mud-toggle-item").First(i => i.TextContent.Contains("None of these", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Equal("2", People(page)), Patience);
        Assert.DoesNotContain(seen, s => s.Rule.Contains("do not", StringComparison.Ordinal) && (s.People == "1" || s.SaysUs));
    }

    [Fact]
    public async Task An_unfinished_rule_has_no_count_no_sample_and_can_not_be_kept_as_a_list()
    {
        var page = await OpenAsync();
        Assert.Single(page.FindAll(".sample li"));

        await page.InvokeAsync(() => page.FindAll("button").First(b => b.TextContent.Contains("Add condition", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Contains("Finish the rule to count.", page.Find("aside").TextContent, StringComparison.Ordinal), Patience);
        Assert.Null(People(page));
        Assert.Empty(page.FindAll(".sample li"));
        Assert.Equal("false", page.Find("aside section").GetAttribute("aria-busy"));
    }

    [Fact]
    public async Task Each_save_is_a_version_that_says_what_it_changed()
    {
        var page = await OpenAsync();

        await SaveWithAsync(page, "None of these", version: 2);
        await SaveWithAsync(page, "Any of these", version: 3);

        Assert.Equal(["Since version 2", "Since version 1"], page.FindAll(".versions .diff dt").Select(d => d.TextContent));
        var changes = page.FindAll(".versions .diff dd");
        Assert.Equal(
            (0, "do not ( )"),
            (changes[1].QuerySelectorAll("del").Length, string.Join(' ', changes[1].QuerySelectorAll("ins").Select(Words))));
    }

    [Fact]
    public async Task Whoever_only_reads_segments_sees_the_rule_and_no_way_to_change_keep_or_archive_it()
    {
        var page = await OpenAsync(RoleBundle.Auditor);

        Assert.True(Button(page, "Save as new version").HasAttribute("disabled"));
        Assert.Contains("Your role reads segments and does not change them.", page.Markup, StringComparison.Ordinal);
        Assert.All(["Make the list", "Archive", "Export full numbers"], text => Assert.DoesNotContain(text, page.Markup, StringComparison.Ordinal));
        Assert.True(page.FindAll("input").First(i => i.GetAttribute("value") == "Americans").HasAttribute("readonly"));
    }

    [Fact]
    public async Task A_segment_in_use_says_by_what_and_why_it_can_not_be_archived()
    {
        var page = await OpenAsync();
        var (id, purpose) = (page.Instance.Id!.Value, (await AddPurposeAsync()).Purpose.Id);
        var other = (await Get<SaveSegment>().ExecuteAsync(Everybody, new SegmentEdit(null, "Everybody else", new NoneOf([new InSegment(new SegmentId(id))])), default)).Value;
        var named = Render<SegmentPage>(p => p.Add(c => c.Id, id));
        named.WaitForAssertion(() => Assert.Contains("The rule of Everybody else names this one.", named.Markup, StringComparison.Ordinal), Patience);
        Assert.True(Button(named, "Archive").HasAttribute("disabled"));
        var now = TimeProvider.System.GetUtcNow();
        await Database.WriteAsync(
            db =>
            {
                db.Campaigns.Add(CampaignOf("Spring", new SegmentId(id)));
                var elsewhere = CampaignOf("Summer", other);
                elsewhere.Exclude(new Dictionary<SegmentId, int> { [new SegmentId(id)] = 1 });
                db.Campaigns.Add(elsewhere);
                return Task.CompletedTask;
            },
            default);

        var used = Render<SegmentPage>(p => p.Add(c => c.Id, id));
        used.WaitForAssertion(() => Assert.Contains("A campaign that is not over uses it.", used.Markup, StringComparison.Ordinal), Patience);

        Assert.Equal(
            ["Campaign Spring with version 1", "Campaign Summer leaves its people out, version 1", "Segment Everybody else names this one in version 1"],
            used.FindAll("ul.versions li").Select(Words).Order(StringComparer.Ordinal));

        Campaign CampaignOf(string name, SegmentId segment) => new()
        {
            Id = CampaignId.New(now), Name = name, PurposeId = purpose, SegmentId = segment, SegmentVersion = 1, Body = "Aurora", StartAt = now, AuthorId = Guid.CreateVersion7(), CreatedAt = now,
        };
    }

    [Fact]
    public async Task An_archived_segment_is_read_and_not_saved_again()
    {
        var id = await SavedAsync();
        Assert.True((await Get<ArchiveSegment>().ExecuteAsync(Everybody, new SegmentId(id), default)).IsSuccess);

        var page = Render<SegmentPage>(p => p.Add(c => c.Id, id));

        page.WaitForAssertion(() => Assert.Contains("This segment is archived.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.True(Button(page, "Save as new version").HasAttribute("disabled"));
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Trim() == "Archive");
    }

    [Fact]
    public async Task The_address_says_for_what_and_about_whom_the_rule_is_asked_and_a_look_is_kept_once()
    {
        var id = await SavedAsync();
        var (canadian, purpose) = (await AddPersonAsync("+14165550125", "CA"), (await AddPurposeAsync()).Purpose);
        Get<NavigationManager>().NavigateTo($"/segments/{id}?person={canadian}&purpose={purpose.Id}");
        var page = Render<SegmentPage>(p => p.Add(c => c.Id, id));

        page.WaitForAssertion(() => Assert.Equal("0 (0.0 %)", Words(page.Find("[data-testid=reachable]"))), Patience);
        page.WaitForAssertion(() => Assert.Contains("One condition alone keeps them out.", page.Find("#explain").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Near miss", page.Find("#explain .parts").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => Joiner(page, "None of these").Click());

        page.WaitForAssertion(() => Assert.Contains("Belongs to it", page.Find("#explain .head").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("Does not belong to it", page.Find("#explain .head").TextContent, StringComparison.Ordinal);
        await using var db = Database.Open();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == OpenSubscriber.Viewed));
    }

    [Fact]
    public async Task The_countries_of_the_people_stand_beside_their_count()
    {
        var page = await OpenAsync();

        await page.InvokeAsync(() => Joiner(page, "None of these").Click());

        page.WaitForAssertion(() => Assert.Equal(("Canada", "2 (100.0 %)"), (page.Find("[data-testid=countries] dt").TextContent, Words(page.Find("[data-testid=countries] dd")))), Patience);
    }

    [Fact]
    public async Task A_list_shows_how_far_it_is_can_be_left_and_found_again_and_leads_to_itself_when_it_is_whole()
    {
        var page = await OpenAsync();
        var writer = new TaskCompletionSource();
        // Whoever writes keeps the list waiting at its beginning.
        var busy = Database.WriteAsync(_ => writer.Task, default);

        await NameAsync(page, "Frozen");
        await page.InvokeAsync(() => Button(page, "Make the list").Click());

        page.WaitForAssertion(() => Assert.Contains("You can leave this page: the work goes on", page.Find("[data-testid=freeze]").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.True(Button(page, "Make the list").HasAttribute("disabled")), Patience);
        var all = Render<SegmentsPage>();
        all.WaitForAssertion(() => Assert.Contains("Frozen", all.Find("[data-testid=freeze]").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain(all.FindAll("td[data-label=Name]"), cell => Words(cell) == "Frozen");
        writer.SetResult();
        await busy;

        all.WaitForAssertion(() => Assert.Contains(all.FindAll("td[data-label=Name]"), cell => Words(cell) == "Frozen"), Patience);
        all.WaitForAssertion(() => Assert.Empty(all.FindAll("[data-testid=freeze]")), Patience);
        var list = (await Get<SegmentList>().AllAsync(Everybody, withArchived: false, default)).Single(s => s.Name == "Frozen");
        page.WaitForAssertion(() => Assert.EndsWith(Paths.Segment(list.Id), Get<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_list_of_a_rule_that_is_not_saved_is_linked_and_does_not_take_the_rule_away()
    {
        var page = await OpenAsync();
        await page.InvokeAsync(() => Joiner(page, "None of these").Click());
        page.WaitForAssertion(() => Assert.Equal("2", People(page)), Patience);
        var before = Get<NavigationManager>().Uri;

        await NameAsync(page, "Frozen");
        await page.InvokeAsync(() => Button(page, "Make the list").Click());

        page.WaitForAssertion(() => Assert.Contains("The list Frozen was made.", Words(page.Find("[data-testid=made]")), StringComparison.Ordinal), Patience);
        Assert.Equal((before, "2"), (Get<NavigationManager>().Uri, People(page)));
    }

    [Fact]
    public async Task A_list_at_work_can_be_stopped_and_leaves_nothing()
    {
        var page = await OpenAsync();
        var writer = new TaskCompletionSource();
        var busy = Database.WriteAsync(_ => writer.Task, default);
        await NameAsync(page, "Frozen");
        await page.InvokeAsync(() => Button(page, "Make the list").Click());
        page.WaitForAssertion(() => Assert.NotNull(Button(page, "Stop making the list")), Patience);

        await page.InvokeAsync(() => Button(page, "Stop making the list").Click());
        writer.SetResult();
        await busy;

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=freeze]")), Patience);
        await using var db = Database.Open();
        Assert.Equal((1, 0), (await db.Segments.CountAsync(), await db.SegmentMembers.CountAsync()));
        Assert.Throws<NotPermitted>(() => Get<FreezeRuns>().Start(Actor.Nobody, new NumberCountryIs(["US"]), "Frozen"));
    }

    [Fact]
    public async Task A_name_that_is_taken_makes_no_list_and_the_name_stays_to_be_changed()
    {
        var page = await OpenAsync();

        await NameAsync(page, "Americans");
        await page.InvokeAsync(() => Button(page, "Make the list").Click());

        page.WaitForAssertion(() => Assert.Contains(Get<ISnackbar>().ShownSnackbars, s => s.Message?.Contains("Another segment has this name", StringComparison.Ordinal) == true), Patience);
        Assert.Single(await Get<SegmentList>().AllAsync(Everybody, withArchived: true, default));
        page.WaitForAssertion(() => Assert.False(Button(page, "Make the list").HasAttribute("disabled")), Patience);
    }

    private static async Task SaveWithAsync(IRenderedComponent<SegmentPage> page, string joiner, int version)
    {
        await page.InvokeAsync(() => Joiner(page, joiner).Click());
        page.WaitForAssertion(() => Assert.False(Button(page, "Save as new version").HasAttribute("disabled")), Patience);
        await page.InvokeAsync(() => Button(page, "Save as new version").Click());
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".chip"), c => c.TextContent.Trim() == $"Version {version}"), Patience);
    }

    private static async Task NameAsync(IRenderedComponent<SegmentPage> page, string name)
    {
        await page.Find(".freeze input").InputAsync(name);
        page.WaitForAssertion(() => Assert.False(Button(page, "Make the list").HasAttribute("disabled")), Patience);
    }

    private static IElement Button(IRenderedComponent<SegmentPage> page, string text) => page.FindAll("button").First(b => b.TextContent.Contains(text, StringComparison.Ordinal));

    private static IElement Joiner(IRenderedComponent<SegmentPage> page, string text) => page.FindAll(".mud-toggle-item").First(i => i.TextContent.Contains(text, StringComparison.Ordinal));

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<IRenderedComponent<SegmentPage>> OpenAsync(RoleBundle? role = null)
    {
        var id = await SavedAsync(role);
        var page = Render<SegmentPage>(p => p.Add(c => c.Id, id));
        // The countries are the last thing to arrive: then nothing is rendered any more until something is clicked.
        page.WaitForAssertion(() => Assert.Equal(("1", "1 left", 1), (People(page), page.FindAll("[data-testid=left]").SingleOrDefault()?.TextContent, page.FindAll("[data-testid=countries]").Count)), Patience);
        return page;
    }

    private async Task<Guid> SavedAsync(RoleBundle? role = null)
    {
        await SignInAsync(role ?? RoleBundle.Marketer);
        await AddPersonAsync();
        await AddPersonAsync("+14165550123", "CA");
        await AddPersonAsync("+14165550124", "CA");
        return (await Get<SaveSegment>().ExecuteAsync(Everybody, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default)).Value.Value;
    }

    private static string? People(IRenderedComponent<SegmentPage> page) => page.FindAll("[data-testid=people]").SingleOrDefault()?.TextContent.Trim();
}
