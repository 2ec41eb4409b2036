using Bunit;
using ConsentPortal.Application.Imports;
using ConsentPortal.Web.Features.Imports;
using ConsentPortal.Web.Tests.Components;

namespace ConsentPortal.Web.Tests.Features.Imports;

public sealed class ImportTilesTests : ComponentTest
{
    private static readonly ImportSummary Summary = new(500, 397, 1, 2, 53, 50, 3, 10, 167);

    [Fact]
    public void Every_class_has_a_tile_that_leads_to_its_rows()
    {
        var tiles = Render<ImportTiles>(parameters => parameters.Add(t => t.Summary, Summary).Add(t => t.Href, name => $"/imports/x?class={name}"));

        Assert.Equal(["397", "1", "2", "53", "50", "3"], tiles.FindAll("a.value").Select(link => link.TextContent.Trim()));
        Assert.Equal("/imports/x?class=invalid", tiles.FindAll("a.value")[4].GetAttribute("href"));
    }

    [Fact]
    public void Those_who_can_not_be_texted_are_counted_in_words() =>
        Assert.Contains("167", Render<ImportTiles>(parameters => parameters.Add(t => t.Summary, Summary)).Find("p.quiet").TextContent);
}
