using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Tests.Components;

namespace ConsentPortal.Web.Tests.Campaigns;

public sealed class CampaignPartTests : ComponentTest
{
    private static readonly Guid Author = Guid.Parse("0193a000-0000-7000-8000-00000000000a");

    [Fact]
    public void Who_wrote_it_reads_why_they_can_not_approve()
    {
        var panel = RenderReview(Author.ToString());

        Assert.True(Button(panel, "Approve").HasAttribute("disabled"));
        Assert.Contains("a second person has to approve", panel.Markup);
    }

    [Fact]
    public void A_second_person_can_approve()
    {
        var approved = 0;
        var panel = RenderReview(Guid.CreateVersion7(Noon).ToString(), () => approved++);

        Button(panel, "Approve").Click();

        Assert.Equal(1, approved);
        Assert.Contains("7 people of 10 would get this text", panel.Markup);
    }

    [Fact]
    public void Changes_are_requested_only_with_a_reason()
    {
        string? reason = null;
        var panel = RenderReview(Guid.CreateVersion7(Noon).ToString(), onRequest: r => reason = r);
        Assert.True(Button(panel, "Request changes").HasAttribute("disabled"));

        panel.Find("textarea").Input("Say when it ends");
        Button(panel, "Request changes").Click();

        Assert.Equal("Say when it ends", reason);
    }

    [Fact]
    public void What_differs_from_the_last_approval_is_shown()
    {
        var view = View() with { SinceApproval = [new ContentChange("Message", "old words", "new words")] };

        var panel = Render<ReviewPanel>(p => p.Add(c => c.Campaign, view).Add(c => c.Actor, Actor.Nobody));

        Assert.Contains("old words", panel.Find("del").TextContent);
        Assert.Contains("new words", panel.Find("ins").TextContent);
    }

    [Fact]
    public void A_dry_run_shows_who_falls_away_and_the_samples_of_a_reason()
    {
        var panel = Render<DryRunPanel>(p => p.Add(c => c.Run, Run()));

        Assert.Contains("No consent", panel.Markup);
        Assert.DoesNotContain("+1 415 ••• 0100", panel.Markup);
        panel.FindAll(".waterfall button")[0].Click();
        Assert.Contains("+1 415 ••• 0100", panel.Markup);
    }

    [Fact]
    public void A_preview_names_the_characters_that_cost()
    {
        var panel = Render<MessagePreviewPanel>(p => p.Add(c => c.Preview, new MessagePreview("Hi ✓", SmsMeasure.Of("Hi ✓"), [], null)));

        Assert.Contains("✓", panel.Find("strong").TextContent);
        Assert.Equal("1 part", panel.Find("[data-testid=parts]").TextContent);
    }

    [Theory]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-11-24T09:00", "2026-11-24T08:00:00Z")]
    [InlineData("2026-07-01T09:00", "2026-07-01T07:00:00Z")]
    public void A_time_is_read_on_the_clock_of_who_writes_it(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc), LocalInput.Read(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Theory]
    [InlineData("QuietHours", "Quiet hours")]
    [InlineData("NoSmsDoubleOptIn", "Not confirmed by text")]
    [InlineData("1190", "1190")]
    public void Codes_are_read_as_words(string code, string words) => Assert.Equal(words, CampaignWords.Reason(code));

    private IRenderedComponent<ReviewPanel> RenderReview(string staff, Action? onApprove = null, Action<string>? onRequest = null) => Render<ReviewPanel>(p => p
        .Add(c => c.Campaign, View())
        .Add(c => c.Actor, new Actor(ActorKind.Staff, staff, "Ben", new HashSet<string> { Permissions.ApproveCampaigns }))
        .Add(c => c.OnApprove, onApprove ?? (() => { }))
        .Add(c => c.OnRequestChanges, onRequest ?? (_ => { })));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ReviewPanel> panel, string text) =>
        panel.FindAll("button").First(b => b.TextContent.Trim() == text);

    private static DryRunView Run()
    {
        var sample = Guid.CreateVersion7(Noon);
        return new DryRunView(
            Guid.CreateVersion7(Noon), Noon, 10, 5, 2, 3,
            new DryRunDetail(
                Noon, 1,
                [new DryRunReason(DecisionKind.Block, Gate.Consent, SendReason.NoConsent, "US-02", 3, [sample]), new DryRunReason(DecisionKind.Defer, Gate.Window, SendReason.QuietHours, "US-09", 2, [])],
                [new DryRunHour(Noon, 5), new DryRunHour(Noon.AddHours(20), 2)], new Dictionary<int, int> { [1] = 7 }, new Dictionary<string, int> { ["gsm7"] = 7 }, new Dictionary<string, int>()),
            IsCurrent: true, new Dictionary<Guid, string> { [sample] = "+1 415 ••• 0100" });
    }

    private static CampaignView View() => new(
        CampaignId.New(Noon), Guid.Empty, "November news", PurposeId.New(Noon), "Offers", "Aurora", "+12025550111", MessageClass.Marketing, SegmentId.New(Noon), "Americans", 1, 1,
        "People who have a number of US.", "Aurora: hello", null, Noon, null, CampaignStatus.InReview, null, true, Author, "Mara", Author, "Mara", null, null, null, null, Noon,
        new string('a', 64), Run(), null);
}
