using Bunit;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Segments;
using ConsentPortal.Web.Tests.Components;
using MudBlazor;

namespace ConsentPortal.Web.Tests.Segments;

public sealed class RuleEditorTests : ComponentTest
{
    private static readonly PurposeId Offers = new(Guid.Parse("0193a000-0000-7000-8000-000000000001"));

    private static readonly SegmentChoices Choices = new(
        [(Offers, "Offers")],
        [new(1, "tier", AttributeType.Text), new(2, "points", AttributeType.Number), new(3, "birthday", AttributeType.Date), new(4, "vip", AttributeType.Flag), new(5, "colours", AttributeType.List)],
        ["Web form"], ["US", "CA"], ["en"]);

    [Fact]
    public void Every_kind_of_rule_survives_the_editor()
    {
        var rule = new AllOf(
        [
            new NumberCountryIs(["US", "CA"]), new LivesIn("US", "FL"), new LanguageIs(["en"]), new SourceIs(["Web form"]), new LineTypeIs([LineType.Mobile]),
            new FrequencyIs([FrequencyPreference.Weekly]), new Added(false, 30), new LastTextOlderThan(3), new ConsentIs(Offers, ConsentStatus.Granted), new ConsentedUnder(Offers, "en", 3), new Purchased(2, 90, 25),
            new TextAttribute(1, TextTest.IsNot, "gold"), new NumberAttribute(2, AmountTest.AtMost, 100.5), new DateAttribute(3, DayTest.Before, new DateOnly(2026, 1, 31)),
            new FlagAttribute(4, false), new OnList(new SegmentId(Guid.Parse("0193a000-0000-7000-8000-000000000002"))),
            new WasSent(RuleTime.Last(7)), new WasSent(new RuleTime(From: new DateOnly(2026, 1, 1), Until: new DateOnly(2026, 1, 31)), CampaignId.New(Noon), Not: true), new Replied(2, RuleTime.Ever, Not: true), new Clicked(RuleTime.Last(7)), new Clicked(RuleTime.Ever, CampaignId.New(Noon), Not: true),
            new LastEngaged(new RuleTime(Until: new DateOnly(2026, 1, 31)), Not: true), new ConsentAge(Offers, false, 365), new InSegment(SegmentId.New(Noon)), new InBucket("spring", 10, 20),
            new ZoneIs(["America/New_York"]), new DateAttribute(3, DayTest.On, new DateOnly(2026, 1, 31)), new DateAttribute(3, DayTest.OnOrAfter, new DateOnly(2026, 1, 31)), .. Enum.GetValues<TodayTest>().Select(test => new DateAttributeFromToday(3, test, 7)),
            new ListAttribute(5, ListTest.NamesNone, ["red", "dark blue"]), new Purchased(3, 60, Not: true), new Purchased(1, null, 10, RuleTime.Ever), new AnyOf([new Added(true, 1), new NoneOf([new Added(true, 2)])]),
        ]);

        Assert.Equal(rule, GroupDraft.Of(rule).ToRule(Choices));
    }

    [Fact]
    public void An_unfinished_row_is_a_rule_that_its_check_refuses()
    {
        foreach (var kind in Enum.GetValues<ConditionKind>().Except([ConditionKind.Added, ConditionKind.LastText, ConditionKind.Purchased, ConditionKind.Replied, ConditionKind.WasSent, ConditionKind.Clicked, ConditionKind.LastEngaged]))
            Assert.NotEmpty(new ConditionDraft { Kind = kind }.ToRule(Choices).Check());
    }

