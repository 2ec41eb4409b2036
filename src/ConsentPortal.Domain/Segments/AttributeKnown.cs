using System.Text.Json.Serialization;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Segments;

/// <summary>Has a value of a custom attribute, whatever its type and whatever the value.</summary>
/// <param name="Not">True for those who have none.</param>
[RuleKind("attributeKnown")]
public sealed record AttributeKnown(int AttributeId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Not = false) : AttributeCondition(AttributeId)
{
    private protected override bool HoldsWithoutValue => Not;

    public override string Describe(RuleNames names) => $"have {(Not ? "no" : "any")} {names.Attribute(AttributeId)}";

    private protected override bool Holds(SeenValue value, RuleMoment at) => !Not;

    private protected override string Words(SeenValue value) => value.Text is { } text ? $"\"{ValueList.Words(text)}\"" : base.Words(value);
}
