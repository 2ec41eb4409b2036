using System.Text.Json.Serialization;

namespace ConsentPortal.Domain.Segments;

/// <summary>Wrote to the portal at least so often: answers, questions and stops alike.</summary>
/// <param name="Times">1 to 1000.</param>
/// <param name="Not">True for the others: those who wrote less often, or never.</param>
[RuleKind("replied")]
public sealed record Replied(int Times, RuleTime When, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Not = false) : SegmentRule
{
    public override string Describe(RuleNames names) => $"{(Not ? "did not reply" : "replied")}{RuleNames.AtLeast(Times)} {When.Describe()}";

    public override bool Holds(SegmentPerson person) => Not != Count(person) >= Times;

    internal override string Seen(SegmentPerson person) => $"replied {RuleNames.Often(Count(person))} {When.Describe()}";

    internal override IEnumerable<string> Problems() =>
        RuleLimits.Times(Times, "Replies").Concat(When?.Problems() ?? RuleLimits.NoTime);

    private int Count(SegmentPerson person) => person.Replies.Count(at => When.Has(at, person.At));
}
