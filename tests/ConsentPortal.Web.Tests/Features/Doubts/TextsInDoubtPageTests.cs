using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Doubts;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Tests.Features.Doubts;

public sealed class TextsInDoubtPageTests : StaffPageTest
{
    private const string Grounds = "The provider's support has no trace of it";

    [Fact]
    public async Task A_text_in_doubt_shows_why_and_what_the_records_said_and_is_settled_with_a_reason()
    {
        await DoubtAsync();
        await SignInAsync(RoleBundle.Marketer);
        var page = Render<TextsInDoubtPage>();

        var row = page.WaitForElement("tbody tr").TextContent;
        Assert.All(["••• 2368", "Autumn", "Offers", "The provider did not answer in time", "Not there, asked twice"], part => Assert.Contains(part, row, StringComparison.Ordinal));
        Assert.DoesNotContain("5552368", page.Markup, StringComparison.Ordinal);
        await page.Find("tbody button").ClickAsync(new());
        Assert.All(page.WaitForElements("aside .reasoned button"), button => Assert.True(button.HasAttribute("disabled")));
        await page.Find("aside textarea").InputAsync(new ChangeEventArgs { Value = Grounds });
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("aside .reasoned button:not([disabled])").Count));
        await page.FindAll("aside .reasoned button")[1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No text waits to be settled", page.Markup, StringComparison.Ordinal));
        Get<NavigationManager>().NavigateTo(new DoubtFilters(DoubtStage.Settled).Address);
        page.WaitForAssertion(() => Assert.All(["It did not leave", Grounds, "Carla Mendes"], part => Assert.Contains(part, page.Find("tbody tr").TextContent, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_texts_of_a_campaign_are_settled_together_and_not_those_of_all_campaigns()
    {
        var campaign = await DoubtAsync();
        await DoubtAsync("+12125552369", campaign);
        await SignInAsync(RoleBundle.Marketer);
        var page = Render<TextsInDoubtPage>();
        page.WaitForElement("tbody tr");
        Assert.DoesNotContain("Settle all", page.Markup, StringComparison.Ordinal);

        Get<NavigationManager>().NavigateTo(page.FindAll("nav.campaigns a").Single().GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Contains("Settle all 2", page.Markup, StringComparison.Ordinal));
        await page.FindAll("button").First(b => b.TextContent.Contains("Settle all", StringComparison.Ordinal)).ClickAsync(new());
        await page.WaitForElement("aside textarea").InputAsync(new ChangeEventArgs { Value = Grounds });
        await page.WaitForElement("aside .reasoned button:not([disabled])").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No text waits to be settled", page.Markup, StringComparison.Ordinal));
        Assert.Equal(2, (await Get<DoubtList>().CountAsync(Everybody, campaign, default)).Settled);
    }

    [Fact]
    public async Task An_auditor_reads_and_exports_and_settles_nothing()
    {
        await DoubtAsync();
        await SignInAsync(RoleBundle.Auditor);
        var page = Render<TextsInDoubtPage>();

        page.WaitForElement("tbody tr");

        Assert.Empty(page.FindAll("tbody button"));
        Assert.Contains("Export", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_come_back_from_their_address_and_nonsense_is_left_out()
    {
        var filters = new DoubtFilters(DoubtStage.LookedUp, CampaignId.New(TimeProvider.System.GetUtcNow()), Before: 7);

        Assert.Equal(filters, DoubtFilters.From("https://portal.example" + filters.Address));
        Assert.Equal(new DoubtFilters(), DoubtFilters.From("https://portal.example/texts-in-doubt?stage=7&campaign=maybe&before=x"));
    }

    private async Task<CampaignId> DoubtAsync(string e164 = "+12125552368", CampaignId? known = null)
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(-2);
        var person = await AddPersonAsync(e164);
        var campaign = known ?? await AddCampaignAsync(at);
        await Database.WriteAsync(
            async db =>
            {
                var purpose = db.Purposes.First(p => p.Name == "Offers");
                var text = new OutboundMessage
                {
                    SubscriberId = person, CampaignId = campaign, Kind = MessageKind.Campaign, MessageClass = purpose.MessageClass, PurposeId = purpose.Id, ClientRef = Guid.CreateVersion7().ToString("N"),
                    PlannedAt = at, DueAt = at, State = MessageState.Unconfirmed, SentAt = at, DecidedAt = at, Attempts = 1, Parts = 1,
                };
                db.OutboundMessages.Add(text);
                await db.SaveChangesAsync();
                db.TextDoubts.Add(new TextDoubt { MessageId = text.Id, Cause = UnconfirmedCause.Timeout, Looks = 2, NotThere = 2, LookedAt = at.AddHours(23) });
            },
            default);
        return campaign;
    }

    private async Task<CampaignId> AddCampaignAsync(DateTimeOffset at)
    {
        var (purpose, _) = await AddPurposeAsync();
        var segment = new Segment { Id = SegmentId.New(at), Name = "Everybody here", CurrentVersion = 1, CreatedAt = at };
        var campaign = new Campaign
        {
            Id = CampaignId.New(at), Name = "Autumn", PurposeId = purpose.Id, SegmentId = segment.Id, SegmentVersion = 1, Body = "Aurora: hello.", StartAt = at, AuthorId = Guid.CreateVersion7(), CreatedAt = at,
            DryRunId = Guid.CreateVersion7(),
        };
        await Database.WriteAsync(
            db =>
            {
                db.Segments.Add(segment);
                db.Campaigns.Add(campaign);
                return Task.CompletedTask;
            },
            default);
        return campaign.Id;
    }
}
