using Bunit;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Components;

public sealed class MaskedPhoneTests : ComponentTest
{
    private const string Masked = "+1 415 ••• 0100";
    private const string Full = "+1 415 555 0100";

    private readonly List<string> _reasons = [];

    [Fact]
    public void Nobody_without_the_right_sees_a_way_to_reveal()
    {
        var phone = Render<MaskedPhone>(p => p.Add(c => c.Masked, Masked).Add(c => c.Reveal, RevealAsync));

        Assert.Equal(Masked, phone.Find("[data-testid=phone]").TextContent);
        Assert.Empty(phone.FindAll("button"));
    }

    [Fact]
    public async Task A_revealed_number_is_masked_again_after_60_seconds()
    {
        var phone = await RevealedAsync("Answering this person");

        Assert.Equal(Full, phone.Find("[data-testid=phone]").TextContent);
        Assert.Equal(["Answering this person"], _reasons);
        Clock.Advance(TimeSpan.FromSeconds(59));
        phone.WaitForAssertion(() => Assert.Equal("1", phone.Find(".seconds").TextContent));
        Assert.Equal(Full, phone.Find("[data-testid=phone]").TextContent);
        Clock.Advance(TimeSpan.FromSeconds(1));
        phone.WaitForAssertion(() => Assert.Equal(Masked, phone.Find("[data-testid=phone]").TextContent));
    }

    [Fact]
    public async Task A_revealed_number_can_be_hidden_at_once()
    {
        var phone = await RevealedAsync("Answering this person");

        await phone.Find("button[aria-label='Hide the number']").ClickAsync(new());

        Assert.Equal(Masked, phone.Find("[data-testid=phone]").TextContent);
    }

    [Fact]
    public async Task A_refused_reveal_says_why_and_shows_nothing()
    {
        var phone = await RevealedAsync("Answering this person", _ => Task.FromResult<Result<string>>(new Refused()));

        Assert.Equal(Masked, phone.Find("[data-testid=phone]").TextContent);
        Assert.Contains(new Refused().Message, phone.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_reason_needs_words()
    {
        var dialogs = Render<MudDialogProvider>();
        var phone = Phone(RevealAsync);
        _ = phone.Find("button").ClickAsync(new());

        Assert.True(Confirm(dialogs).HasAttribute("disabled"));
        await Choose(dialogs, "Another reason");
        Assert.True(Confirm(dialogs).HasAttribute("disabled"));
        await dialogs.Find("input[type=text]").InputAsync(new() { Value = "Court order" });
        Assert.False(Confirm(dialogs).HasAttribute("disabled"));
        await Confirm(dialogs).ClickAsync(new());

        phone.WaitForAssertion(() => Assert.Equal(["Court order"], _reasons));
    }

    private static AngleSharp.Dom.IElement Confirm(IRenderedComponent<MudDialogProvider> dialogs) =>
        dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Reveal");

    private static Task Choose(IRenderedComponent<MudDialogProvider> dialogs, string reason) =>
        dialogs.FindAll("label").Single(label => label.TextContent.Trim() == reason).QuerySelector("input")!.ClickAsync(new());

    private async Task<IRenderedComponent<MaskedPhone>> RevealedAsync(string reason, Func<string, Task<Result<string>>>? reveal = null)
    {
        var dialogs = Render<MudDialogProvider>();
        var phone = Phone(reveal ?? RevealAsync);
        var click = phone.Find("button").ClickAsync(new());
        await Choose(dialogs, reason);
        await Confirm(dialogs).ClickAsync(new());
        await click;
        return phone;
    }

    private IRenderedComponent<MaskedPhone> Phone(Func<string, Task<Result<string>>> reveal) =>
        Render<MaskedPhone>(p => p.Add(c => c.Masked, Masked).Add(c => c.MayReveal, true).Add(c => c.Reveal, reveal));

    private Task<Result<string>> RevealAsync(string reason)
    {
        _reasons.Add(reason);
        return Task.FromResult<Result<string>>(Full);
    }

    private sealed record Refused() : Failure("The number could not be read; nothing was changed.");
}