    [Fact]
    public void Behaviour_offers_its_not_its_time_and_the_campaigns_that_were_sent()
    {
        Render<MudPopoverProvider>();
        var spring = CampaignId.New(Noon);
        var row = new ConditionDraft { Kind = ConditionKind.WasSent, TimeForm = TimeForm.Calendar, Campaign = spring };
        var choices = Choices with { Campaigns = [(spring, "Spring")], Zone = "America/New_York" };

        var editor = Render<ConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Choices, choices));

        Assert.All(["were sent", "Spring", "on days of the calendar", "Days of America/New York"], text => Assert.Contains(text, editor.Markup, StringComparison.Ordinal));
        Assert.Equal(2, editor.FindComponents<MudDatePicker>().Count);
    }

    [Fact]
    public void Rows_and_groups_are_added_and_removed_by_buttons()
    {
        var group = new GroupDraft { Rows = { new ConditionDraft() } };
        var changes = 0;
        var editor = RenderEditor(group, () => changes++);

        Button(editor, "Add condition").Click();
        Button(editor, "Add group").Click();
        Assert.Equal((2, 1), (group.Rows.Count, group.Groups.Count));
        editor.FindAll("button[aria-label='Remove this condition']")[0].Click();
        Button(editor, "Remove group").Click();

        Assert.Equal((1, 0, 4), (group.Rows.Count, group.Groups.Count, changes));
    }

    [Fact]
    public void The_joiner_of_a_group_is_chosen_in_one_click()
    {
        var group = new GroupDraft { Rows = { new ConditionDraft { Kind = ConditionKind.Added } } };
        var editor = RenderEditor(group, () => { });

        editor.FindAll(".mud-toggle-item").First(i => i.TextContent.Contains("None of these", StringComparison.Ordinal)).Click();

        Assert.Equal("People who do not (were added in the last 30 days).", group.ToRule(Choices).Sentence(Choices.Names));
    }

    [Fact]
    public void Each_condition_shows_how_many_people_it_leaves()
    {
        Render<MudPopoverProvider>();
        var group = new GroupDraft { Rows = { new ConditionDraft { Kind = ConditionKind.Added } }, Groups = { new GroupDraft { Joiner = GroupJoiner.Any, Rows = { new ConditionDraft { Kind = ConditionKind.Added } } } } };
        var counts = RuleCounts.None.With(new FunnelStep("rule", 5000)).With(new FunnelStep("rule.1", 1200)).With(new FunnelStep("rule.2", 300)).With(new FunnelStep("rule.2.1", 299));

        var editor = Render<RuleGroupEditor>(p => p.Add(c => c.Group, group).Add(c => c.Choices, Choices).Add(c => c.Counts, counts));

        Assert.Equal("of 5,000 people", editor.Find("[data-testid=people-rule]").TextContent);
        Assert.Equal("300 left", editor.Find("[data-testid='people-rule.2']").TextContent);
        Assert.Equal(["1,200 left", "299 meet it"], editor.FindAll("[data-testid=left]").Select(e => e.TextContent));
    }

    [Fact]
    public void Only_who_may_open_people_gets_links_to_them()
    {
        Render<MudPopoverProvider>();
        var id = SubscriberId.New(Noon);
        IRenderedComponent<SegmentFiguresPanel> Panel(bool mayOpen) => Render<SegmentFiguresPanel>(p => p
            .Add(c => c.Figures, new SegmentFigures(1, null, [new SamplePerson(id, "+1 415 ••• 0100", "US", "en")], Noon))
            .Add(c => c.Purposes, Choices.Purposes).Add(c => c.MayOpen, mayOpen));

        Assert.Equal($"/subscribers/{id}", Panel(mayOpen: true).Find(".sample a").GetAttribute("href"));
        Assert.Empty(Panel(mayOpen: false).FindAll(".sample a"));
    }

    [Fact]
    public void Counts_say_what_they_count()
    {
        Render<MudPopoverProvider>();
        var panel = Render<SegmentFiguresPanel>(p => p
            .Add(c => c.Figures, new SegmentFigures(12345, 6789, [new SamplePerson(SubscriberId.New(Noon), "+1 415 ••• 0100", "US", "en")], Noon) { Waiting = 1234 })
            .Add(c => c.Purposes, Choices.Purposes));

        Assert.Equal("1,234", panel.Find("[data-testid=waiting]").TextContent.Trim());
        Assert.Contains("nor a cap is used up", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("12,345", panel.Find("[data-testid=people]").TextContent.Trim());
        Assert.StartsWith("6,789", panel.Find("[data-testid=reachable]").TextContent.Trim());
        Assert.Contains("+1 415 ••• 0100", panel.Markup);
    }

    private IRenderedComponent<RuleGroupEditor> RenderEditor(GroupDraft group, Action onChange)
    {
        Render<MudPopoverProvider>();
        return Render<RuleGroupEditor>(p => p.Add(c => c.Group, group).Add(c => c.Choices, Choices).Add(c => c.OnChange, onChange));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<RuleGroupEditor> editor, string text) =>
        editor.FindAll("button").First(b => b.TextContent.Contains(text, StringComparison.Ordinal));
}
