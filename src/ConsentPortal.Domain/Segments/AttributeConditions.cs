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
    internal override IEnumerable<string> Problems() => AttributeId > 0 ? [] : ["Choose the attribute."];
}

/// <param name="Value">Compared by the database's collation: on SQL Server capitals may not count.</param>
[RuleKind("textAttribute")]
public sealed record TextAttribute(int AttributeId, TextTest Test, string Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names) => Test switch
    {
        TextTest.Is => $"have {names.Attribute(AttributeId)} \"{Value}\"",
        TextTest.IsNot => $"have {names.Attribute(AttributeId)} other than \"{Value}\"",
        TextTest.IsKnown => $"have any {names.Attribute(AttributeId)}",
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

    internal override IEnumerable<string> Problems() =>
        base.Problems().Concat(Value.Year is >= 1900 and < 2200 && Enum.IsDefined(Test) ? [] : ["Give a day between 1900 and 2199."]);
}

[RuleKind("flagAttribute")]
public sealed record FlagAttribute(int AttributeId, bool Value) : AttributeCondition(AttributeId)
{
    public override string Describe(RuleNames names) => $"have {names.Attribute(AttributeId)} {(Value ? "set" : "not set")}";
}
