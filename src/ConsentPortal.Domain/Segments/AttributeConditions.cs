using System.Globalization;

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

/// <summary>A condition about a custom attribute. People without a value meet none of these tests.</summary>
public abstract record AttributeCondition(int AttributeId) : SegmentRule
{
    public sealed override bool Holds(SegmentPerson person) => person.Attributes.TryGetValue(AttributeId, out var value) && Holds(value);

    internal sealed override string Seen(SegmentPerson person) => person.Attributes.TryGetValue(AttributeId, out var value) ? Words(value) : "no value";

    private protected abstract bool Holds(SeenValue value);

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

    private protected override bool Holds(SeenValue value) => value.Text is { } text && Test switch
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

    private protected override bool Holds(SeenValue value) => Test switch
    {
        AmountTest.Is => value.Number == Value,
        AmountTest.AtLeast => value.Number >= Value,
        AmountTest.AtMost => value.Number <= Value,
    };

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(double.IsFinite(Value) && Enum.IsDefined(Test) ? [] : ["Give a number to compare with."]);
}

/// <param name="Value">A day in UTC.</param>
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

    private protected override bool Holds(SeenValue value) => value.Date is { } date && DateOnly.FromDateTime(date.UtcDateTime) is var day && Test switch
    {
        DayTest.On => day == Value,
        DayTest.OnOrAfter => day >= Value,
        DayTest.Before => day < Value,
    };

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(Value.Year is >= 1900 and < 2200 && Enum.IsDefined(Test) ? [] : ["Give a day between 1900 and 2199."]);
}

[RuleKind("flagAttribute")]
public sealed record FlagAttribute(int AttributeId, bool Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names) => $"have {names.Attribute(AttributeId)} {(Value ? "set" : "not set")}";

    private protected override bool Holds(SeenValue value) => value.Number == (Value ? 1 : 0);

    private protected override string Words(SeenValue value) => value.Number == 1 ? "set" : "not set";
}
