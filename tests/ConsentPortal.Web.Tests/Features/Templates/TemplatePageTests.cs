using Bunit;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Templates;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Templates;

public sealed class TemplatePageTests : StaffPageTest
{
    private static readonly TemplateContent Parcel = new([new("en", "Aurora: order {{ orderNumber }} is on its way.")], [new("orderNumber", "4711")]);

    [Fact]
    public async Task A_draft_is_written_shown_with_its_example_and_proposed()
    {
        await AddOrdersAsync();
        await SignInAsync(RoleBundle.Marketer);
        var page = Render<TemplatePage>();

        page.WaitForElement("input");
        await InputAsync(page, "Name", "parcel-sent");
        await page.FindComponents<MudBlazor.MudTextField<string>>().Single(field => field.Instance.Label == "The text").Find("textarea").InputAsync(new ChangeEventArgs { Value = "Aurora: your parcel is on its way." });
        page.WaitForAssertion(() => Assert.Contains("Aurora: your parcel is on its way.", page.Find(".preview").TextContent, StringComparison.Ordinal));
        await ClickAsync(page, "Save draft");
        page.WaitForAssertion(() => Assert.Contains("Version 1: draft", page.Markup, StringComparison.Ordinal));
        await ClickAsync(page, "Ask for approval");

        page.WaitForAssertion(() => Assert.Contains("Version 1: waits for approval", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_else_approves_what_stands_on_their_screen_and_writes_nothing()
    {
        var id = await ProposedAsync();
        await SignInAsync(RoleBundle.CampaignApprover);
        var page = Render<TemplatePage>(parameters => parameters.Add(p => p.Id, id));

        page.WaitForAssertion(() => Assert.Contains("order 4711 is on its way", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Save draft", page.Markup, StringComparison.Ordinal);
        await ClickAsync(page, "Approve");

        page.WaitForAssertion(() => Assert.Contains("Version 1: approved", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_says_what_is_in_use_and_what_waits()
    {
        await ProposedAsync();
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<TemplatesPage>();

        var row = page.WaitForElement("tbody tr").TextContent;

        Assert.All(["parcel-sent", "Not yet", "Waits for approval"], part => Assert.Contains(part, row, StringComparison.Ordinal));
        Assert.DoesNotContain("New template", page.Markup, StringComparison.Ordinal);
    }

    private async Task<Guid> ProposedAsync()
    {
        var purpose = await AddOrdersAsync();
        var writer = await AddStaffAsync("Milo Brandt", RoleBundle.Marketer);
        var actor = new Actor(ActorKind.Staff, writer.Id.ToString(), writer.DisplayName, RoleBundle.Marketer.Permissions.ToHashSet());
        var id = (await Get<SaveTextTemplate>().ExecuteAsync(actor, null, new TemplateDraft("parcel-sent", purpose, Parcel), default)).Value;
        Assert.True((await Get<ProposeTextTemplate>().ExecuteAsync(actor, id, [], default)).IsSuccess);
        return id;
    }

    private async Task<PurposeId> AddOrdersAsync()
    {
        var (purpose, _) = await AddPurposeAsync("Orders");
        await Database.WriteAsync(db => db.Purposes.Where(p => p.Id == purpose.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.MessageClass, MessageClass.Transactional)), default);
        return purpose.Id;
    }

    private static async Task InputAsync(IRenderedComponent<TemplatePage> page, string label, string value) =>
        await page.FindComponents<MudBlazor.MudTextField<string>>().First(field => field.Instance.Label == label).Find("input").InputAsync(new ChangeEventArgs { Value = value });

    private static async Task ClickAsync(IRenderedComponent<TemplatePage> page, string text) =>
        await page.WaitForElements(".reasoned button").Single(button => button.TextContent.Contains(text, StringComparison.Ordinal)).ClickAsync(new());
}
