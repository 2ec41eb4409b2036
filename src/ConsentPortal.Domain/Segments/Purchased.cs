using System.Globalization;
using System.Text.Json.Serialization;

namespace ConsentPortal.Domain.Segments;

/// <summary>Bought at least so often.</summary>
/// <param name="Times">1 to 1000.</param>
/// <param name="Days">In the last days of 24 hours; 1 to 3650. Null where <paramref name="When"/> says the time.</param>
/// <param name="MinAmount">Only purchases of at least this value count, in the organisation's currency; null counts all.</param>
/// <param name="When">Any other time; null where days are given.</param>
/// <param name="Not">True for the others: those who bought less often, or nothing.</param>
[RuleKind("purchased")]
public sealed record Purchased(
    int Times, int? Days = null, double? MinAmount = null, RuleTime? When = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Not = false) : SegmentRule
{
    [JsonIgnore]
    public RuleTime Time => When ?? new RuleTime(Days);

    public override string Describe(RuleNames names)
    {
        var often = Times == 1 ? "at least once" : $"at least {Times} times";
        var worth = MinAmount is { } amount ? $" for {amount.ToString("N2", CultureInfo.InvariantCulture)} or more" : "";
        return $"{(Not ? "did not buy" : "bought")} {often}{worth} {Time.Describe()}";
    }

    public override bool Holds(SegmentPerson person) => Not != Count(person) >= Times;

    internal override string Seen(SegmentPerson person) => Count(person) switch
    {
        0 => $"bought nothing of the kind {Time.Describe()}",
        var times => $"bought {RuleNames.Often(times)} {Time.Describe()}",
    };

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in RuleLimits.Times(Times, "Purchases"))
            yield return problem;
        if (MinAmount is { } amount && !(amount >= 0 && double.IsFinite(amount)))
            yield return "The value of a purchase is zero or more.";
        if ((Days is null) == (When is null))
            yield return "Say when: in the last days, or in another time.";
        foreach (var problem in Time.Problems())
            yield return problem;
    }

    private int Count(SegmentPerson person) =>
        person.Purchases.Count(p => Time.Has(p.At, person.At) && (MinAmount is not { } amount || p.Amount >= amount));
}
