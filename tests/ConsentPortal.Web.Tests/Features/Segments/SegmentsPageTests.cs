using Bunit;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Segments;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features.Segments;

/// <summary>The list of segments: two in use and one that is not any more.</summary>
public sealed class SegmentsPageTests : StaffPageTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("", "Americans", "Newcomers")]
    [InlineData("?search=number of US", "Americans")]
    [InlineData("?search= NEWC ", "Newcomers")]
    [InlineData("?archived=true", "Americans", "GoneArchived", "Newcomers")]
    public async Task It_is_searched_by_name_and_by_rule_and_shows_the_archived_ones_when_asked(string query, params string[] names)
    {
        await OpenAsync();
        Get<NavigationManager>().NavigateTo(Paths.Segments + query);

        var page = Render<SegmentsPage>();

        page.WaitForAssertion(() => Assert.Equal(names, page.FindAll("td[data-label=Name]").Select(c => string.Join(' ', c.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))), Patience);
    }

    [Fact]
    public async Task Nothing_found_says_where_else_to_look()
    {
        await OpenAsync();
        Get<NavigationManager>().NavigateTo(Paths.Segments + "?search=nowhere");

        var page = Render<SegmentsPage>();

        page.WaitForAssertion(() => Assert.Contains("Remove a filter, or look among the archived ones.", page.Markup, StringComparison.Ordinal), Patience);
    }

    private async Task OpenAsync()
    {
        await SignInAsync(RoleBundle.Marketer);
        foreach (var (name, rule) in new (string, SegmentRule)[] { ("Americans", new NumberCountryIs(["US"])), ("Newcomers", new Added(true, 7)), ("Gone", new Added(true, 9)) })
            await Get<SaveSegment>().ExecuteAsync(Everybody, new SegmentEdit(null, name, rule), default);
        var gone = (await Get<SegmentList>().AllAsync(Everybody, withArchived: false, default)).Single(s => s.Name == "Gone");
        await Get<ArchiveSegment>().ExecuteAsync(Everybody, gone.Id, default);
    }
}
