using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConsentPortal.Application.Audit;

/// <summary>Reads the leaf of an entry for people.</summary>
internal static class AuditLeaf
{
    /// <summary>Before the Base64 of a personal value.</summary>
    public const string SealedPrefix = "sealed:";

    // Shown as text, never put into a page as markup: "é" may stay "é".
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Text(JsonElement leaf, string name) =>
        leaf.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string Indented(JsonElement leaf) => JsonSerializer.Serialize(leaf, Readable);

    /// <summary>The values of <c>before</c> and <c>after</c> side by side, in the order of the names.</summary>
    public static IReadOnlyList<AuditValue> Values(JsonElement leaf)
    {
        var (before, after) = (Of(leaf, "before"), Of(leaf, "after"));
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(name => new AuditValue(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))];
    }

    /// <summary>The ciphertexts among the values of both sides, with their names.</summary>
    public static IEnumerable<(string Name, byte[] Blob)> Sealed(JsonElement leaf) =>
        from side in Values(leaf).SelectMany(value => new[] { (value.Name, Text: value.Before), (value.Name, Text: value.After) })
        where side.Text?.StartsWith(SealedPrefix, StringComparison.Ordinal) == true
        select (side.Name, Convert.FromBase64String(side.Text[SealedPrefix.Length..]));

    private static Dictionary<string, string?> Of(JsonElement leaf, string side) =>
        leaf.TryGetProperty(side, out var values) && values.ValueKind == JsonValueKind.Object
            ? values.EnumerateObject().SelectMany(Shown).ToDictionary(value => value.Name, value => value.Text, StringComparer.Ordinal)
            : [];

    /// <summary>Texts of the send ledger stand under what the entry says of them.</summary>
    private static IEnumerable<(string Name, string? Text)> Shown(JsonProperty value) =>
        value is { Name: NamedTexts.Member, Value.ValueKind: JsonValueKind.Array }
            ? value.Value.EnumerateArray().Select(group => NamedTexts.Split(Shown(group) ?? "")).Select(group => (group.Word, (string?)group.Ids))
            : [(value.Name, Shown(value.Value))];

    private static string? Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Shown)),
        JsonValueKind.Number or JsonValueKind.Object or JsonValueKind.Undefined => value.GetRawText(),
    };
}
