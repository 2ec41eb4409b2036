using System.Globalization;
using System.Runtime.CompilerServices;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>
/// What holds for every rule of the book, a new one included: it stands in the approved list with its source, it can speak
/// and can be silent, its hours, days and caps open and close where it says, and it begins on its day. A changed list is
/// approved by setting CONSENTPORTAL_APPROVE=1 and reading the difference.
/// </summary>
public sealed class RuleBookTests
{
    private const int Questions = 150_000;

    private static readonly Gate[] Gates = Enum.GetValues<Gate>();

    /// <summary>Rules that explain or are applied outside the gates (replies, deadlines); a rule that is asked can't hide here, and each has tests that name it.</summary>
    private static readonly string[] OnlyExplained = [.. NotesOnly()];

    private static readonly Lazy<(HashSet<string> Spoken, HashSet<string> Silent)> Heard = new(Ask);

    public static TheoryData<string> AskedRules => [.. Asked()];

    /// <summary>Each with a week of summer time and one of winter time, without a change of clocks and after every rule has begun.</summary>
    public static TheoryData<string, DateTime, int> SetsWithHours
    {
        get
        {
            var data = new TheoryData<string, DateTime, int>();
            foreach (var code in RuleBook.AllSets().Where(s => s.Hours.Length > 0).Select(s => s.Code).Distinct().Order(StringComparer.Ordinal))
            {
                data.Add(code, new DateTime(2026, 10, 12), 1);
                data.Add(code, new DateTime(2026, 11, 9), 0);
            }

            return data;
        }
    }

    /// <summary>For each rule that bars holidays one that would be open otherwise, between two that are none, in summer and in winter time.</summary>
    public static TheoryData<string, string, DateTime> Holidays
    {
        get
        {
            var data = new TheoryData<string, string, DateTime>();
            foreach (var (rule, code, hours) in SetsOnce(s => s.Hours.Where(h => h.Holidays is not null).Select(h => (h.Rule.Id, Of: h))))
            {
                data.Add(rule, code, Lonely(hours, new DateOnly(2026, 11, 1)));
                data.Add(rule, code, Lonely(hours, new DateOnly(2026, 4, 7)));
            }

            return data;

            static DateTime Lonely(HoursRule hours, DateOnly from)
            {
                var holidays = hours.Holidays!;
                while (!holidays.Contains(from) || holidays.Contains(from.AddDays(-1)) || holidays.Contains(from.AddDays(1)) || hours.Week.On(from.DayOfWeek).Length == 0)
                    from = from.AddDays(1);
                return from.ToDateTime(TimeOnly.MinValue);
            }
        }
    }

    public static TheoryData<string, string, DateTime> Caps
    {
        get
        {
            var data = new TheoryData<string, string, DateTime>();
            foreach (var (rule, code, _) in SetsOnce(s => s.Caps.Select(c => (c.Rule.Id, Of: c))))
            {
                data.Add(rule, code, new DateTime(2026, 11, 24, 17, 0, 0));
                data.Add(rule, code, new DateTime(2026, 7, 14, 16, 0, 0));
            }

            return data;
        }
    }

