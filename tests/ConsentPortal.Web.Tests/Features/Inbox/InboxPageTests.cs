using Bunit;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using InboxPage = ConsentPortal.Web.Features.Inbox.InboxPage;

namespace ConsentPortal.Web.Tests.Features.Inbox;

public sealed class InboxPageTests : StaffPageTest
{
    [Fact]
    public async Task A_text_taken_as_an_opt_out_leaves_the_queue_and_stops_the_person()
    {
        var id = await AddPersonAsync("+12125552368");
        await ReceiveAsync(id, "+12125552368", "leave me in peace, will you");
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Render<InboxPage>();
        page.WaitForAssertion(() => Assert.Equal("leave me in peace, will you", page.Find("blockquote").TextContent));

        await page.FindAll("footer button").First(b => b.TextContent.Trim() == "Take as opt-out").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Nothing waits", page.Markup, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal(ReviewState.TakenAsOptOut, (await db.InboundMessages.SingleAsync()).Review);
        Assert.Equal(SuppressionScope.All, (await db.Suppressions.SingleAsync(s => s.LiftedAt == null)).Scope);
    }

    [Fact]
    public async Task A_text_that_needed_nothing_is_found_among_those_without_action()
    {
        var id = await AddPersonAsync("+12125552368");
        await ReceiveAsync(id, "+12125552368", "see you on Friday");
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Render<InboxPage>();

        await page.WaitForElements("footer button").First(b => b.TextContent.Trim() == "No action").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Nothing waits", page.Markup, StringComparison.Ordinal));
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/inbox?state=no-action");

        page.WaitForAssertion(() => Assert.Equal("see you on Friday", page.Find("blockquote").TextContent));
        Assert.Contains("Carla Mendes", page.Find("footer").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_is_one_look_at_each_whose_texts_were_shown_whatever_is_done_in_it()
    {
        var (ada, ben) = (await AddPersonAsync("+12125552368"), await AddPersonAsync("+12125552369", first: "Ben"));
        await ReceiveAsync(ada, "+12125552368", "see you on Friday");
        await ReceiveAsync(ben, "+12125552369", "who is this?");
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Render<InboxPage>();

        await page.WaitForElements("footer button").First(b => b.TextContent.Trim() == "No action").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Single(page.FindAll("blockquote")));
        page.Render();
        Get<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/inbox?state=all");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("blockquote").Count));

        await using var db = Database.Open();
        Assert.Equal([ada, ben], await db.AuditEntries.Where(e => e.Action == OpenInbox.Viewed).OrderBy(e => e.Id).Select(e => e.SubscriberId!.Value).ToListAsync());
    }

    private Task ReceiveAsync(SubscriberId id, string from, string body) => Database.WriteAsync(
        async db =>
        {
            var wrapped = await db.Subscribers.Where(s => s.Id == id).Select(s => s.WrappedKey).SingleAsync();
            using var key = Get<SubjectKeys>().Unwrap(wrapped!, id);
            db.InboundMessages.Add(new InboundMessage
            {
                ProviderMessageId = Guid.CreateVersion7().ToString("N"), SubscriberId = id, FromHash = Get<LookupHash>().Phone(from), To = "+12025550147",
                BodySealed = key.Seal(body, SealedField.InboundBody), ReceivedAt = TimeProvider.System.GetUtcNow(), Action = "review", Review = ReviewState.Waiting,
            });
        },
        default);
}
