using Bunit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
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
        await comment.InvokeAsync(() => comment.Instance.OnComment.InvokeAsync("Asked for the wording"));
        page.WaitForAssertion(() => Assert.Contains("Asked for the wording", comment.Markup, StringComparison.Ordinal));

        Assert.Equal([person], await LooksAsync());
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

    private async Task<PrivacyRequestId> ReceiveAsync(SubscriberId person) => (await Get<OpenPrivacyRequest>().ExecuteAsync(
        Everybody, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Phone", TimeProvider.System.GetUtcNow(), IsSecondWanted: true), default)).Value;

    private async Task<List<SubscriberId>> LooksAsync()
    {
        await using var db = Database.Open();
        return await db.AuditEntries.Where(e => e.Action == ViewPrivacyRequest.Viewed).Select(e => e.SubscriberId!.Value).ToListAsync();
    }
}
