using System.Globalization;
using System.Runtime.CompilerServices;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>
/// What holds for every rule of the book, a new one included: it stands in the approved list with its source, it can speak
/// and can be silent, and its hours open and close where it says. A changed list is approved by setting
/// CONSENTPORTAL_APPROVE=1 and reading the difference.
/// </summary>
public sealed class RuleBookTests
{
    private const int Questions = 150_000;

    /// <summary>Rules that explain or are applied outside the gates (replies, deadlines); a rule that is asked can't hide here.</summary>
    private static readonly string[] OnlyExplained = [.. NotesOnly()];

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

    /// <summary>Answers "has every rule a test?" for rules of tomorrow too: each must be seen to speak, and to be asked and stay silent.</summary>
    [Fact]
    public void Every_rule_that_is_asked_speaks_against_some_text_and_lets_another_pass()
    {
        var asked = RuleBook.All.Select(r => r.Id).Except(OnlyExplained).ToHashSet();
        var (mute, relentless) = (new HashSet<string>(asked), new HashSet<string>(asked));
        for (var seed = 0; seed < Questions && mute.Count + relentless.Count > 0; seed++)
        {
            var question = AnyQuestion.Of(seed);
            var decision = SendPolicy.Evaluate(question.Facts, question.Policy, question.At);
            var spoke = decision.Findings.Select(f => f.Rule.Id).ToHashSet();
            mute.ExceptWith(spoke);
            relentless.ExceptWith(RulesOf(question).Except(spoke));
        }

        Assert.True(mute.Count == 0, $"Never speak: {string.Join(", ", mute.Order())}. Add what they look at to AnyQuestion.");
        Assert.True(relentless.Count == 0, $"Never let a text pass: {string.Join(", ", relentless.Order())}. Add what satisfies them to AnyQuestion.");
    }

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

    private static IEnumerable<string> RulesOf(AnyQuestion question)
    {
        var jurisdiction = Jurisdiction.Of(question.Facts, question.Policy);
        var houses = new[] { Everywhere.KnownClock, Everywhere.GuardBeforeEnd, Everywhere.HouseCaps, Everywhere.HouseHours };
        return jurisdiction.Sets.SelectMany(s => s.Rules).Concat(houses).Select(r => r.Id);
    }

    private static IEnumerable<string> NotesOnly()
    {
        var spoken = RuleBook.AllSets().SelectMany(s => s.Facts.Select(f => f.Rule).Concat(s.Hours.Select(h => h.Rule)).Concat(s.Caps.Select(c => c.Rule))).Select(r => r.Id).ToHashSet();
        spoken.UnionWith([Everywhere.KnownClock.Id, Everywhere.GuardBeforeEnd.Id, Everywhere.HouseCaps.Id, Everywhere.HouseHours.Id]);
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
