using Bunit;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Web.Features.Imports;
using ConsentPortal.Web.Tests.Components;

namespace ConsentPortal.Web.Tests.Features.Imports;

public sealed class ImportColumnsTests : ComponentTest
{
    private static readonly ImportFile List = new("", "people.csv", "", 0, "utf-8", ',', ["Mobile", "First name", "Tags"], 1);

    private IReadOnlyDictionary<string, string>? _changed;

    [Fact]
    public void Sample_numbers_are_masked_and_other_samples_are_shown()
    {
        var columns = Render(new() { ["phone"] = "Mobile", ["firstName"] = "First name" });

        Assert.DoesNotContain("12125552368", columns.Markup);
        Assert.Contains("2368", columns.Markup);
        Assert.Contains("Ada", columns.Markup);
    }

    [Fact]
    public void A_column_that_no_field_uses_can_be_kept_as_an_attribute()
    {
        var columns = Render(new() { ["phone"] = "Mobile", ["firstName"] = "First name" });

        columns.Find("fieldset input[type=checkbox]").Change(true);

        Assert.Equal("Tags", _changed!["attr:Tags"]);
        Assert.Equal("Mobile", _changed["phone"]);
    }

    [Fact]
    public async Task A_kept_column_can_become_a_list()
    {
        var columns = Render(new() { ["phone"] = "Mobile", ["attr:Tags"] = "Tags" });

        await columns.InvokeAsync(() => columns.FindComponent<MudBlazor.MudSelect<AttributeType?>>().Instance.ValueChanged.InvokeAsync(AttributeType.List));

        Assert.Equal(new Dictionary<string, string> { ["phone"] = "Mobile", ["attr.list:Tags"] = "Tags" }, _changed);
    }

    [Fact]
    public void Only_columns_without_a_field_are_offered_as_attributes()
    {
        var offered = Render(new() { ["phone"] = "Mobile" }).FindAll("fieldset label").Select(label => label.TextContent.Trim());

        Assert.Equal(["First name", "Tags"], offered);
    }

    private IRenderedComponent<ImportColumns> Render(Dictionary<string, string> columns)
    {
        Render<MudBlazor.MudPopoverProvider>();
        return Render<ImportColumns>(parameters => parameters
            .Add(c => c.File, List)
            .Add(c => c.Samples, [["+12125552368", "Ada", "vip"]])
            .Add(c => c.Columns, columns)
            .Add(c => c.ColumnsChanged, changed => _changed = changed));
    }
}
