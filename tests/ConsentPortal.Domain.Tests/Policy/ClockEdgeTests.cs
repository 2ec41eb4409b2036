using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Each rule that looks at a clock: one second before its instant, on it, and one second after.</summary>
public sealed class ClockEdgeTests
{
    private const int Questions = 8_000;

    /// <summary>Hours and caps of rule sets are walked through as data by <see cref="RuleBookTests"/>.</summary>
    private static readonly Gate[] WalkedThrough = [Gate.BarredDay, Gate.Window, Gate.Caps];

    public static TheoryData<string, string, int, bool> Seconds
    {
        get
        {
            var data = new TheoryData<string, string, int, bool>();
            foreach (var edge in ClockEdges.All)
            {
                for (var second = -1; second <= 1; second++)
                    data.Add(edge.Rule, edge.What, second, edge.SpeaksAt(second));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seconds))]
    public void A_rule_speaks_and_falls_silent_to_the_second(string rule, string what, int second, bool speaks)
    {
        var edge = ClockEdges.All.Single(e => e.Rule == rule && e.What == what);

        Assert.Equal(speaks, SendPolicy.Evaluate(edge.Facts, edge.Policy, edge.At.AddSeconds(second)).Findings.Any(f => f.Rule.Id == edge.By));
    }

    /// <summary>Answers "has every rule with a clock its seconds?" for rules of tomorrow too.</summary>
    [Fact]
    public void Every_rule_whose_answer_changes_when_only_the_clock_moves_has_its_seconds_here()
    {
        var moved = new HashSet<string>();
        for (var seed = 0; seed < Questions; seed++)
        {
            var question = AnyQuestion.Of(seed);
            var now = Said(question, TimeSpan.Zero);
            foreach (var later in new[] { TimeSpan.FromMinutes(7), TimeSpan.FromDays(40), TimeSpan.FromDays(800) })
            {
                var then = Said(question, later);
                then.SymmetricExceptWith(now);
                moved.UnionWith(then);
            }
        }

        Assert.Empty(moved.Except(ClockEdges.All.Select(e => e.By)).Order());
    }

    private static HashSet<string> Said(AnyQuestion question, TimeSpan later) =>
        SendPolicy.Evaluate(question.Facts, question.Policy, question.At + later).Findings.Where(f => !WalkedThrough.Contains(f.Gate)).Select(f => f.Rule.Id).ToHashSet();
}
