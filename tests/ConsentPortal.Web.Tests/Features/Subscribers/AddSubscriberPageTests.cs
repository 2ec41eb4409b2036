using Bunit;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Subscribers;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class AddSubscriberPageTests : StaffPageTest
{
    [Fact]
    public async Task A_number_for_examples_is_called_reserved_while_it_is_typed()
    {
        var page = await TypedAsync("+1 202-555-0123");

        page.WaitForAssertion(() => Assert.Contains("reserved for examples", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_somebody_has_links_to_them()
    {
        var id = await AddPersonAsync("+12125552368");

        var page = await TypedAsync("(212) 555-2368");

        page.WaitForAssertion(() => Assert.Contains("already belongs", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal($"/subscribers/{id}", page.Find("[role=status] a").GetAttribute("href"));
        Assert.Contains("Somebody has this number already.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_free_number_tells_its_line_state_and_zone()
    {
        var page = await TypedAsync("+1 415 736 5000");

        page.WaitForAssertion(() => Assert.Contains("nobody here has it yet", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        var said = page.Find("[role=status]").TextContent;
        Assert.Contains("Landline or mobile", said, StringComparison.Ordinal);
        Assert.Contains("CA", said, StringComparison.Ordinal);
        Assert.Contains("America/Los_Angeles", said, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<AddSubscriberPage>> TypedAsync(string number)
    {
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Render<AddSubscriberPage>();
        var field = page.WaitForElement("input[type=tel]");
        await field.InputAsync(number);
        return page;
    }
}
