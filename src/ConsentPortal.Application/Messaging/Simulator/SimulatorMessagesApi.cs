using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>The provider's side of the Messages API v1, channel SMS.</summary>
internal sealed class SimulatorMessagesApi(SimulatorCredentials credentials, SimulatorCarrier carrier, Func<SimulatorOptions> options, TimeProvider clock)
{
    public async Task SendAsync(HttpContext context)
    {
        context.Response.Headers["X-Request-Id"] = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        if (await SimulatorProblem.RefusesAsync(context, credentials))
            return;

        using var json = await SimulatorProblem.ReadJsonAsync(context);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } root })
        {
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid JSON");
            return;
        }

        var problems = Problems(root);
        if (problems.Count > 0)
            await SimulatorProblem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "1150", "Invalid params", problems);
        else
            await SendAsync(context, new OfferedText(root.Text("to")!, root.Text("from")!, root.Text("text")!, root.Text("client_ref"), IsSmsApi: false));
    }

    private async Task SendAsync(HttpContext context, OfferedText offered)
    {
        if (carrier.IsTooFast())
        {
            await TooFastAsync(context);
            return;
        }

        if (carrier.Refusal(offered.To) is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        var text = carrier.Take(offered);
        await carrier.AnswerAsync(context, text, () => SimulatorProblem.JsonAsync(context, new { message_uuid = text.MessageId }, StatusCodes.Status202Accepted));
    }

    private Task TooFastAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(options().RetryAfter.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SimulatorProblem.WriteAsync(context, StatusCodes.Status429TooManyRequests, "1010", "Rate limit hit");
    }

    private Task RefuseAsync(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => SimulatorProblem.WriteAsync(context, status, "unauthorized", "You did not provide correct credentials"),
        StatusCodes.Status402PaymentRequired => SimulatorProblem.WriteAsync(context, status, "low-balance", "Low balance"),
        StatusCodes.Status403Forbidden => SimulatorProblem.WriteAsync(context, status, "account-suspended", "The account is suspended"),
        StatusCodes.Status422UnprocessableEntity => SimulatorProblem.WriteAsync(context, status, "110", "Invalid recipient", [new("to", "is not a reachable number")]),
        StatusCodes.Status429TooManyRequests => TooFastAsync(context),
        _ => SimulatorProblem.WriteAsync(context, status, "1000", "Internal error"),
    };

    private static List<FieldProblem> Problems(JsonElement root)
    {
        var problems = new List<FieldProblem>();
        Require(root.Text("channel") == "sms", "channel", "must be sms");
        Require(root.Text("message_type") == "text", "message_type", "must be text");
        Require(root.Text("to") is { } to && VonageNumber.IsFull(to), "to", "must be 7 to 15 digits");
        Require(root.Text("from") is { Length: <= 15 } from && from.All(char.IsAsciiLetterOrDigit), "from", "must be digits, or at most 11 letters and digits");
        Require(root.Text("text") is { Length: <= VonageTextRules.LongestBody }, "text", "must have 1 to 3200 characters");
        Require(root.Text("client_ref") is null or { Length: <= VonageTextRules.LongestClientRef }, "client_ref", "must have at most 100 characters");
        Require(root.Child("ttl") is null || root.Whole("ttl") is >= 20 and <= 604_800, "ttl", "must be 20 to 604800 seconds");
        return problems;

        void Require(bool holds, string field, string reason)
        {
            if (!holds)
                problems.Add(new FieldProblem(field, reason));
        }
    }
}
