using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>
/// Reads webhooks of both APIs; a setting of the account, not the API that sent the text, decides in which format they
/// come. A receipt and an inbound text are told apart by their content, so either may be sent to either address.
/// </summary>
public static class VonageWebhookParser
{
    /// <param name="now">Stands in for a time that is missing or cannot be read.</param>
    public static VonageEvent ParseMessages(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        using var document = VonageJson.TryParse(body);
        if (document is not { RootElement: { ValueKind: JsonValueKind.Object } root })
            return new VonageEvent.Unreadable("The body is not a JSON object.");
        if (root.Text("message_uuid") is not { } id)
            return new VonageEvent.Unreadable("message_uuid is missing.");
        if (root.Text("channel") is { } channel and not ("sms" or "mms"))
            return new VonageEvent.Ignored($"The channel is not SMS but {VonageProblem.Mask(channel)}.");
        return root.Text("status") is { } status ? Receipt(root, id, status, now) : Inbound(root, id, now);
    }

    /// <param name="parameters">Query, form or flat JSON, as <see cref="VonageWebhookRequest.Parameters"/> gives them.</param>
    public static VonageEvent ParseSms(IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        if (Value(parameters, "messageId") is not { } id)
            return new VonageEvent.Unreadable("messageId is missing.");
        return Value(parameters, "status") is { } status ? SmsReceipt(parameters, id, status, now) : SmsInbound(parameters, id, now);
    }

    private static VonageEvent.Receipt Receipt(JsonElement root, string id, string status, DateTimeOffset now)
    {
        var code = root.Child("error")?.Text("title");
        var timestamp = root.Text("timestamp");
        return new(new DeliveryReceipt(
            id,
            root.Text("client_ref"),
            VonageStatus.Read(status),
            code,
            code is null ? null : VonageErrors.Receipt.GetValueOrDefault(code)?.Class,
            VonageJson.Instant(timestamp) ?? now,
            root.Child("sms")?.Whole("count_total"),
            root.Child("usage")?.Amount("price"),
            $"st:{id}:{status}:{timestamp}")
            {
                NetworkCode = VonageNumber.Network(root.Child("destination")?.Text("network_code")),
                ErrorMeaning = code is null ? null : VonageErrors.Receipt.GetValueOrDefault(code)?.Meaning,
            });
    }

    private static VonageEvent Inbound(JsonElement root, string id, DateTimeOffset now)
    {
        if (Party(root, "from") is not { } from)
            return new VonageEvent.Unreadable("from is missing.");
        if (Party(root, "to") is not { } to)
            return new VonageEvent.Unreadable("to is missing.");
        return new VonageEvent.Inbound(new InboundText(
            id, VonageNumber.E164(from), VonageNumber.E164(to), root.Text("text") ?? "", VonageJson.Instant(root.Text("timestamp")) ?? now, Part: null));
    }

    /// <summary>Version 0.1 wraps the number in an object.</summary>
    private static string? Party(JsonElement root, string name) => root.Text(name) ?? root.Child(name)?.Text("number");

    private static VonageEvent.Receipt SmsReceipt(IReadOnlyDictionary<string, string> parameters, string id, string status, DateTimeOffset now)
    {
        var code = Value(parameters, "err-code");
        var error = code is null or "0" ? null : code;
        return new(new DeliveryReceipt(
            id,
            Value(parameters, "client-ref"),
            VonageStatus.Read(status),
            error,
            error is null ? null : VonageErrors.SmsReceipt.GetValueOrDefault(error)?.Class,
            VonageJson.Instant(Value(parameters, "message-timestamp")) ?? now,
            Parts: null,
            VonageJson.Amount(Value(parameters, "price")),
            $"st:{id}:{status}:{code}:{Value(parameters, "scts")}")
            {
                NetworkCode = VonageNumber.Network(Value(parameters, "network-code")),
                ErrorMeaning = error is null ? null : VonageErrors.SmsReceipt.GetValueOrDefault(error)?.Meaning,
            });
    }

    private static VonageEvent SmsInbound(IReadOnlyDictionary<string, string> parameters, string id, DateTimeOffset now)
    {
        if (Value(parameters, "msisdn") is not { } from)
            return new VonageEvent.Unreadable("msisdn is missing.");
        if (Value(parameters, "to") is not { } to)
            return new VonageEvent.Unreadable("to is missing.");
        return new VonageEvent.Inbound(new InboundText(
            id,
            VonageNumber.E164(from),
            VonageNumber.E164(to),
            Value(parameters, "text") ?? "",
            VonageJson.Instant(Value(parameters, "message-timestamp")) ?? now,
            PartOf(parameters)));
    }

    /// <summary>Null also when the carrier left the particulars out: the part is then handled as a text of its own.</summary>
    private static InboundPart? PartOf(IReadOnlyDictionary<string, string> parameters) =>
        Value(parameters, "concat") == "true" && Value(parameters, "concat-ref") is { } reference
        && Whole(parameters, "concat-part") is { } number && Whole(parameters, "concat-total") is { } total && number >= 1 && number <= total && total > 1
            ? new InboundPart(reference, number, total)
            : null;

    private static int? Whole(IReadOnlyDictionary<string, string> parameters, string name) =>
        int.TryParse(Value(parameters, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Value(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
