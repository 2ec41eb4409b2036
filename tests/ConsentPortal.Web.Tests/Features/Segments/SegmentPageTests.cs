using System.Collections.Concurrent;
using Bunit;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Segments;

namespace ConsentPortal.Web.Tests.Features.Segments;

/// <summary>A saved segment in the editor: Americans, of whom there is one beside two Canadians.</summary>
public sealed class SegmentPageTests : StaffPageTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_changed_rule_never_stands_beside_the_count_of_the_one_before()
    {
        var page = await OpenAsync();
        var seen = new ConcurrentQueue<(string Rule, string? People)>();
        page.OnMarkupUpdated += (_, _) => seen.Enqueue((page.FindComponent<RuleSentence>().Markup, People(page)));

        await page.InvokeAsync(() => page.FindAll(".mud-toggle-item").First(i => i.TextContent.Contains("None of these", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Equal("2", People(page)), Patience);
        Assert.DoesNotContain(seen, s => s.Rule.Contains("do not", StringComparison.Ordinal) && s.People == "1");
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

    private async Task<IRenderedComponent<SegmentPage>> OpenAsync()
    {
        await SignInAsync(RoleBundle.Marketer);
        await AddPersonAsync();
        await AddPersonAsync("+14165550123", "CA");
        await AddPersonAsync("+14165550124", "CA");
        var id = (await Get<SaveSegment>().ExecuteAsync(Everybody, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default)).Value;
        var page = Render<SegmentPage>(p => p.Add(c => c.Id, id.Value));
        // The last step of the funnel is the last thing to arrive: then nothing is rendered any more until something is clicked.
        page.WaitForAssertion(() => Assert.Equal(("1", "1 left"), (People(page), page.FindAll("[data-testid=left]").SingleOrDefault()?.TextContent)), Patience);
        return page;
    }

    private static string? People(IRenderedComponent<SegmentPage> page) => page.FindAll("[data-testid=people]").SingleOrDefault()?.TextContent.Trim();
}
