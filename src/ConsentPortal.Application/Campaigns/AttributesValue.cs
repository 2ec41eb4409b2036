using System.Globalization;
using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The custom attributes of one person within a text. A dictionary would answer for one that is called "size" with how many there are.</summary>
internal sealed class AttributesValue(IReadOnlyDictionary<string, AttributeWords> attributes) : FluidValue
{
    public override FluidValues Type => FluidValues.Dictionary;

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) =>
        new(attributes.TryGetValue($"{MergeField.Attribute}.{name}", out var value) ? value.IsTrue ? new StringValue(value.Text) : new UnsetFlag(value.Text) : NilValue.Instance);

    public override bool Equals(FluidValue other) => ReferenceEquals(this, other);

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => "";

    public override object ToObjectValue() => attributes;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo) => default;

    /// <summary>Is printed as a word and taken for false.</summary>
    private sealed class UnsetFlag(string word) : FluidValue
    {
        public override FluidValues Type => FluidValues.String;

        public override bool Equals(FluidValue other) => other.Type == FluidValues.Boolean ? !other.ToBooleanValue() : other.ToStringValue() == word;

        public override bool ToBooleanValue() => false;

        public override decimal ToNumberValue() => 0;

        public override string ToStringValue() => word;

        public override object ToObjectValue() => word;

        public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
        {
            writer.Write(word);
            return default;
        }
    }
}
