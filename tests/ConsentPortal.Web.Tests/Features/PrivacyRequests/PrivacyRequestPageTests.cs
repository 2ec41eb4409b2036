using Bunit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Features.PrivacyRequests;

public sealed class PrivacyRequestPageTests : StaffPageTest
{
    [Fact]
    public async Task A_visit_is_one_look_at_the_person_whatever_is_done_in_it()
    {
        var person = await AddPersonAsync();
        var id = await ReceiveAsync(person);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));

        page.WaitForElement("textarea");
        page.Render(parameters => parameters.Add(p => p.Id, id.Value));
        var comment = page.FindComponent<RequestActivityPanel>();
        comment.Find("textarea").Input("Asked for the wording");
        await comment.FindAll("button").Single(button => button.TextContent.Trim() == "Comment").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Asked for the wording", comment.Markup, StringComparison.Ordinal));

        Assert.Equal([person], await LooksAsync());
    }

    [Fact]
    public async Task What_was_written_for_an_act_that_was_refused_stays_and_goes_with_the_act_that_was_done()
    {
        var id = await ReceiveAsync(await AddPersonAsync());
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForElement("textarea");

        Field("Note (").Input("She knows her last order");
        Field("What the person reads back").Input("000000");
        await Button("Check").ClickAsync(new());
        // No code was texted, so none can be read back.
        page.WaitForAssertion(() => Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars));
        Assert.Equal("She knows her last order", Field("Note (").GetAttribute("value"));

        Field("Comment").Input("Called her at noon");
        await Button("Comment").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Called her at noon", page.FindComponent<RequestActivityPanel>().Find("ol").TextContent, StringComparison.Ordinal));
        Assert.Equal("", Field("Comment").GetAttribute("value") ?? "");

        AngleSharp.Dom.IElement Button(string text) => page.FindAll("button").Single(b => b.TextContent.Trim() == text);
        AngleSharp.Dom.IElement Field(string label) => page.FindComponents<MudTextField<string>>().Single(t => t.Instance.Label!.StartsWith(label, StringComparison.Ordinal)).Find("input, textarea");
    }

    [Fact]
    public async Task Another_request_of_the_same_person_is_another_look()
    {
        var person = await AddPersonAsync();
        var (first, second) = (await ReceiveAsync(person), await ReceiveAsync(person));
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, first.Value));
        page.WaitForAssertion(() => Assert.Contains("DSR-1 ", page.Find("h1").TextContent, StringComparison.Ordinal));

        page.Render(parameters => parameters.Add(p => p.Id, second.Value));
        page.WaitForAssertion(() => Assert.Contains("DSR-2 ", page.Find("h1").TextContent, StringComparison.Ordinal));

        Assert.Equal([person, person], await LooksAsync());
    }

    [Fact]
    public async Task A_question_in_Britain_stops_the_clock_when_the_letter_that_was_read_before_has_left()
    {
        var id = (await Get<OpenPrivacyRequest>().ExecuteAsync(
            Everybody, new NewPrivacyRequest(await AddPersonAsync(), PrivacyRequestKind.Access, PrivacyRegime.UkGdpr, "Phone", TimeProvider.System.GetUtcNow()), default)).Value;
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForElement("textarea");

        page.FindComponents<MudTextField<string>>().Single(t => t.Instance.Label!.StartsWith("Reason", StringComparison.Ordinal)).Find("textarea").Input("Which years do you mean?");
        await Button("Ask what they mean").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Which years do you mean?", page.FindComponent<LetterEditor>().Markup, StringComparison.Ordinal));
        await Button("Keep the letter that stops the clock").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Not sent yet", page.FindComponent<LettersPanel>().Markup, StringComparison.Ordinal));
        Assert.Contains("The clock runs on until it has left.", page.FindComponent<LettersPanel>().Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("The clock stands since", page.Markup, StringComparison.Ordinal);
        await Button("Mark as sent").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("The clock stands since", page.Markup, StringComparison.Ordinal));
        await Button("They have answered").ClickAsync(new());
        page.WaitForAssertion(() => Assert.DoesNotContain("The clock stands since", page.Markup, StringComparison.Ordinal));

        AngleSharp.Dom.IElement Button(string text) => page.FindAll("button").Single(b => b.TextContent.Trim() == text);
    }

    [Fact]
    public async Task A_letter_is_corrected_and_withdrawn_where_it_waits_and_neither_is_offered_once_it_has_left()
    {
        var id = await ReceiveAsync(await AddPersonAsync());
        await Get<WriteLetter>().ExecuteAsync(Everybody, id, LetterKind.Acknowledgement, new LetterWords("en", "The first words of it."), default);
        await Get<WriteLetter>().ExecuteAsync(Everybody, id, LetterKind.IdentityQuestion, new LetterWords("en", "Another letter of it."), default);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PrivacyRequestPage>(parameters => parameters.Add(p => p.Id, id.Value));
        page.WaitForElement("article.letter");

        await Button(1, "Change it").ClickAsync(new());
        page.WaitForElement("article.letter textarea").Input("The second words of it.");
        await Button(1, "Keep the change").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("The second words of it.", page.FindAll("article.letter")[1].TextContent, StringComparison.Ordinal));
        await Button(0, "Withdraw it").ClickAsync(new());
        page.WaitForElement("article.letter input[maxlength='300']").Input("Not needed any more");
        await Button(0, "Withdraw the letter").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Single(page.FindAll("article.letter")));
        await Button(0, "Mark as sent").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Sent ", page.Find("article.letter").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("article.letter button"), b => b.TextContent.Trim() is "Change it" or "Withdraw it");

        AngleSharp.Dom.IElement Button(int letter, string text) => page.FindAll("article.letter")[letter].QuerySelectorAll("button").Single(b => b.TextContent.Trim() == text);
    }

    private async Task<PrivacyRequestId> ReceiveAsync(SubscriberId person) => (await Get<OpenPrivacyRequest>().ExecuteAsync(
        Everybody, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Phone", TimeProvider.System.GetUtcNow(), IsSecondWanted: true), default)).Value;

    private async Task<List<SubscriberId>> LooksAsync()
    {
        await using var db = Database.Open();
        return await db.AuditEntries.Where(e => e.Action == ViewPrivacyRequest.Viewed).Select(e => e.SubscriberId!.Value).ToListAsync();
    }
}
