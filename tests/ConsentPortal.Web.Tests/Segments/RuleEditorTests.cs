using Bunit;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Segments;
using ConsentPortal.Web.Features.Subscribers;
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
            new ListAttribute(5, ListTest.NamesNone, ["red", "dark blue"]), new Purchased(3, 60, Not: true), new Purchased(1, null, 10, RuleTime.Ever), new Added(false, null, new RuleTime(From: new DateOnly(2026, 1, 1))), new ConsentAge(Offers, true, null, new RuleTime(Until: new DateOnly(2026, 1, 31))),
            new TextAttribute(1, TextTest.IsKnown, ""), .. Enumerable.Range(1, 5).Select(attribute => new AttributeKnown(attribute, Not: true)), .. Enumerable.Range(2, 4).Select(attribute => new AttributeKnown(attribute)), new AnyOf([new Added(true, 1), new NoneOf([new Added(true, 2)])]),
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
    public void A_row_that_asks_about_an_age_offers_the_calendar_and_not_any_time()
    {
        Render<MudPopoverProvider>();
        var row = new ConditionDraft { Kind = ConditionKind.Purchased, TimeForm = TimeForm.Ever };

        row.Ask(ConditionKind.Added);
        var editor = Render<ConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Choices, Choices));

        Assert.Equal(TimeForm.LastDays, row.TimeForm);
        Assert.All(["were added", "in the last days"], text => Assert.Contains(text, editor.Markup, StringComparison.Ordinal));
        row.TimeForm = TimeForm.Calendar;
        editor.Render();
        Assert.Equal(2, editor.FindComponents<MudDatePicker>().Count);
    }

    [Fact]
    public async Task Any_attribute_can_be_asked_whether_anything_is_known_of_it()
    {
        Render<MudPopoverProvider>();
        foreach (var attribute in Choices.Attributes.Where(a => a.Type is not (AttributeType.Text or AttributeType.List)))
        {
            var row = new ConditionDraft { Kind = ConditionKind.Attribute, AttributeId = attribute.Id };
            var select = Render<AttributeConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Attributes, Choices.Attributes)).FindComponents<MudSelect<string>>().Single();

            await select.InvokeAsync(() => select.Instance.ValueChanged.InvokeAsync("is not known"));

            Assert.Equal(new AttributeKnown(attribute.Id, Not: true), row.ToRule(Choices));
        }
    }

    [Fact]
    public async Task States_are_offered_of_the_chosen_country_and_wording_languages_of_the_chosen_purpose()
    {
        Render<MudPopoverProvider>();
        var choices = Choices with { States = [("CA", "ON"), ("US", "FL"), ("US", "NY")], WordingLanguages = [(Offers, "en"), (Offers, "es"), (PurposeId.New(Noon), "fr")] };
        var place = Render<ConditionEditor>(p => p.Add(c => c.Draft, new ConditionDraft { Kind = ConditionKind.LivesIn, Country = "US" }).Add(c => c.Choices, choices));
        var words = Render<ConditionEditor>(p => p.Add(c => c.Draft, new ConditionDraft { Kind = ConditionKind.ConsentedUnder, Purpose = Offers }).Add(c => c.Choices, choices));

        var states = place.FindComponents<MudAutocomplete<string>>()[^1].Instance.SearchFunc!;

        Assert.Equal(["FL", "NY"], await states("", default)!);
        Assert.Equal(["NY"], await states("n", default)!);
        Assert.Equal(["en", "es"], words.FindComponents<MudSelect<string>>().Single().FindComponents<MudSelectItem<string>>().Select(i => i.Instance.Value));
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
    public void Within_an_any_group_a_deeper_group_says_who_fits_so_far_and_not_who_is_left()
    {
        Render<MudPopoverProvider>();
        var deep = new GroupDraft { Rows = { new ConditionDraft { Kind = ConditionKind.Added }, new ConditionDraft { Kind = ConditionKind.LastText } } };
        var group = new GroupDraft { Groups = { new GroupDraft { Joiner = GroupJoiner.Any, Groups = { deep } } } };
        var counts = new[] { ("rule", 5000), ("rule.1", 300), ("rule.1.1", 300), ("rule.1.1.1", 1200), ("rule.1.1.2", 300) }.Aggregate(RuleCounts.None, (known, step) => known.With(new FunnelStep(step.Item1, step.Item2)));

        var editor = Render<RuleGroupEditor>(p => p.Add(c => c.Group, group).Add(c => c.Choices, Choices).Add(c => c.Counts, counts));

        Assert.Equal(("300 left", "300 meet it"), (editor.Find("[data-testid='people-rule.1']").TextContent, editor.Find("[data-testid='people-rule.1.1']").TextContent));
        Assert.Equal(["1,200 fit so far", "300 fit so far"], editor.FindAll("[data-testid=left]").Select(e => e.TextContent));
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

    [Fact]
    public async Task A_comparison_that_is_chosen_after_is_known_compares_again_and_tells_the_page()
    {
        var (row, changes) = (new ConditionDraft { Kind = ConditionKind.Attribute, AttributeId = 2, IsKnown = true, Number = 5 }, 0);
        Render<MudPopoverProvider>();
        var select = Render<AttributeConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Attributes, Choices.Attributes).Add(c => c.OnChange, () => changes++)).FindComponents<MudSelect<string>>().Single();

        await select.InvokeAsync(() => select.Instance.ValueChanged.InvokeAsync("is at most"));

        Assert.Equal((new NumberAttribute(2, AmountTest.AtMost, 5), 1), (row.ToRule(Choices), changes));
    }

    [Fact]
    public async Task Another_country_forgets_the_state_and_the_same_one_keeps_it()
    {
        Render<MudPopoverProvider>();
        var row = new ConditionDraft { Kind = ConditionKind.LivesIn, Country = "US", State = "FL" };
        var country = Render<ConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Choices, Choices)).FindComponent<CountryField>();

        await country.InvokeAsync(() => country.Instance.ValueChanged.InvokeAsync("US"));
        Assert.Equal(new LivesIn("US", "FL"), row.ToRule(Choices));
        await country.InvokeAsync(() => country.Instance.ValueChanged.InvokeAsync("CA"));

        Assert.Equal(new LivesIn("CA", null), row.ToRule(Choices));
    }

    [Fact]
    public void A_row_that_asks_about_something_else_forgets_the_values_that_belonged_to_it()
    {
        var row = new ConditionDraft { Kind = ConditionKind.NumberCountry, Values = ["US"] };

        row.Ask(ConditionKind.Language);

        Assert.NotEmpty(row.ToRule(Choices).Check());
    }

    [Fact]
    public void What_a_row_holds_is_offered_though_nobody_has_it_any_more()
    {
        Render<MudPopoverProvider>();
        IEnumerable<string?> Offered(ConditionDraft row) => Render<ConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Choices, Choices with { WordingLanguages = [(Offers, "en")] }))
            .FindComponents<MudSelect<string>>().Single().FindComponents<MudSelectItem<string>>().Select(i => i.Instance.Value);

        Assert.Equal(["Web form", "Old shop"], Offered(new ConditionDraft { Kind = ConditionKind.Source, Values = ["Web form", "Old shop"] }));
        Assert.Equal(["en", "fr"], Offered(new ConditionDraft { Kind = ConditionKind.ConsentedUnder, Purpose = Offers, WordingLanguage = "fr" }));
    }

    [Fact]
    public void A_zone_and_a_frequency_are_offered_in_words()
    {
        Render<MudPopoverProvider>();
        string Shown(ConditionDraft row) => Render<ConditionEditor>(p => p.Add(c => c.Draft, row).Add(c => c.Choices, Choices)).Find(".wide input").GetAttribute("value")!;

        Assert.Equal("America/New York", Shown(new ConditionDraft { Kind = ConditionKind.Zone, Values = ["America/New_York"] }));
        Assert.Equal("Urgent only", Shown(new ConditionDraft { Kind = ConditionKind.Frequency, Values = [nameof(FrequencyPreference.UrgentOnly)] }));
    }

    [Fact]
    public void A_group_that_is_added_begins_with_one_condition_of_which_any_is_enough()
    {
        var group = new GroupDraft();

        Button(RenderEditor(group, () => { }), "Add group").Click();

        Assert.Equal((GroupJoiner.Any, 1), (group.Groups[0].Joiner, group.Groups[0].Rows.Count));
    }

    [Fact]
    public void A_group_is_offered_wherever_the_rule_may_hold_one_and_nowhere_deeper()
    {
        GroupDraft Nested(int groups) => groups == 1 ? Row() : Row(Nested(groups - 1));
        static GroupDraft Row(params GroupDraft[] within)
        {
            var group = new GroupDraft { Rows = { new ConditionDraft { Kind = ConditionKind.Added } } };
            group.Groups.AddRange(within);
            return group;
        }

        var deepest = Enumerable.Range(1, 20).Last(groups => Nested(groups).ToRule(Choices).Check().Count == 0);
        var editor = RenderEditor(Nested(deepest), () => { });

        Assert.Equal((deepest, deepest - 1), (editor.FindAll("fieldset.group").Count, editor.FindAll("button").Count(b => b.TextContent.Contains("Add group", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_days_and_the_form_of_a_time_are_told_to_the_page()
    {
        Render<MudPopoverProvider>();
        var (row, changes) = (new ConditionDraft { Kind = ConditionKind.WasSent }, 0);
        var fields = Render<TimeFields>(p => p.Add(c => c.Draft, row).Add(c => c.Zone, "UTC").Add(c => c.OnChange, () => changes++));

        await fields.InvokeAsync(() => fields.FindComponent<MudNumericField<int>>().Instance.ValueChanged.InvokeAsync(7));
        await fields.InvokeAsync(() => fields.FindComponent<MudSelect<TimeForm>>().Instance.ValueChanged.InvokeAsync(TimeForm.Ever));

        Assert.Equal((7, TimeForm.Ever, 2), (row.Days, row.TimeForm, changes));
    }

    [Theory]
    [InlineData(100, 138, "(+38 %)")]
    [InlineData(200, 124, "(−38 %)")]
    [InlineData(124, 124, null)]
    public void The_count_is_held_against_the_one_of_the_last_campaign(int then, int now, string? drift)
    {
        Render<MudPopoverProvider>();
        var panel = Render<SegmentFiguresPanel>(p => p.Add(c => c.Figures, new SegmentFigures(now, null, [], Noon)).Add(c => c.Purposes, Choices.Purposes)
            .Add(c => c.LastUse, new SegmentLastUse(CampaignId.New(Noon), "Spring", 2, Noon, then)));

        var told = panel.Find("[data-testid=drift]").TextContent;

        Assert.Contains($"by Spring with version 2: {then} people then, {now} people now", told, StringComparison.Ordinal);
        Assert.Equal(drift is not null, told.Contains('%', StringComparison.Ordinal));
        if (drift is not null)
            Assert.Contains(drift, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_warning_is_shown()
    {
        Render<MudPopoverProvider>();
        var panel = Render<SegmentFiguresPanel>(p => p.Add(c => c.Figures, new SegmentFigures(3, null, [], Noon) { Warnings = ["Few people.", "A sensitive field."] }).Add(c => c.Purposes, Choices.Purposes));

        Assert.Equal(["Few people.", "A sensitive field."], panel.FindAll(".warning").Select(w => w.TextContent.Trim()));
    }

    [Fact]
    public void The_largest_countries_are_named_with_their_share_and_the_rest_is_one_line()
    {
        Render<MudPopoverProvider>();
        SegmentCountry[] countries = [new("US", 600), new("CA", 200), new("GB", 100), new(null, 50), new("DE", 25), new("FR", 15), new("ES", 10)];
        var panel = Render<SegmentFiguresPanel>(p => p.Add(c => c.Figures, new SegmentFigures(1000, null, [], Noon)).Add(c => c.Purposes, Choices.Purposes).Add(c => c.Countries, countries));

        Assert.Equal(["United States", "Canada", "United Kingdom", "Unknown", "Germany", "2 others"], panel.FindAll("[data-testid=countries] dt").Select(d => d.TextContent));
        Assert.Equal(["600 (60.0 %)", "25 (2.5 %)", "25 (2.5 %)"], panel.FindAll("[data-testid=countries] dd").Select(d => d.TextContent.Trim()).Where((_, i) => i is 0 or 4 or 5));
    }

    [Fact]
    public void Whoever_works_by_keyboard_goes_on_in_the_condition_that_they_added_and_beside_the_one_that_they_removed()
    {
        var group = new GroupDraft { Rows = { new ConditionDraft { Kind = ConditionKind.Added } } };
        var editor = RenderEditor(group, () => { });
        Assert.Empty(Focused());

        Button(editor, "Add condition").Click();
        Assert.Single(Focused());
        Button(editor, "Add group").Click();
        Assert.Equal(2, Focused().Count);
        editor.FindAll("button[aria-label='Remove this condition']")[0].Click();

        Assert.Equal(3, Focused().Count);
    }

    private List<JSRuntimeInvocation> Focused() => [.. JSInterop.Invocations.Where(i => i.Identifier.Contains("focus", StringComparison.OrdinalIgnoreCase))];

    private IRenderedComponent<RuleGroupEditor> RenderEditor(GroupDraft group, Action onChange)
    {
        Render<MudPopoverProvider>();
        return Render<RuleGroupEditor>(p => p.Add(c => c.Group, group).Add(c => c.Choices, Choices).Add(c => c.OnChange, onChange));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<RuleGroupEditor> editor, string text) =>
        editor.FindAll("button").First(b => b.TextContent.Contains(text, StringComparison.Ordinal));
}
