using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>What one webhook says, before it is signed: JSON of the Messages API, or flat parameters of the SMS API.</summary>
internal abstract record SimulatorWebhook(bool IsInbound)
{
    public sealed record Messages(byte[] Body, bool IsInbound) : SimulatorWebhook(IsInbound);

    public sealed record Sms(IReadOnlyDictionary<string, string> Parameters, bool IsInbound) : SimulatorWebhook(IsInbound);

    /// <summary>The receipts for one state of a text: one, or one for each part in the SMS API.</summary>
    /// <param name="status">The Messages API's word.</param>
    public static IEnumerable<SimulatorWebhook> Receipts(SimulatedText text, string status, SimulatedFate fate, SimulatorOptions options, SimulatorAccount account, DateTimeOffset now)
    {
        if (!text.IsSmsApi)
            return [new Messages(Receipt(text, status, options, now), IsInbound: false)];
        return text.Ids.Select(id =>
        {
            var (word, code) = status == "submitted" ? ("accepted", "0") : text.IsLost(id, options) ? SimulatedFate.LostPart.AsSms() : fate.AsSms();
            return new Sms(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["msisdn"] = text.To, ["to"] = text.From, ["network-code"] = NetworkCode, ["messageId"] = id, ["price"] = Money(options.PricePerPart),
                    ["status"] = word, ["scts"] = now.ToString("yyMMddHHmm", CultureInfo.InvariantCulture), ["err-code"] = code, ["api-key"] = account.ApiKey,
                    ["client-ref"] = text.ClientRef ?? "", ["message-timestamp"] = Plain(now),
                },
                IsInbound: false);
        });
    }

    /// <summary>One webhook, or one for each part that arrives, which only the SMS API has.</summary>
    public static IReadOnlyList<SimulatorWebhook> Reply(SimulatedReply reply, SimulatedArrival arrival, bool bySmsApi, SimulatorAccount account)
    {
        if (arrival.Parts == 1)
            return [bySmsApi ? new Sms(Reply(reply, account), IsInbound: true) : new Messages(Inbound(reply), IsInbound: true)];
        var reference = Math.Abs(reply.MessageId.GetHashCode(StringComparison.Ordinal) % 256).ToString(CultureInfo.InvariantCulture);
        return
        [
            .. arrival.Pieces(reply.Text).Select(piece => new Sms(
                new Dictionary<string, string>(Reply(reply with { MessageId = $"{reply.MessageId}-{piece.Part}", Text = piece.Text }, account), StringComparer.Ordinal)
                {
                    ["concat"] = "true", ["concat-ref"] = reference, ["concat-total"] = arrival.Parts.ToString(CultureInfo.InvariantCulture), ["concat-part"] = piece.Part.ToString(CultureInfo.InvariantCulture),
                },
                IsInbound: true)),
        ];
    }

    private static Dictionary<string, string> Reply(SimulatedReply reply, SimulatorAccount account) => new(StringComparer.Ordinal)
    {
        ["api-key"] = account.ApiKey, ["msisdn"] = reply.From, ["to"] = reply.To, ["messageId"] = reply.MessageId, ["text"] = reply.Text,
        ["type"] = reply.Text.All(char.IsAscii) ? "text" : "unicode", ["keyword"] = Keyword(reply.Text), ["message-timestamp"] = Plain(reply.At),
    };

    public static string Money(decimal amount) => amount.ToString("0.00000000", CultureInfo.InvariantCulture);

    private const string NetworkCode = "99901";

    private static byte[] Receipt(SimulatedText text, string status, SimulatorOptions options, DateTimeOffset now) => Json(json =>
    {
        json.WriteString("message_uuid", text.MessageId);
        json.WriteString("channel", "sms");
        json.WriteString("to", text.To);
        json.WriteString("from", text.From);
        json.WriteString("timestamp", Iso(now));
        json.WriteString("status", status);
        if (text.ClientRef is { } clientRef)
            json.WriteString("client_ref", clientRef);
        if (text.Error is { } error)
        {
            json.WriteStartObject("error");
            json.WriteString("type", $"https://developer.vonage.com/api-errors/messages#{error.Code}");
            json.WriteString("title", error.Code);
            json.WriteString("detail", error.Meaning);
            json.WriteString("instance", text.MessageId);
            json.WriteEndObject();
        }

        json.WriteStartObject("usage");
        json.WriteString("currency", "EUR");
        json.WriteString("price", Money(options.PricePerPart * text.Parts));
        json.WriteEndObject();
        json.WriteStartObject("destination");
        json.WriteString("network_code", NetworkCode);
        json.WriteEndObject();
        json.WriteStartObject("sms");
        json.WriteString("count_total", text.Parts.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });

    private static byte[] Inbound(SimulatedReply reply) => Json(json =>
    {
        json.WriteString("channel", "sms");
        json.WriteString("message_uuid", reply.MessageId);
        json.WriteString("to", reply.To);
        json.WriteString("from", reply.From);
        json.WriteString("timestamp", Iso(reply.At));
        json.WriteString("message_type", "text");
        json.WriteString("text", reply.Text);
        json.WriteStartObject("sms");
        json.WriteString("num_messages", Domain.Messaging.SmsMeasure.Of(reply.Text).Parts.ToString(CultureInfo.InvariantCulture));
        json.WriteString("keyword", Keyword(reply.Text));
        json.WriteEndObject();
        json.WriteStartObject("origin");
        json.WriteString("network_code", NetworkCode);
        json.WriteEndObject();
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Keyword(string text) => text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("").ToUpperInvariant();

    private static string Iso(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Plain(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
