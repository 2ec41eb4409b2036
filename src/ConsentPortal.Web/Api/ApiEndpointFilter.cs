using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsentPortal.Web.Api;

/// <summary>Answers for every endpoint of the API where its body can't be taken, so that an endpoint sees only what it can work with.</summary>
internal sealed class ApiEndpointFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return context.Arguments.OfType<IApiBody>().FirstOrDefault(body => body.Problem is not null) is { } unreadable
            ? ValueTask.FromResult<object?>(unreadable.Problem)
            : next(context);
    }
}

/// <summary>Marks an endpoint that changes something, and so takes an <c>Idempotency-Key</c>.</summary>
internal sealed class Repeatable
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";

    private const int Longest = 100;

    /// <returns>Null where the request names no key.</returns>
    public static Result<RepeatableRequest?> Of(HttpContext context, string body, LookupHash hashes)
    {
        var sent = context.Request.Headers[Header];
        if (sent.Count == 0)
            return (RepeatableRequest?)null;
        return sent is [{ Length: > 0 and <= Longest } key] && key.All(c => c is > ' ' and <= '~')
            ? new RepeatableRequest(key, hashes.Request(context.Request.Path, body))
            : new Application.Consent.FieldRefused(Header, "An Idempotency-Key is 1 to 100 visible ASCII characters. Nothing was done; a UUID is a good one.");
    }

    /// <summary>The answer as it is kept: word for word the same each time.</summary>
    public static Results<ContentHttpResult, ProblemHttpResult> Answer(HttpContext context, Result<ApiAnswer> outcome)
    {
        if (!outcome.TryGet(out var answer, out var refused))
            return ApiProblem.Of(refused);
        if (answer.IsReplayed)
            context.Response.Headers[ReplayedHeader] = "true";
        return TypedResults.Text(answer.Body, "application/json", System.Text.Encoding.UTF8, answer.Status);
    }
}
