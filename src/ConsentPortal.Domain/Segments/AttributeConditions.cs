using System.Globalization;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Segments;

public enum TextTest
{
    Is = 1,
    IsNot = 2,
    IsKnown = 3,
}

public enum AmountTest
{
    Is = 1,
    AtLeast = 2,
    AtMost = 3,
}

public enum DayTest
{
    On = 1,
    OnOrAfter = 2,
    Before = 3,
}

/// <summary>How a day lies to the day of the question.</summary>
public enum TodayTest
{
    WithinNext = 1,
    WithinLast = 2,
    LongerAgo = 3,
    FurtherAhead = 4,
}

public enum ListTest
{
    NamesAny = 1,
    NamesNone = 2,
}

/// <summary>A condition about a custom attribute. People without a value meet none of these tests but the one that asks for them.</summary>
public abstract record AttributeCondition(int AttributeId) : SegmentRule
{
    private protected virtual bool HoldsWithoutValue => false;

    public sealed override bool Holds(SegmentPerson person) => person.Attributes.TryGetValue(AttributeId, out var value) ? Holds(value, person.At) : HoldsWithoutValue;

    internal sealed override string Seen(SegmentPerson person) => person.Attributes.TryGetValue(AttributeId, out var value) ? Words(value) : "no value";

    private protected abstract bool Holds(SeenValue value, RuleMoment at);

    private protected virtual string Words(SeenValue value) => value switch
    {
        { Text: { } text } => $"\"{text}\"",
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Date: { } date } => date.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        _ => "no value",
    };

    internal override IEnumerable<string> Problems() => AttributeId > 0 ? [] : ["Choose the attribute."];
}

/// <param name="Value">Compared as <see cref="RuleText"/> says.</param>
[RuleKind("textAttribute")]
public sealed record TextAttribute(int AttributeId, TextTest Test, string Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names) => Test switch
    {
        TextTest.Is => $"have {names.Attribute(AttributeId)} \"{Value}\"",
        TextTest.IsNot => $"have {names.Attribute(AttributeId)} other than \"{Value}\"",
        TextTest.IsKnown => $"have any {names.Attribute(AttributeId)}",
    };

    private protected override bool Holds(SeenValue value, RuleMoment at) => value.Text is { } text && Test switch
    {
        TextTest.Is => RuleText.IsSame(text, Value),
        TextTest.IsNot => !RuleText.IsSame(text, Value),
        TextTest.IsKnown => true,
    };

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(Value is { Length: <= 400 } && Enum.IsDefined(Test) ? [] : ["A text to compare with has at most 400 characters."]);
}

[RuleKind("numberAttribute")]
public sealed record NumberAttribute(int AttributeId, AmountTest Test, double Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names)
    {
        var value = Value.ToString(CultureInfo.InvariantCulture);
        return Test switch
        {
            AmountTest.Is => $"have {names.Attribute(AttributeId)} {value}",
            AmountTest.AtLeast => $"have {names.Attribute(AttributeId)} {value} or more",
            AmountTest.AtMost => $"have {names.Attribute(AttributeId)} {value} or less",
        };
    }

    private protected override bool Holds(SeenValue value, RuleMoment at) => Test switch
    {
        AmountTest.Is => value.Number == Value,
        AmountTest.AtLeast => value.Number >= Value,
        AmountTest.AtMost => value.Number <= Value,
    };

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(double.IsFinite(Value) && Enum.IsDefined(Test) ? [] : ["Give a number to compare with."]);
}

/// <param name="Value">A day of the calendar; the values are such days too, and no zone moves them.</param>
[RuleKind("dateAttribute")]
public sealed record DateAttribute(int AttributeId, DayTest Test, DateOnly Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names)
    {
        var day = Value.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return Test switch
        {
            DayTest.On => $"have {names.Attribute(AttributeId)} on {day}",
            DayTest.OnOrAfter => $"have {names.Attribute(AttributeId)} on or after {day}",
            DayTest.Before => $"have {names.Attribute(AttributeId)} before {day}",
        };
    }

    private protected override bool Holds(SeenValue value, RuleMoment at) => value.Day is { } day && Test switch
    {
        DayTest.On => day == Value,
        DayTest.OnOrAfter => day >= Value,
        DayTest.Before => day < Value,
    };

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(Value.Year is >= 1900 and < 2200 && Enum.IsDefined(Test) ? [] : ["Give a day between 1900 and 2199."]);
}

