using System.Text.Json;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Identity Insights, the successor of Number Insight (which ends on 4 February 2027).</summary>
internal sealed class VonageInsights(VonageHttp http)
{
    public async Task<Result<LineInsight>> LookUpAsync(VonageOptions options, string number, CancellationToken cancellationToken)
    {
        if (!options.HasApplication)
            return new ProviderDidNotAnswer("no-application", "Looking up a number needs a Vonage application. Nothing was asked; set Vonage:ApplicationId and its private key.", RetryAfter: null);
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["phone_number"] = VonageNumber.Digits(number),
            ["insights"] = new { format = new { }, current_carrier = new { }, original_carrier = new { }, reachability = new { } },
        });
        var url = $"{options.InsightsBaseUrl.TrimEnd('/')}/identity-insights/v1/requests";
        var reply = await http.CallAsync(HttpMethod.Post, url, VonageAuth.Application, new VonageBody(body, "application/json"), cancellationToken);
        using var document = VonageAnswers.Json(reply, out var failure);
        return document is null ? failure! : Read(document.RootElement);
    }

    /// <summary>The call succeeds even when single insights fail: each carries a status of its own.</summary>
    private static LineInsight Read(JsonElement root)
    {
        var insights = root.Child("insights") ?? root;
        var format = insights.Child("format");
        var current = Good(insights.Child("current_carrier"));
        var original = Good(insights.Child("original_carrier"));
        return new LineInsight(
            format?.Truth("is_format_valid"),
            format?.Text("country_code"),
            Line(original?.Text("network_type") ?? current?.Text("network_type")),
            CarrierOf(current),
            CarrierOf(original),
            Good(insights.Child("reachability"))?.Truth("is_reachable"));
    }

    private static JsonElement? Good(JsonElement? insight) => insight?.Child("status")?.Text("code") is "OK" ? insight : null;

    private static Carrier? CarrierOf(JsonElement? insight) => insight is { } found ? new Carrier(found.Text("name"), VonageNumber.Network(found.Text("network_code"))) : null;

    private static LineType Line(string? type) => type?.ToUpperInvariant() switch
    {
        "MOBILE" => LineType.Mobile,
        "LANDLINE" => LineType.Landline,
        "TOLLFREE" or "LANDLINE_TOLLFREE" => LineType.TollFree,
        "PREMIUM" or "LANDLINE_PREMIUM" => LineType.Premium,
        "VIRTUAL" => LineType.Virtual,
        "PAGER" => LineType.Pager,
        _ => LineType.Unknown,
    };
}
