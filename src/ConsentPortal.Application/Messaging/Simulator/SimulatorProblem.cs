using System.Text.Json;
using ConsentPortal.Application.Messaging.Vonage;
using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>Error bodies as the provider writes them (RFC 9457), and the check that comes before everything else.</summary>
internal static class SimulatorProblem
{
    public static Task WriteAsync(HttpContext context, int status, string fragment, string title, IReadOnlyList<FieldProblem>? fields = null, string product = "messages")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = status == StatusCodes.Status422UnprocessableEntity ? "application/json" : "application/problem+json";
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = $"https://developer.vonage.com/api-errors/{product}#{fragment}", ["title"] = title, ["detail"] = title, ["instance"] = context.TraceIdentifier,
        };
        if (fields is { Count: > 0 })
            body["invalid_parameters"] = fields.Select(field => new { name = field.Field, reason = field.Reason });
        return context.Response.WriteAsync(JsonSerializer.Serialize(body), context.RequestAborted);
    }

    /// <summary>True when the caller's credentials were refused and the answer has been written.</summary>
    public static async Task<bool> RefusesAsync(HttpContext context, SimulatorCredentials credentials)
    {
        var verdict = credentials.Check(context.Request.Headers.Authorization);
        if (verdict == CredentialVerdict.Good)
            return false;
        var (fragment, title) = verdict == CredentialVerdict.Expired ? ("jwt-expired", "The token has expired") : ("unauthorized", "You did not provide correct credentials");
        await WriteAsync(context, StatusCodes.Status401Unauthorized, fragment, title);
        return true;
    }

    public static Task JsonAsync(HttpContext context, object body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(body, Json), context.RequestAborted);
    }

    /// <summary>The body as JSON; null if it is none.</summary>
    public static async Task<JsonDocument?> ReadJsonAsync(HttpContext context) => VonageJson.TryParse(await ReadAsync(context));

    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };
}
