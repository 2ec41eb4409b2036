using System.Net;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.PublicPages;

/// <summary>Whoever opens a short link is led on without a trace in their browser.</summary>
public sealed class ShortLinkTests(OutsidePortal outside) : IClassFixture<OutsidePortal>
{
    private const string Target = "https://shop.example/sale?from=text";

    [Fact]
    public async Task A_short_link_leads_on_and_sets_no_cookie()
    {
        var (path, text) = await SendAsync();

        using var answer = await GetAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.Found, Target), (answer.StatusCode, answer.Headers.Location?.AbsoluteUri));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(("no-store", "no-referrer"), (answer.Headers.CacheControl?.ToString(), answer.Headers.GetValues("Referrer-Policy").Single()));
        await using var db = outside.Portal.Open();
        Assert.Equal(1, await db.SubscriberFacts.CountAsync(f => f.MessageId == text));
    }

    [Fact]
    public async Task A_look_without_opening_is_led_on_and_not_counted()
    {
        var (path, text) = await SendAsync();

        using var answer = await GetAsync(HttpMethod.Head, path);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await using var db = outside.Portal.Open();
        Assert.Equal(0, await db.SubscriberFacts.CountAsync(f => f.MessageId == text));
    }

    [Theory]
    [InlineData("/l/AAAAAAAAAAAAAAAA")]
    [InlineData("/l/https%3A%2F%2Fevil.example")]
    public async Task An_address_that_the_portal_did_not_make_leads_nowhere(string path)
    {
        using var answer = await GetAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    private async Task<HttpResponseMessage> GetAsync(HttpMethod method, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, new Uri(outside.Portal.Address, path));
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (iPhone)");
        return await http.SendAsync(request);
    }

    /// <summary>A campaign with a link, and a text of it that left a minute ago.</summary>
    private async Task<(string Path, long Text)> SendAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = await outside.Portal.Get<PortalDatabase>().WriteAsync(
            async db =>
            {
                var (purpose, segment) = (await db.Purposes.FirstAsync(p => p.Name == "Offers"), await db.Segments.FirstAsync());
                var campaign = new Campaign
                {
                    Id = CampaignId.New(now), Name = "Sale", PurposeId = purpose.Id, SegmentId = segment.Id, SegmentVersion = 1, Body = $"Aurora: {Target}", StartAt = now, AuthorId = Guid.CreateVersion7(now),
                    CreatedAt = now, CountsClicks = true,
                };
                db.Campaigns.Add(campaign);
                var text = new OutboundMessage
                {
                    SubscriberId = await db.Subscribers.Where(s => s.ErasedAt == null && s.MergedIntoId == null && !s.IsRestricted).Select(s => s.Id).FirstAsync(), CampaignId = campaign.Id, Kind = MessageKind.Campaign,
                    MessageClass = purpose.MessageClass, PurposeId = purpose.Id, ClientRef = Guid.CreateVersion7(now).ToString("N"), PlannedAt = now, DueAt = now, State = MessageState.Accepted, SentAt = now.AddMinutes(-1),
                };
                db.OutboundMessages.Add(text);
                await db.SaveChangesAsync();
                return text.Id;
            },
            default);
        return ($"{Paths.ShortLink}/{outside.Portal.Get<LinkTokens>().Write(new LinkOfText(id, 1))}", id);
    }
}
