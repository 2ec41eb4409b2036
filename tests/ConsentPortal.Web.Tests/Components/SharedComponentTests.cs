using Bunit;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Components.Theme;

namespace ConsentPortal.Web.Tests.Components;

public sealed class SharedComponentTests : ComponentTest
{
    [Theory]
    [InlineData(ConsentStatus.Granted, "Granted", "meaning-granted")]
    [InlineData(ConsentStatus.Pending, "Pending", "meaning-pending")]
    [InlineData(ConsentStatus.Withdrawn, "Withdrawn", "meaning-withdrawn")]
    [InlineData(ConsentStatus.Expired, "Expired", "meaning-withdrawn")]
    public void A_consent_is_an_icon_a_word_and_a_colour(ConsentStatus status, string word, string colour)
    {
        var chip = Render<ConsentChip>(p => p.Add(c => c.Status, status)).Find(".chip");

        Assert.Equal(word, chip.TextContent.Trim());
        Assert.Contains(colour, chip.ClassList);
        Assert.NotNull(chip.QuerySelector("svg"));
    }

    [Fact]
    public void Suppression_outranks_a_granted_consent()
    {
        var chip = Render<ConsentChip>(p => p.Add(c => c.Status, ConsentStatus.Granted).Add(c => c.IsSuppressed, true)).Find(".chip");

        Assert.Equal("Suppressed", chip.TextContent.Trim());
        Assert.Contains("meaning-blocked", chip.ClassList);
    }

    [Theory]
    [InlineData(-5, 25, "25 days left", "meaning-withdrawn")]
    [InlineData(-22.5, 7.5, "7 days left", "meaning-withdrawn")]
    [InlineData(-22.6, 7.4, "7 days left", "meaning-blocked")]
    [InlineData(-29.5, 0.5, "12 hours left", "meaning-blocked")]
    [InlineData(-32, -2, "2 days overdue", "meaning-blocked")]
    [InlineData(-30.1, -0.1, "2 hours overdue", "meaning-blocked")]
    public void A_deadline_turns_red_in_its_last_quarter_and_counts_on_when_overdue(double from, double due, string text, string colour)
    {
        var chip = Render<Deadline>(p => p.Add(c => c.From, Noon.AddDays(from)).Add(c => c.Due, Noon.AddDays(due))).Find(".chip");

        Assert.Equal(text, chip.TextContent.Trim());
        Assert.Contains(colour, chip.ClassList);
    }

    [Theory]
    [InlineData(-1, "Done in time")]
    [InlineData(0, "Done in time")]
    [InlineData(3, "Done 3 days late")]
    public void What_is_done_is_no_longer_counted(int daysAfterDue, string text)
    {
        var due = Noon.AddDays(-10);
        var chip = Render<Deadline>(p => p.Add(c => c.From, Noon.AddDays(-40)).Add(c => c.Due, due).Add(c => c.DoneAt, due.AddDays(daysAfterDue)));

        Assert.Equal(text, chip.Find(".chip").TextContent.Trim());
    }

