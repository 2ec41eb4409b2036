using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// An instant as ISO 8601 writes it. Without an offset it is UTC, and a bare date is its first instant, so that a line
/// means the same on every machine.
/// </summary>
internal sealed class UtcInstant : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryRead(reader.GetString(), out var instant))
            return instant;
        throw new JsonException("Give an instant such as 2026-11-23T14:00:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);

    internal static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is [>= '0' and <= '9', _, _, _, '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }
}

/// <summary><see cref="UtcInstant"/> where nothing may stand.</summary>
internal sealed class OptionalUtcInstant : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && UtcInstant.TryRead(reader.GetString(), out var instant))
            return instant;
        throw new JsonException("Give an instant such as 2026-11-23T14:00:00Z, or leave the name out.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } instant)
            writer.WriteStringValue(instant.UtcDateTime);
        else
            writer.WriteNullValue();
    }
}
