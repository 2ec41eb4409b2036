using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// JSON in the one form of RFC 8785: no white space, names sorted by their UTF-16 units, numbers as ECMAScript prints
/// them, as few escapes as possible, UTF-8. The same value always gives the same bytes, so bytes can be hashed.
/// </summary>
public static class CanonicalJson
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions OneNameOnce = new() { AllowDuplicateProperties = false };

    /// <summary>The canonical bytes of a JSON text.</summary>
    /// <exception cref="JsonException">Not JSON, a name given twice, half a surrogate pair, or a number beyond a double.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> utf8Json)
    {
        using var document = Parse(utf8Json);
        return Canonicalize(document.RootElement);
    }

    /// <inheritdoc cref="Canonicalize(ReadOnlyMemory{byte})"/>
    public static byte[] Canonicalize(string json) => Canonicalize(Encoding.UTF8.GetBytes(json));

    /// <summary>The canonical bytes of a value.</summary>
    /// <exception cref="JsonException">Half a surrogate pair, a name given twice, or a number beyond a double.</exception>
    public static byte[] Canonicalize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            Write(value, output);
        }
        catch (Exception problem) when (problem is InvalidOperationException or EncoderFallbackException or ArgumentOutOfRangeException)
        {
            throw NoCanonicalForm(problem);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Serialises with <paramref name="options"/> (names, enums, nulls) and makes the result canonical.</summary>
    /// <exception cref="JsonException">As <see cref="Canonicalize(JsonElement)"/>.</exception>
    public static byte[] Serialize<T>(T value, JsonSerializerOptions options) =>
        Canonicalize(JsonSerializer.SerializeToElement(value, options));

    /// <summary>
    /// Why the bytes are not canonical JSON, as the end of a sentence ("…at byte 17"); null when they are. Allocates
    /// nothing for a canonical text in ASCII.
    /// </summary>
    public static string? FindFlaw(ReadOnlySpan<byte> utf8Json) => CanonicalJsonCheck.FindFlaw(utf8Json);

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            return JsonDocument.Parse(utf8Json, OneNameOnce);
        }
        catch (InvalidOperationException problem)
        {
            // The search for names given twice reads the names, and stumbles over half a surrogate pair.
            throw NoCanonicalForm(problem);
        }
    }

    private static JsonException NoCanonicalForm(Exception problem) =>
        new("The value has no canonical form: half a surrogate pair, or a number that is not finite.", problem);

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                WriteString(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                WriteText(CanonicalNumber.Format(value.GetDouble()), output);
                break;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                WriteText(value.GetRawText(), output);
                break;
            case JsonValueKind.Undefined:
                throw new JsonException("There is no value.");
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        var members = value.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
        members.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        WriteText("{", output);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
                WriteText(",", output);
            if (i > 0 && members[i].Name == members[i - 1].Name)
                throw new JsonException("A name is given twice in one object.");
            WriteString(members[i].Name, output);
            WriteText(":", output);
            Write(members[i].Value, output);
        }

        WriteText("}", output);
    }

    private static void WriteArray(JsonElement value, ArrayBufferWriter<byte> output)
    {
        WriteText("[", output);
        var isFirst = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!isFirst)
                WriteText(",", output);
            isFirst = false;
            Write(item, output);
        }

        WriteText("]", output);
    }

    private static void WriteString(string value, ArrayBufferWriter<byte> output)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var unit in value)
            AppendEscaped(text, unit);
        WriteText(text.Append('"').ToString(), output);
    }

    internal static StringBuilder AppendEscaped(StringBuilder text, char unit) => unit switch
    {
        '"' => text.Append("\\\""),
        '\\' => text.Append("\\\\"),
        '\b' => text.Append("\\b"),
        '\t' => text.Append("\\t"),
        '\n' => text.Append("\\n"),
        '\f' => text.Append("\\f"),
        '\r' => text.Append("\\r"),
        < ' ' => text.Append("\\u00").Append(((int)unit).ToString("x2", null)),
        _ => text.Append(unit),
    };

    private static void WriteText(string text, ArrayBufferWriter<byte> output) => StrictUtf8.GetBytes(text, output);
}
