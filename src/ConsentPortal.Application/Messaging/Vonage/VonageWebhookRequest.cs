using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>One call to a webhook address as it came off the wire, before anything interpreted it.</summary>
/// <param name="QueryString">With or without the question mark.</param>
/// <param name="Authorization">The whole header, null when there was none.</param>
/// <param name="Body">The exact bytes: signatures cover them, so they must not be decoded and encoded again.</param>
public sealed record VonageWebhookRequest(string? QueryString, string? ContentType, string? Authorization, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// The flat parameters of a webhook of the SMS API, from the body (form or JSON) or, without a body, from the query.
    /// Null if they cannot be read, or if a name comes twice, since a signature says nothing about which one counts.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Parameters()
    {
        if (Body.IsEmpty)
            return FromQuery(QueryString ?? "");
        return ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? FromQuery(Encoding.UTF8.GetString(Body.Span))
            : FromJson();
    }

    public override string ToString() => $"Webhook of {Body.Length} bytes";

    private static Dictionary<string, string>? FromQuery(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (!parameters.TryAdd(pair.DecodeName().ToString(), pair.DecodeValue().ToString()))
                return null;
        }

        return parameters;
    }

    private Dictionary<string, string>? FromJson()
    {
        using var document = VonageJson.TryParse(Body);
        if (document is not { RootElement.ValueKind: JsonValueKind.Object })
            return null;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            var value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            if (!parameters.TryAdd(property.Name, value))
                return null;
        }

        return parameters;
    }
}