    public static TheoryData<string, string> RulesThatBegin
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (rule, code, _) in SetsOnce(s => s.Hours.Select(h => h.Rule).Concat(s.Caps.Select(c => c.Rule)).Distinct().Where(r => r.From is not null).Select(r => (r.Id, Of: r))))
                data.Add(rule, code);
            return data;
        }
    }

    [Fact]
    public void Every_rule_stands_in_the_approved_list_with_its_source() => Approved("rules.txt", string.Join('\n', RuleBook.All.Select(Line)));

    [Fact]
    public void Every_rule_has_one_meaning_a_sentence_and_a_source()
    {
        foreach (var rule in RuleBook.All)
        {
            Assert.True(rule.Sentence.EndsWith('.') && rule.Sentence.Length > 20, $"{rule.Id} says no sentence.");
            Assert.False(string.IsNullOrWhiteSpace(rule.Citation), $"{rule.Id} names no source.");
        }

        // The strictest state row stands in the book twice: as law where the state is not known, and as a preset.
        Assert.All(RuleBook.AllSets().SelectMany(s => s.Rules).GroupBy(r => (r.Id, r.IsPreset)), same => Assert.Single(same.Distinct()));
    }

    [Fact]
    public void In_each_member_state_of_the_eea_the_regulation_governs_texts() =>
        Assert.All("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO".Split(' '), country => Assert.True(RuleBook.CountryOf(country).IsUnderGdpr, country));

    /// <summary>Answers "has every rule a test?" for rules of tomorrow too.</summary>
    [Theory]
    [MemberData(nameof(AskedRules))]
    public void A_rule_that_is_asked_speaks_against_some_text(string rule) =>
        Assert.True(Heard.Value.Spoken.Contains(rule), $"{rule} never speaks. Add what it looks at to AnyQuestion.");

    [Theory]
    [MemberData(nameof(AskedRules))]
    public void A_rule_that_is_asked_lets_another_text_pass(string rule) =>
        Assert.True(Heard.Value.Silent.Contains(rule), $"{rule} never lets a text pass. Add what satisfies it to AnyQuestion.");

    [Theory]
    [MemberData(nameof(SetsWithHours))]
    public void Hours_open_on_their_first_tick_and_close_on_their_last_in_summer_and_in_winter(string code, DateTime monday, int offset)
    {
        var clock = ZoneClock.Find("Europe/London")!;
        foreach (var rule in RuleBook.AllSets().First(s => s.Code == code).Hours.Select(h => h with { Holidays = null }))
        {
            for (var day = monday; day < monday.AddDays(7); day = day.AddDays(1))
            {
                var spans = rule.Week.On(day.DayOfWeek);
                Assert.Equal(spans.Length == 0, StateAt(day.AddHours(12)) == HoursState.Barred);
                foreach (var span in spans)
                {
                    Assert.Equal(HoursState.Open, StateAt(day + span.Start));
                    Assert.Equal(HoursState.Open, StateAt(day + span.End - TimeSpan.FromTicks(1)));
                    if (span.Start > TimeSpan.Zero)
                        Assert.Equal(HoursState.Closed, StateAt(day + span.Start - TimeSpan.FromTicks(1)));
                    if (span.End < TimeSpan.FromDays(1))
                        Assert.Equal(HoursState.Closed, StateAt(day + span.End));
                }
            }

            HoursState StateAt(DateTime local) => HoursClock.StateAt(rule, clock, new DateTimeOffset(local, TimeSpan.FromHours(offset)), TimeSpan.Zero);
        }
    }

    [Theory]
    [MemberData(nameof(Holidays))]
    public void A_holiday_is_barred_from_its_first_second_to_its_last(string rule, string code, DateTime day)
    {
        var clock = ZoneClock.Find("Europe/London")!;
        var hours = RuleBook.AllSets().First(s => s.Code == code).Hours.First(h => h.Rule.Id == rule && h.Holidays is not null);
        var (first, next) = (clock.FirstInstantOf(day), clock.FirstInstantOf(day.AddDays(1)));

        Assert.All([first, first.AddSeconds(1), next.AddSeconds(-1)], at => Assert.Equal(HoursState.Barred, StateAt(at)));
        Assert.Equal(hours.Week.On(day.AddDays(-1).DayOfWeek).Length == 0, StateAt(first.AddSeconds(-1)) == HoursState.Barred);
        Assert.Equal(hours.Week.On(day.AddDays(1).DayOfWeek).Length == 0, StateAt(next) == HoursState.Barred);

        HoursState StateAt(DateTimeOffset at) => HoursClock.StateAt(hours, clock, at, TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Caps))]
    public void A_cap_has_room_again_in_the_second_in_which_its_oldest_text_is_as_old_as_its_period(string rule, string code, DateTime noon)
    {
        var set = RuleBook.AllSets().First(s => s.Code == code);
        var (cap, at) = (set.Caps.First(c => c.Rule.Id == rule), new DateTimeOffset(noon, TimeSpan.Zero));
        RecentSend[] sends = [.. Enumerable.Range(0, cap.Count).Select(i => new RecentSend(at - cap.Period + TimeSpan.FromMinutes(i), MessageClass.Marketing))];

        Assert.True(IsFull(sends, at.AddSeconds(-1)));
        Assert.False(IsFull(sends, at));
        Assert.False(IsFull(sends, at.AddSeconds(1)));
        Assert.False(IsFull(sends[1..], at.AddSeconds(-1)));

        bool IsFull(RecentSend[] sent, DateTimeOffset instant) => SaidBy(set, Facts.Marketing(Facts.NewYork) with { RecentSends = sent }, instant).Any(f => f.Gate == Gate.Caps && f.Rule.Id == rule);
    }

    [Theory]
    [MemberData(nameof(RulesThatBegin))]
    public void A_rule_that_begins_bars_its_first_midnight_and_not_the_second_before(string rule, string code)
    {
        var clock = ZoneClock.Find("Europe/London")!;
        var set = RuleBook.AllSets().First(s => s.Code == code);
        foreach (var hours in set.Hours.Where(h => h.Rule.Id == rule))
        {
            var midnight = clock.FirstInstantOf(hours.Rule.From!.Value.ToDateTime(TimeOnly.MinValue));
            Assert.Equal(
                [HoursState.Open, HoursState.Closed, HoursState.Closed],
                new[] { -1, 0, 1 }.Select(second => HoursClock.StateAt(hours, clock, midnight.AddSeconds(second), TimeSpan.Zero)));
        }

        foreach (var cap in set.Caps.Where(c => c.Rule.Id == rule))
        {
            var midnight = new DateTimeOffset(cap.Rule.From!.Value, TimeOnly.MinValue, TimeSpan.Zero);
            var full = Facts.Marketing(Facts.NewYork) with { RecentSends = [.. Enumerable.Range(1, cap.Count).Select(i => new RecentSend(midnight.AddMinutes(-i), MessageClass.Marketing))] };
            Assert.Equal([false, true, true], new[] { -1, 0, 1 }.Select(second => SaidBy(set, full, midnight.AddSeconds(second)).Any(f => f.Gate == Gate.Caps && f.Rule.Id == rule)));
        }
    }

    /// <summary>What sets hold, once for each set's code and each rule.</summary>
    private static IEnumerable<(string Rule, string Code, T Of)> SetsOnce<T>(Func<RuleSet, IEnumerable<(string Rule, T Of)>> held) =>
        RuleBook.AllSets().SelectMany(s => held(s).Select(h => (h.Rule, s.Code, h.Of))).DistinctBy(h => (h.Rule, h.Code)).OrderBy(h => h.Rule, StringComparer.Ordinal);

    private static IEnumerable<Finding> SaidBy(RuleSet set, SendFacts facts, DateTimeOffset at) =>
        Evaluation.Run(new SendView(facts, Facts.Statute, at, Jurisdiction.Of(facts, Facts.Statute).And(set)), Gates).Findings;

    private static IEnumerable<string> Asked() => RuleBook.All.Select(r => r.Id).Except(OnlyExplained);

    private static (HashSet<string> Spoken, HashSet<string> Silent) Ask()
    {
        var (asked, spoken, silent) = (Asked().ToHashSet(), new HashSet<string>(), new HashSet<string>());
        for (var seed = 0; seed < Questions && !(asked.IsSubsetOf(spoken) && asked.IsSubsetOf(silent)); seed++)
        {
            var question = AnyQuestion.Of(seed);
            var said = SendPolicy.Evaluate(question.Facts, question.Policy, question.At).Findings.Select(f => f.Rule.Id).ToHashSet();
            spoken.UnionWith(said);
            silent.UnionWith(RulesOf(question).Except(said));
        }

        return (spoken, silent);
    }

    private static IEnumerable<string> RulesOf(AnyQuestion question)
    {
        var jurisdiction = Jurisdiction.Of(question.Facts, question.Policy);
        var houses = new[] { Everywhere.KnownClock, Everywhere.GuardBeforeEnd, Everywhere.HouseCaps, Everywhere.HouseHours, Everywhere.CampaignTiming };
        return jurisdiction.Sets.SelectMany(s => s.Rules).Concat(houses).Select(r => r.Id);
    }

    private static IEnumerable<string> NotesOnly()
    {
        var spoken = RuleBook.AllSets().SelectMany(s => s.Facts.Select(f => f.Rule).Concat(s.Hours.Select(h => h.Rule)).Concat(s.Caps.Select(c => c.Rule))).Select(r => r.Id).ToHashSet();
        spoken.UnionWith([Everywhere.KnownClock.Id, Everywhere.GuardBeforeEnd.Id, Everywhere.HouseCaps.Id, Everywhere.HouseHours.Id, Everywhere.CampaignTiming.Id]);
        return RuleBook.All.Select(r => r.Id).Where(id => !spoken.Contains(id));
    }

    private static string Line(PolicyRule rule)
    {
        var sets = RuleBook.AllSets().Where(s => s.Rules.Contains(rule)).ToList();
        var hours = sets.SelectMany(s => s.Hours).Where(h => h.Rule == rule).Select(h => $"hours: {h.Week.Text}{(h.Holidays is null ? "" : ", no holidays")}, {h.Classes}");
        var caps = sets.SelectMany(s => s.Caps).Where(c => c.Rule == rule).Select(c => string.Create(CultureInfo.InvariantCulture, $"cap: {c.Count} in {c.Period.TotalHours} h{(c.PerSubject ? " per subject" : "")}, {c.Classes}"));
        string?[] parts =
        [
            rule.Id, rule.Gate.ToString(), rule.Standing.ToString(), rule.IsPreset ? "good practice" : null, OnlyExplained.Contains(rule.Id) ? "only explained" : null,
            rule.From is null && rule.To is null ? null : string.Create(CultureInfo.InvariantCulture, $"{rule.From:yyyy-MM-dd}..{rule.To:yyyy-MM-dd}"), rule.Citation, rule.Sentence,
            .. hours.Concat(caps).Distinct().Order(StringComparer.Ordinal),
        ];
        return string.Join(" | ", parts.OfType<string>());
    }

    private static void Approved(string name, string text, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(source)!, "Golden", name);
        text = text.ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("CONSENTPORTAL_APPROVE") == "1")
            File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }
}
