using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>
/// The stored form of a rule: <c>{"version":1,"rule":{"kind":"all","rules":[…]}}</c>. Names of kinds, properties and enum
/// values are the format; a later version reads all earlier ones.
/// </summary>
public static class SegmentRuleJson
{
    private const int Current = 1;
    private const int LongestText = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddKinds } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new IdText<PurposeId>(), new IdText<SegmentId>(), new IdText<CampaignId>() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = (SegmentRule.MaxDepth * 2) + 4,
    };

    public static string Write(SegmentRule rule) => JsonSerializer.Serialize(new Envelope(Current, rule), Options);

    /// <returns>The rule, which may still have problems of its own (<see cref="SegmentRule.Check"/>), or why the text is none.</returns>
    public static Result<SegmentRule> Read(string json)
    {
        if (json.Length > LongestText)
            return new SegmentRuleUnreadable("The rule is too long to be one.");
        try
        {
            return JsonSerializer.Deserialize<Envelope>(json, Options) switch
            {
                { Version: Current, Rule: { } rule } when IsWhole(rule) => rule,
                { Version: Current, Rule: not null } => new SegmentRuleUnreadable("A group of the rule has an empty place."),
                { Rule: not null } newer => new SegmentRuleUnreadable($"The rule is of version {newer.Version}, which this portal does not know. Update the portal."),
                null or { Rule: null } => new SegmentRuleUnreadable("The text holds no rule."),
            };
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            return new SegmentRuleUnreadable("The text is no segment rule: a part of it has an unknown kind, name or value.");
        }
    }

    private static bool IsWhole(SegmentRule rule) => rule.Children.All(child => child is not null && IsWhole(child));

    private static void AddKinds(JsonTypeInfo type)
    {
        if (type.Type != typeof(SegmentRule))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var (name, kind) in RuleKinds.ByName.OrderBy(k => k.Key, StringComparer.Ordinal))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, name));
    }

    private sealed record Envelope(int Version, SegmentRule Rule);

    private sealed class IdText<TId> : JsonConverter<TId> where TId : struct, IStrongId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}

public sealed record SegmentRuleUnreadable(string Message) : Failure(Message);