    [Fact]
    public void An_instant_is_shown_in_the_readers_zone_with_utc_and_the_subscribers_zone_in_the_tooltip()
    {
        var at = new DateTimeOffset(2026, 11, 23, 14, 2, 0, TimeSpan.Zero);
        var time = Render<Instant>(p => p
            .AddCascadingValue(new BrowserChoices(Dark: false, "Europe/Berlin"))
            .Add(c => c.At, at).Add(c => c.Zone, "America/New_York")).Find("time");

        Assert.Equal("23 Nov 2026, 15:02", time.TextContent);
        Assert.Equal("23 Nov 2026, 14:02 UTC · 23 Nov 2026, 09:02 America/New_York", time.GetAttribute("title"));
        Assert.Equal("2026-11-23T14:02:00Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public void A_time_is_shown_and_read_on_the_clock_of_whoever_writes_it_and_the_label_says_so()
    {
        DateTimeOffset? written = null;
        var field = Render<InstantInput>(p => p.AddCascadingValue(new BrowserChoices(Dark: false, "Europe/Berlin"))
            .Add(c => c.Label, "Became aware").Add(c => c.NamesClock, true).Add(c => c.Value, new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero)).Add(c => c.ValueChanged, at => written = at));

        Assert.Equal("Became aware, on your clock (Europe/Berlin)", field.Find("label").TextContent);
        Assert.Equal("2026-11-24T09:00", field.Find("input").GetAttribute("value"));
        field.Find("input").Change("2026-07-01T09:00");
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 7, 0, 0, TimeSpan.Zero), written);
        field.Find("input").Change("");
        Assert.Null(written);
    }

    [Fact]
    public void A_day_is_reported_once_its_year_is_typed_and_when_it_is_taken_out()
    {
        var chosen = new List<DateOnly?>();
        var field = Render<DayInput>(p => p.Add(c => c.Label, "From").Add(c => c.Value, null).Add(c => c.ValueChanged, day => chosen.Add(day)));

        foreach (var typed in (string[])["0002-11-15", "0020-11-15", "0202-11-15", "2026-11-15", ""])
            field.Find("input").Change(typed);

        Assert.Equal([new DateOnly(2026, 11, 15), null], chosen);
    }

    [Fact]
    public void A_time_is_reported_once_its_year_is_typed()
    {
        var chosen = new List<DateTimeOffset?>();
        var field = Render<InstantInput>(p => p.AddCascadingValue(new BrowserChoices(Dark: false, "Europe/Berlin")).Add(c => c.Label, "On").Add(c => c.Value, null).Add(c => c.ValueChanged, at => chosen.Add(at)));

        foreach (var typed in (string[])["0001-01-01T00:00", "0202-11-24T09:00", "2026-11-24T09:00"])
            field.Find("input").Change(typed);

        Assert.Equal([new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero)], chosen);
    }

    [Theory]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-11-24T09:00", "2026-11-24T08:00:00Z")]
    [InlineData("2026-07-01T09:00", "2026-07-01T07:00:00Z")]
    public void A_time_is_read_on_the_clock_of_who_writes_it(string text, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc), InstantInput.Read(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Theory]
    [InlineData(-30, "just now")]
    [InlineData(-180, "3 min ago")]
    [InlineData(7200, "in 2 h")]
    [InlineData(-86400, "1 day ago")]
    [InlineData(259200, "in 3 days")]
    public void A_relative_time_counts_in_the_largest_whole_unit(int seconds, string text) =>
        Assert.Equal(text, Figures.Relative(Noon.AddSeconds(seconds), Noon));

    [Fact]
    public void A_waterfall_ends_with_those_who_are_left()
    {
        string? chosen = null;
        var waterfall = Render<Waterfall>(p => p
            .Add(c => c.Total, 1000)
            .Add(c => c.Steps, [new("noConsent", "No consent", 250, Meaning.Withdrawn), new("quiet", "Quiet hours", 50, Meaning.Deferred), new("erased", "Erased", 0)])
            .Add(c => c.OnSelect, key => chosen = key));

        Assert.Equal(["1,000", "−250", "−50", "0", "700"], waterfall.FindAll(".count").Select(e => e.TextContent));
        var bars = waterfall.FindAll("rect.part").Select(e => (e.GetAttribute("x"), e.GetAttribute("width"))).ToArray();
        Assert.Equal([("0", "1000"), ("750", "250"), ("700", "50"), ("700", "0"), ("0", "700")], bars);
        waterfall.Find("button").Click();
        Assert.Equal("noConsent", chosen);
        Assert.Equal(2, waterfall.FindAll("button").Count);
    }

    [Fact]
    public void A_delivery_curve_begins_with_what_is_closed_before_the_first_text_and_shades_only_the_part_of_a_window_that_it_shows()
    {
        var curve = Render<DeliveryCurve>(p => p
            .Add(c => c.Hours, [new(Noon, 10), new(Noon.AddHours(25), 40)])
            .Add(c => c.Closed, [new(Noon.AddHours(-6), Noon.AddHours(6)), new(Noon.AddHours(20), Noon.AddHours(50)), new(Noon.AddHours(60), Noon.AddHours(70))]));

        Assert.Equal([("56", "336"), ("784", "168")], curve.FindAll("rect.closed").Select(shade => (shade.GetAttribute("x")!, shade.GetAttribute("width")!)));
        Assert.Contains("50 texts", curve.Find("svg").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_delivery_curve_that_begins_shortly_before_midnight_names_only_the_day_that_has_room()
    {
        var midnight = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(["Wed 25 Nov"], DaysOf(midnight.AddHours(-1)));
        Assert.Equal(["Tue 24 Nov", "Wed 25 Nov"], DaysOf(midnight.AddHours(-6)));

        IEnumerable<string> DaysOf(DateTimeOffset start) => Render<DeliveryCurve>(p => p
            .Add(c => c.Hours, [new(start, 10), new(start.AddHours(20), 40)]).Add(c => c.Zone, "UTC")).FindAll("text.day").Select(e => e.TextContent);
    }

    [Fact]
    public void A_timeline_is_newest_first_and_sets_apart_what_is_planned()
    {
        var timeline = Render<Timeline>(p => p.Add(c => c.Items,
        [
            new("old", Noon.AddDays(-1), "Joined"), new("next", Noon.AddDays(1), "Campaign"), new("now", Noon.AddHours(-1), "Delivered"), new("soon", Noon.AddHours(1), "Reminder"),
        ]));

        Assert.Equal(["Tomorrow, planned", "Today, planned", "Today", "Yesterday"], timeline.FindAll(".day").Select(e => e.TextContent));
        Assert.Equal(["Campaign", "Reminder", "Delivered", "Joined"], timeline.FindAll(".title").Select(e => e.TextContent));
        Assert.Equal(2, timeline.FindAll(".ahead").Count);
    }

    [Fact]
    public void A_decision_says_for_each_gate_how_it_went_in_words_too()
    {
        var trace = Render<DecisionTrace>(p => p
            .Add(c => c.Meaning, Meaning.Blocked).Add(c => c.Verdict, "Blocked")
            .Add(c => c.Gates, [new("Consent", GateOutcome.Failed, "US-01", "There is no written consent."), new("Quiet hours", GateOutcome.NotAsked, null, "Not asked.")]));

        Assert.Equal(["Consent: stopped here", "Quiet hours: not asked"], trace.FindAll(".gate").Select(e => e.TextContent));
        Assert.Equal("US-01", Assert.Single(trace.FindAll(".rule")).TextContent);
    }

    [Theory]
    [InlineData(120, 100, Wish.Up, "20 %", "meaning-granted")]
    [InlineData(80, 100, Wish.Up, "20 %", "meaning-blocked")]
    [InlineData(80, 100, Wish.Down, "20 %", "meaning-granted")]
    [InlineData(100, 100, Wish.Up, "no change", "meaning-neutral")]
    [InlineData(5, 0, Wish.None, "new", "meaning-neutral")]
    public void A_tile_judges_its_change_by_what_is_wished_for(long now, long before, Wish wish, string text, string colour)
    {
        var change = Render<StatTile>(p => p.Add(c => c.Label, "Reachable").Add(c => c.Value, now).Add(c => c.Before, before).Add(c => c.Wish, wish)).Find(".change");

        Assert.Equal(text, change.TextContent.Trim());
        Assert.Contains(colour, change.ClassList);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(7, 8, 2)]
    [InlineData(100, 100, 25)]
    [InlineData(101, 150, 50)]
    [InlineData(10_000, 10_000, 2500)]
    public void An_axis_has_round_lines_and_covers_the_largest_value(long largest, long top, long step)
    {
        var scale = Scale.For(largest);

        Assert.Equal(top, scale.Top);
        Assert.Equal(step, scale.Lines[1]);
        Assert.InRange(scale.Lines.Count, 2, 6);
    }
}
