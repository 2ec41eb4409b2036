using System.Text.Json.Serialization;

namespace ConsentPortal.Domain.Segments;

/// <summary>When the person was added.</summary>
/// <param name="IsWithin">True for the time that follows, false for any other.</param>
/// <param name="Days">In the last days of 24 hours, counted back from the moment of the question; 1 to 3650. Null where <paramref name="When"/> says the time.</param>
/// <param name="When">Any other time, though not at any time at all; null where days are given.</param>
[RuleKind("added")]
public sealed record Added(bool IsWithin, int? Days = null, RuleTime? When = null) : SegmentRule
{
    [JsonIgnore]
    public RuleTime Time => When ?? new RuleTime(Days);

    public override string Describe(RuleNames names) =>
        IsWithin ? $"were added {Time.Describe()}" : Time.Days is { } days ? $"were added more than {RuleNames.Days(days)} ago" : $"were not added {Time.Describe()}";

    public override bool Holds(SegmentPerson person) => IsWithin == Time.Has(person.AddedAt, person.At);

    internal override string Seen(SegmentPerson person) => $"added {person.Dated(person.AddedAt)}";

    internal override IEnumerable<string> Problems() => RuleLimits.Time(Days, When);
}

internal static class RuleLimits
{
    public static IEnumerable<string> NoTime { get; } = ["Say when."];

    public static IEnumerable<string> Days(int days) => days is >= 1 and <= 3650 ? [] : ["Days are counted from 1 to 3,650."];

    /// <summary>Of a time that is given either as days or otherwise, and leaves something to ask.</summary>
    public static IEnumerable<string> Time(int? days, RuleTime? when) =>
        (days is null) == (when is null) || when == RuleTime.Ever ? NoTime : (when ?? new RuleTime(days)).Problems();

    public static IEnumerable<string> Times(int times, string what) => times is >= 1 and <= 1000 ? [] : [$"{what} are counted from 1 to 1,000."];
}
