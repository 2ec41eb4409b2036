using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Tests.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

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
    public void Review_and_dry_run_say_that_the_provider_has_too_little_money()
    {
        var detail = Run().Detail with { Countries = [new DryRunCountry("US", 5, 1_000, new PartPrice(0.01m, PriceSource.Listed))] };
        var view = View() with { DryRun = Run() with { Detail = detail }, Balance = new KnownBalance(4m, RefillsItself: false, Noon, 50) };

        var review = Render<ReviewPanel>(p => p.Add(c => c.Campaign, view).Add(c => c.Actor, Actor.Nobody)).Find("[data-testid=money]").TextContent;
        var dry = Render<DryRunPanel>(p => p.Add(c => c.Run, view.DryRun).Add(c => c.Money, MoneyWords.Missing(view))).Find("[data-testid=money]").TextContent;

        Assert.Contains("costs about € 10.00", review, StringComparison.Ordinal);
        Assert.Contains("€ 6.00 too little", dry, StringComparison.Ordinal);
        Assert.Contains("refills itself", MoneyWords.Missing(view with { Balance = view.Balance with { RefillsItself = true } }), StringComparison.Ordinal);
        Assert.Empty(Render<ReviewPanel>(p => p.Add(c => c.Campaign, view with { Balance = null }).Add(c => c.Actor, Actor.Nobody)).FindAll("[data-testid=money]"));
    }

    [Fact]
    public void A_dry_run_says_what_it_costs_and_how_many_people_may_stop()
    {
        var detail = Run().Detail with
        {
            Countries = [new DryRunCountry("US", 5, 10, new PartPrice(0.0075m, PriceSource.Listed)), new DryRunCountry("FR", 1, 2, new PartPrice(0.065m, PriceSource.Charged)), new DryRunCountry("MX", 1, 3, null)],
            Past = new PastOptOuts(3, 1_000, 150),
        };

        var panel = Render<DryRunPanel>(p => p.Add(c => c.Run, Run() with { Detail = detail }));
        var young = Render<DryRunPanel>(p => p.Add(c => c.Run, Run() with { Detail = detail with { Past = new PastOptOuts(1, 20, 1) } }));

        Assert.Equal("€ 0.21", Tile(panel, "Cost"));
        Assert.Contains("and 3 parts without a known price", panel.Markup, StringComparison.Ordinal);
        Assert.Equal(
            ["United States 5 10 € 0.0075 listed € 0.08", "France 1 2 € 0.065 charged € 0.13", "Mexico 1 3 not known –"],
            panel.FindAll("[aria-label='Cost by country'] tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Equal("about 1", Tile(panel, "Expected opt-outs"));
        Assert.Contains("15.0 % did after the last 3 campaigns of this purpose", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("–", Tile(young, "Expected opt-outs"));
        Assert.Contains("No experience yet: only 20 texts of this purpose so far", young.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_curve_of_a_dry_run_is_shaded_where_people_may_not_be_texted()
    {
        var run = Run();
        var detail = run.Detail with { Closed = [new ClosedHour(Noon.AddHours(9), 7), new ClosedHour(Noon.AddHours(10), 7), new ClosedHour(Noon.AddHours(11), 2)] };

        var shades = Render<DryRunPanel>(p => p.Add(c => c.Run, run with { Detail = detail })).FindAll("rect.closed");

        Assert.Equal(["1", "0.29"], shades.Select(shade => shade.GetAttribute("fill-opacity")));
        Assert.EndsWith("closed for 29 %", shades[1].TextContent.Replace("29%", "29 %", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_say_how_fast_it_goes_what_it_cost_and_what_is_in_doubt()
    {
        var figures = Figures() with { Speed = new SendingSpeed(90, 900, 3, Noon.AddMinutes(1)), PricedTexts = 4 };

        var running = RenderResults(figures);
        var stuck = RenderResults(figures with { Speed = new SendingSpeed(0, 900, 0, null) });
        var over = RenderResults(figures with { Speed = null, ByState = new Dictionary<MessageState, int> { [MessageState.Delivered] = 4 }, Reasons = [] });

        Assert.Equal(("1.5", "in 10 min"), (Tile(running, "Texts a second"), Tile(running, "Last text")));
        Assert.Equal(("0.0", "–"), (Tile(stuck, "Texts a second"), Tile(stuck, "Last text")));
        Assert.Contains("€ 0.20, as charged for 4 texts", running.Markup, StringComparison.Ordinal);
        Assert.Equal("2", Tile(running, "In doubt"));
        Assert.Contains("never sent again by themselves", running.Find("[data-testid=doubt]").TextContent, StringComparison.Ordinal);
        Assert.Empty(over.FindAll("[data-testid=doubt]"));
        Assert.DoesNotContain("Texts a second", over.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_are_told_by_reason_and_lead_to_the_people()
    {
        var results = RenderResults(Figures());
        var failures = results.FindAll("[aria-label='From known ends to delivered'] .bar .label").Select(label => label.TextContent.Trim());

        Assert.Equal(["Texts whose end is known", "Failed: Provider's code 1190", "Expired: Retries exhausted", "Delivered"], failures);
        results.Find("[aria-label='From known ends to delivered'] button").Click();

        Assert.EndsWith("/list/Failed/1190", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_day_shows_who_left_by_the_hours_of_the_organisations_clock()
    {
        var hours = Enumerable.Range(0, 24).Select(hour => new OptOutHour(new DateTimeOffset(2026, 11, 24, 16, 30, 0, TimeSpan.Zero).AddHours(hour), hour == 1 ? 3 : 0)).ToList();

        var results = Render<CampaignResults>(p => p.Add(c => c.Figures, Figures()).Add(c => c.StartedAt, Noon)
            .Add(c => c.OptOuts, new OptOutsOverTime([new OptOutHour(hours[1].Start, 3)], hours, "Asia/Kolkata")).Add(c => c.Address, filter => $"/list/{filter.State}"));

        var day = results.Find("[data-testid=first-day]");
        Assert.StartsWith("22:00 to 21:00. Opted out: 3 in all, most in an hour 3", day.QuerySelector("svg[role=img]")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("On the organisation's clock (Asia/Kolkata)", day.TextContent, StringComparison.Ordinal);
        Assert.Empty(RenderResults(Figures()).FindAll("[data-testid=first-day]"));
    }

    [Fact]
    public void A_code_is_read_with_its_meaning_and_failed_leads_to_those_that_expired_too()
    {
        var gone = new ProviderErrorMeaning("1190", ProviderErrorClass.PermanentNumber, "subscriber gone for good");
        var results = RenderResults(Figures() with { Reasons = [new ReasonCount(MessageState.Failed, "1190", null, 2) { Error = gone }] });
        var row = new RecipientRow(1, SubscriberId.New(Noon), "+1 212 ••• 2368", "US", MessageState.Failed, nameof(SendReason.ProviderErrorPermanent), null, "1190", Noon, null, Noon) { Error = gone };
        var panel = Render<RecipientsPanel>(p => p
            .Add(c => c.ByState, new Dictionary<MessageState, int> { [MessageState.Failed] = 1 }).Add(c => c.Page, new RecipientPage([row], null))
            .Add(c => c.Filter, new RecipientFilter(Reason: "1190") { IsUndelivered = true }).Add(c => c.Address, filter => $"/list/{filter.StateText}"));

        Assert.Contains("Failed: Provider's code 1190, subscriber gone for good", results.FindAll(".bar .label").Select(label => label.TextContent.Trim()));
        Assert.Equal("3", Tile(results, "Failed"));
        Assert.Contains(results.FindAll("a").Select(a => a.GetAttribute("href")!), href => href.EndsWith("/list/undelivered/", StringComparison.Ordinal));
        Assert.Equal(
            ["Provider error permanent", "Provider's code 1190, subscriber gone for good", "The number is gone"],
            panel.FindAll("td[data-label=Why] span").Select(said => said.TextContent.Trim()));
        Assert.Contains("failed or expired", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_campaign_that_waits_for_its_start_can_be_paused_or_taken_back_with_a_reason()
    {
        string? reason = null;
        var panel = Render<StopPanel>(p => p.Add(c => c.IsWaiting, true).Add(c => c.CanPause, true).Add(c => c.OnTakeBack, r => reason = r));
        Assert.True(panel.FindAll("button").First(b => b.TextContent.Trim() == "Take back to draft").HasAttribute("disabled"));

        panel.Find("input").Input("The price is wrong");
        panel.FindAll("button").First(b => b.TextContent.Trim() == "Take back to draft").Click();

        Assert.Equal("The price is wrong", reason);
        Assert.Contains(panel.FindAll("button"), b => b.TextContent.Trim() == "Pause");
        Assert.DoesNotContain("Take back", Render<StopPanel>(p => p.Add(c => c.CanPause, true)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_six_steps_lead_where_they_can_be_gone_to_and_one_is_the_present_one()
    {
        var steps = Render<CampaignSteps>(p => p.Add(c => c.Reached, 3).Add(c => c.Shown, 2).Add(c => c.Address, step => step < 5 ? $"/campaigns/new?step={step}" : null));

        Assert.Equal(["Purpose & sender", "Audience", "Message", "Timing", "Dry run", "Review"], steps.FindAll("li").Select(li => li.Children[^1].TextContent));
        Assert.Equal(["/campaigns/new?step=1", "/campaigns/new?step=2", "/campaigns/new?step=3", "/campaigns/new?step=4"], steps.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal("Audience", steps.Find("[aria-current=step]").Children[^1].TextContent);
    }

    [Fact]
    public void A_start_by_each_clock_is_told_to_whoever_approves()
    {
        var view = View() with { Timing = new SendTiming(new DateTime(2026, 11, 25, 10, 0, 0), new SendingHours(9, 18)) };

        var words = Render<CampaignContentPanel>(p => p.Add(c => c.Campaign, view)).Find("section").TextContent;

        Assert.Contains("Starts on 25 Nov 2026 at 10:00, only from 09:00 to 18:00 where each person is", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_by_text_say_whether_chance_explains_them()
    {
        var few = Render<VariantTable>(p => p.Add(c => c.Variants, [new VariantFigures('A', 10, 9, 9, 0, 1), new VariantFigures('B', 10, 9, 8, 1, 0)]));
        var many = Render<VariantTable>(p => p.Add(c => c.Variants, [new VariantFigures('A', 1_000, 1_000, 990, 10, 30), new VariantFigures('B', 1_000, 1_000, 990, 10, 60)]));

        Assert.Equal("Opted out: too early to tell.", few.Find("[data-testid=opt-outs]").TextContent);
        Assert.StartsWith("Opted out: more people opted out with B (6.0 %) than with A (3.0 %)", many.Find("[data-testid=opt-outs]").TextContent);
        Assert.StartsWith("Failed: no difference that chance would not explain", many.Find("[data-testid=failures]").TextContent);
    }

    [Fact]
    public void A_finding_is_confirmed_for_the_text_that_it_is_about()
    {
        var ticked = new List<(string Key, bool IsConfirmed)>();
        var finding = new LintFinding(RuleBook.Find("CT-15")!, LintSeverity.Warns, "It is about beer.", "Look at it.") { NeedsConfirmation = true };
        var view = View() with { Texts = [new CampaignText('A', "One"), new CampaignText('B', "Two")], Findings = [new TextFinding('A', finding), new TextFinding('B', finding)] };
        var panel = Render<LintPanel>(p => p.Add(c => c.Campaign, view).Add(c => c.Confirmed, ["A CT-15"]).Add(c => c.OnConfirm, ((string, bool) tick) => ticked.Add(tick)));

        Assert.Equal([true, false], panel.FindAll("input[type=checkbox]").Select(box => box.HasAttribute("checked")));
        panel.FindAll("input[type=checkbox]")[1].Change(true);

        Assert.Equal([("B CT-15", true)], ticked);
    }

    [Fact]
    public void A_campaign_says_whom_it_leaves_out_how_fast_it_goes_and_what_stops_it()
    {
        var view = View() with
        {
            Exclusions = [new ExcludedView(SegmentId.New(Noon), "Has complained", 1, 2)], AtMost = 500, HoldoutPercent = 10, TextsPerMinute = 60, Limits = new StopLimits(2, 20, 100),
            Texts = [new CampaignText('A', "One", 3), new CampaignText('B', "Two")],
        };

        var words = Render<CampaignContentPanel>(p => p.Add(c => c.Campaign, view)).Find("section").TextContent;

        Assert.All(
            ["Has complained", "Version 2 exists", "500 people, chosen by lot", "10 % get nothing", "60 texts a minute at most", "more than 2 % opted out or more than 20 % failed, from 100 texts on", "for 25.0 % of the people"],
            said => Assert.Contains(said, words));
    }

    [Fact]
    public void A_preview_names_the_characters_that_cost()
    {
        var panel = Render<MessagePreviewPanel>(p => p.Add(c => c.Preview, new MessagePreview("Hi ✓", SmsMeasure.Of("Hi ✓"), [], null)));

        Assert.Contains("✓", panel.Find("strong").TextContent);
        Assert.Equal("1 part", panel.Find("[data-testid=parts]").TextContent);
    }

    [Theory]
    [InlineData("QuietHours", "Quiet hours")]
    [InlineData("NoSmsDoubleOptIn", "Not confirmed by text")]
    [InlineData("1190", "1190")]
    public void Codes_are_read_as_words(string code, string words) => Assert.Equal(words, CampaignWords.Reason(code));

    private IRenderedComponent<CampaignResults> RenderResults(CampaignFigures figures) => Render<CampaignResults>(
        p => p.Add(c => c.Campaign, CampaignId.New(Noon)).Add(c => c.Figures, figures).Add(c => c.Address, filter => $"http://localhost/list/{(filter.IsUndelivered ? filter.StateText : filter.State)}/{filter.Reason}"));

    private static string Tile<T>(IRenderedComponent<T> page, string label) where T : IComponent =>
        page.FindAll(".tile").First(tile => tile.QuerySelector(".label")!.TextContent.Trim() == label).QuerySelector(".value")!.TextContent;

    private static CampaignFigures Figures() => new(
        new Dictionary<MessageState, int> { [MessageState.Planned] = 900, [MessageState.Delivered] = 4, [MessageState.Failed] = 2, [MessageState.Expired] = 1, [MessageState.Unconfirmed] = 2 },
        [new ReasonCount(MessageState.Failed, "1190", null, 2), new ReasonCount(MessageState.Expired, nameof(SendReason.RetriesExhausted), null, 1)], 0, 8, 0.2m, Noon);

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

    internal static CampaignView View() => new(
        CampaignId.New(Noon), Guid.Empty, "November news", PurposeId.New(Noon), "Offers", "Aurora", "+12025550111", MessageClass.Marketing, SegmentId.New(Noon), "Americans", 1, 1,
        "People who have a number of US.", "Aurora: hello", null, Noon, null, CampaignStatus.InReview, null, true, Author, "Mara", Author, "Mara", null, null, null, null, Noon,
        new string('a', 64), Run(), null)
    {
        Texts = [new CampaignText('A', "Aurora: hello")], Limits = new StopLimits(null, null, 100),
    };
}