/// <summary>A date that lies so to today, which is a day of the organisation's clock.</summary>
/// <param name="Days">1 to 3650; today itself counts as within the next days and within the last ones.</param>
[RuleKind("dateAttributeFromToday")]
public sealed record DateAttributeFromToday(int AttributeId, TodayTest Test, int Days) : AttributeCondition(AttributeId)
{
    /// <summary>The first day that counts, and the first one that does not count any more.</summary>
    public (DateOnly? From, DateOnly? Before) Bounds(DateOnly today) => Test switch
    {
        TodayTest.WithinNext => (today, today.AddDays(Days + 1)),
        TodayTest.WithinLast => (today.AddDays(-Days), today.AddDays(1)),
        TodayTest.LongerAgo => (null, today.AddDays(-Days)),
        TodayTest.FurtherAhead => (today.AddDays(Days + 1), null),
    };

    public override string Describe(RuleNames names) => Test switch
    {
        TodayTest.WithinNext => $"have {names.Attribute(AttributeId)} within the next {RuleNames.Days(Days)}",
        TodayTest.WithinLast => $"have {names.Attribute(AttributeId)} in the last {RuleNames.Days(Days)}",
        TodayTest.LongerAgo => $"have {names.Attribute(AttributeId)} more than {RuleNames.Days(Days)} ago",
        TodayTest.FurtherAhead => $"have {names.Attribute(AttributeId)} more than {RuleNames.Days(Days)} ahead",
    };

    private protected override bool Holds(SeenValue value, RuleMoment at) => value.Day is { } day && day.DayNumber - at.Today.DayNumber is var ahead && Test switch
    {
        TodayTest.WithinNext => ahead >= 0 && ahead <= Days,
        TodayTest.WithinLast => ahead <= 0 && -ahead <= Days,
        TodayTest.LongerAgo => -ahead > Days,
        TodayTest.FurtherAhead => ahead > Days,
    };

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(RuleLimits.Days(Days)).Concat(Enum.IsDefined(Test) ? [] : ["Say how the date lies to today."]);
}

/// <param name="Values">Each compared with the values of the list as <see cref="RuleText"/> says; none holds a semicolon, which parts values.</param>
[RuleKind("listAttribute")]
public sealed record ListAttribute(int AttributeId, ListTest Test, IReadOnlyList<string> Values) : AttributeCondition(AttributeId)
{
    private const int MostValues = 50;

    public override string Describe(RuleNames names)
    {
        var values = RuleNames.Or(Values.Select(v => $"\"{v}\""));
        return Test switch
        {
            ListTest.NamesAny => $"have {names.Attribute(AttributeId)} with {values}",
            ListTest.NamesNone => $"have {names.Attribute(AttributeId)} without any of {values}",
        };
    }

    private protected override bool Holds(SeenValue value, RuleMoment at) => value.Text is { } list
        && ValueList.Values(list).Any(v => Values.Any(wanted => RuleText.IsSame(v, wanted.Trim()))) == (Test == ListTest.NamesAny);

    private protected override string Words(SeenValue value) => value.Text is { } list ? ValueList.Words(list) : "no value";

    internal override IEnumerable<string> Problems()
    {
        foreach (var problem in base.Problems())
            yield return problem;
        if (!Enum.IsDefined(Test))
            yield return "Say whether the list has the values or none of them.";
        if (Values is null or { Count: 0 })
            yield return "Give at least one value to look for.";
        else if (Values.Count > MostValues)
            yield return $"At most {MostValues} values fit into one condition; this one lists {Values.Count}.";
        else if (Values.Any(v => v is null || v.Trim().Length is 0 or > 100 || v.Contains(ValueList.Between, StringComparison.Ordinal)))
            yield return "A value to look for has 1 to 100 characters, and no semicolon.";
    }

    public bool Equals(ListAttribute? other) => base.Equals(other) && Test == other.Test && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Aggregate(HashCode.Combine(AttributeId, Test), HashCode.Combine);
}

[RuleKind("flagAttribute")]
public sealed record FlagAttribute(int AttributeId, bool Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names) => $"have {names.Attribute(AttributeId)} {(Value ? "set" : "not set")}";

    private protected override bool Holds(SeenValue value, RuleMoment at) => value.Number == (Value ? 1 : 0);

    private protected override string Words(SeenValue value) => value.Number == 1 ? "set" : "not set";
}
