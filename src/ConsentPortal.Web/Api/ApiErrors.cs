using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ConsentPortal.Web.Api;

/// <summary>Programs get a problem document where people would get a page: for addresses that do not exist, wrong methods and mistakes of the portal.</summary>
internal static partial class ApiErrors
{
    public static bool IsForPrograms(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static void UseApiErrors(this IApplicationBuilder app) => app.UseWhen(IsForPrograms, api => api
        .UseStatusCodePages(empty => ApiProblem.Of(empty.HttpContext.Response.StatusCode).ExecuteAsync(empty.HttpContext))
        .Use(CatchAsync));

    /// <summary>Refuses plain HTTP before anything of the request is read. Behind a proxy that ends TLS, its forwarded scheme counts.</summary>
    public static void UseApiOverTlsOnly(this IApplicationBuilder app) => app.UseWhen(
        context => IsForPrograms(context) && !context.Request.IsHttps, api => api.Run(context => ApiProblem.NotOverTls.ExecuteAsync(context)));

    /// <summary>
    /// Routing answers a wrong method or media type by an endpoint of its own, which says nothing of who may call it: the
    /// rule for such endpoints would send a program to the staff's sign-in page.
    /// </summary>
    public static void UseApiMismatches(this IApplicationBuilder app) => app.Use((context, next) =>
        IsForPrograms(context) && context.GetEndpoint() is { RequestDelegate: { } answer, Metadata: var metadata }
            && metadata.GetMetadata<IAuthorizeData>() is null && metadata.GetMetadata<IAllowAnonymous>() is null
            ? AnswerMismatchAsync(context, answer)
            : next(context));

    /// <summary>Whoever has no key hears of that first.</summary>
    private static async Task AnswerMismatchAsync(HttpContext context, RequestDelegate answer)
    {
        if ((await context.AuthenticateAsync(ApiKeyScheme.Name)).Succeeded)
            await answer(context);
        else
            await context.ChallengeAsync(ApiKeyScheme.Name);
    }

    private static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await ApiProblem.Of(problem.StatusCode).ExecuteAsync(context);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !context.Response.HasStarted)
        {
            LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("ConsentPortal.Web.Api"), problem, context.TraceIdentifier);
            await ApiProblem.Unexpected.ExecuteAsync(context);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The API request {RequestId} failed")]
    private static partial void LogFailed(ILogger logger, Exception problem, string requestId);
}
