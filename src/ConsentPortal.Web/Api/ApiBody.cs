using System.Reflection;
using System.Text;
using System.Text.Json;
using ConsentPortal.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

internal interface IApiBody
{
    /// <summary>Why the body can't be taken; null when it can.</summary>
    ProblemHttpResult? Problem { get; }
}

/// <summary>
/// A request's JSON, read as strictly as the command line reads its lines: what the portal does not know it does not
/// overlook, because a misspelt "scope" would otherwise be another withdrawal than the one that was meant.
/// </summary>
/// <param name="Text">The body as it came, from which a repetition is known.</param>
internal sealed record ApiBody<T>(T? Read, string Text, ProblemHttpResult? Problem) : IApiBody where T : class
{
    /// <exception cref="InvalidOperationException">There is a problem; <see cref="ApiEndpointFilter"/> answers with it before anybody asks.</exception>
    public T Value => Read ?? throw new InvalidOperationException("The body could not be read.");

    public static async ValueTask<ApiBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (await ApiBodyBytes.ReadAsync(context.Request) is not { } bytes)
            return new ApiBody<T>(null, "", ApiProblem.TooLarge);
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new ApiBody<T>(null, text, ApiProblem.NotJson);
        }
        catch (Exception problem) when (problem is JsonException or DecoderFallbackException)
        {
            return new ApiBody<T>(null, "", ApiProblem.NotJson);
        }

        try
        {
            return new ApiBody<T>(JsonSerializer.Deserialize<T>(text, JsonLines.Options), text, null);
        }
        catch (JsonException problem)
        {
            return new ApiBody<T>(null, text, ApiProblem.Fields(JsonMistake.Of(problem, typeof(T), "See /api/v1/openapi.json.").ToDictionary(m => m.Key, m => new[] { m.Value })));
        }
    }
}

internal static class ApiBodyBytes
{
    public const int Largest = 64 * 1024;

    /// <summary>Null where there are more than the API takes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > Largest)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > Largest)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
