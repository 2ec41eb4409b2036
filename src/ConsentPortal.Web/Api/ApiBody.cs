using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
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
internal sealed partial record ApiBody<T>(T? Read, string Text, ProblemHttpResult? Problem) : IApiBody where T : class
{
    private static readonly string[] Absent = ["This property has to be given."];

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
            return new ApiBody<T>(null, text, ApiProblem.Fields(Sentences(problem)));
        }
    }

    // The reader's own messages name types of the portal, which say nothing to whoever wrote the request.
    private static Dictionary<string, string[]> Sentences(JsonException problem)
    {
        var name = problem.Path is { Length: > 2 } path ? path[2..] : "body";
        if (Missing().Match(problem.Message) is { Success: true } missing)
            return Quoted().Matches(missing.Value).ToDictionary(m => m.Groups["name"].Value, _ => Absent);
        if (problem.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return new() { [Unmapped().Match(problem.Message) is { Success: true } unknown ? unknown.Groups["name"].Value : name] = ["There is no such property. Nothing was done; leave it out, or correct its name."] };
        return problem.Message.StartsWith("Give ", StringComparison.Ordinal)
            ? new() { [name] = [problem.Message] }
            : new() { [name] = [$"The value is not one that this property takes.{Words(name)}"] };
    }

    /// <summary>The words that a property takes, where it takes words.</summary>
    private static string Words(string name)
    {
        var property = typeof(T).GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
        return property is not null && (Nullable.GetUnderlyingType(property) ?? property) is { IsEnum: true } words
            ? $" Give one of {string.Join(", ", Enum.GetNames(words).Select(JsonNamingPolicy.CamelCase.ConvertName))}."
            : " See /api/v1/openapi.json.";
    }

    [GeneratedRegex("missing required properties.*", RegexOptions.Singleline, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^The JSON property '(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();
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
