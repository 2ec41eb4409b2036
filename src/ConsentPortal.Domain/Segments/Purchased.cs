using System.Globalization;

namespace ConsentPortal.Domain.Segments;

/// <summary>Bought at least so often in the last days.</summary>
/// <param name="Times">1 to 1000.</param>
/// <param name="Days">Of 24 hours; 1 to 3650.</param>
/// <param name="MinAmount">Only purchases of at least this value count, in the organisation's currency; null counts all.</param>
[RuleKind("purchased")]
public sealed record Purchased(int Times, int Days, double? MinAmount = null) : SegmentRule
{
    public override string Describe(RuleNames names)
    {
        var often = Times == 1 ? "at least once" : $"at least {Times} times";
        var worth = MinAmount is { } amount ? $" for {amount.ToString("N2", CultureInfo.InvariantCulture)} or more" : "";
        return $"bought {often}{worth} in the last {RuleNames.Days(Days)}";
    }

    public override bool Holds(SegmentPerson person) => Count(person) >= Times;

    internal override string Seen(SegmentPerson person) => Count(person) switch
    {
        0 => $"bought nothing of the kind in the last {RuleNames.Days(Days)}",
        1 => $"bought once in the last {RuleNames.Days(Days)}",
        var times => $"bought {times} times in the last {RuleNames.Days(Days)}",
    };

    internal override IEnumerable<string> Problems()
    {
        if (Times is < 1 or > 1000)
            yield return "Purchases are counted from 1 to 1,000.";
        if (MinAmount is { } amount && !(amount >= 0 && double.IsFinite(amount)))
            yield return "The value of a purchase is zero or more.";
        foreach (var problem in RuleLimits.Days(Days))
            yield return problem;
    }

    private int Count(SegmentPerson person) =>
        person.Purchases.Count(p => person.Age(p.At) <= TimeSpan.FromDays(Days) && (MinAmount is not { } amount || p.Amount >= amount));
}
