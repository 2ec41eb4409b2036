using System.Security.Claims;
using System.Text.Encodings.Web;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Api;

/// <summary>What a key has to hold for an endpoint; a permission.</summary>
internal sealed record ApiScope(string Permission);

/// <summary>Knows a program by <c>Authorization: Bearer cp_…</c>, and answers in problem documents: a program has no use for a page or a redirect.</summary>
internal sealed class ApiKeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeyActors keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";

    private const string Bearer = "Bearer ";

    public static AuthorizationPolicy PolicyFor(string permission) => new AuthorizationPolicyBuilder(Name)
        .RequireAuthenticatedUser()
        .RequireAssertion(asked => asked.Resource is HttpContext context && context.Features.Get<Actor>()?.May(permission) is true)
        .Build();

    /// <exception cref="InvalidOperationException">The endpoint asks for no key.</exception>
    public static Actor ActorOf(HttpContext context) => context.Features.Get<Actor>() ?? throw new InvalidOperationException("The endpoint asks for no API key.");

    /// <returns>What the request sends as its key; null for none.</returns>
    public static string? SecretOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SecretOf(Request) is not { } secret)
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(secret, CurrentActor.OriginOf(Context), Context.RequestAborted) is not { } actor)
            return AuthenticateResult.Fail("The key is unknown, revoked or expired.");
        Context.Features.Set(actor);
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, actor.Name)], Name));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SecretOf(Request) is null ? "Bearer realm=\"ConsentPortal\"" : "Bearer realm=\"ConsentPortal\", error=\"invalid_token\"";
        return ApiProblem.Unauthenticated.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.WrongScope(Context.GetEndpoint()?.Metadata.GetMetadata<ApiScope>()?.Permission ?? "").ExecuteAsync(Context);
}
