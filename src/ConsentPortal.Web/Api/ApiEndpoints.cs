using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;

namespace ConsentPortal.Web.Api;

/// <summary>The way in for other programs: <c>/api/v1</c>, with a key.</summary>
internal static class ApiEndpoints
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, null);
        // What the document says of words is what the endpoints read and write.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        return services.AddOpenApi(ApiDocument.Describe).AddRateLimiter(limits => limits.AddPolicy<string, ApiLimit>(ApiLimit.Name));
    }

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Paths.Api).RequireRateLimiting(ApiLimit.Name).DisableAntiforgery().AddEndpointFilter<RouteGroupBuilder, ApiEndpointFilter>();
        foreach (var status in new[]
        {
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests,
        })
        {
            api.ProducesProblem(status);
        }

        api.MapConsents();
        api.MapWithdrawals();
        api.MapDecisions();
        api.MapMessages();
        api.MapPrivacyRequestIntake();
        endpoints.MapOpenApi(Paths.ApiDocument).AllowAnonymous();
    }

    /// <param name="permission">The scope that a key has to hold.</param>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string permission) =>
        endpoint.RequireAuthorization(ApiKeyScheme.PolicyFor(permission)).WithMetadata(new ApiScope(permission));

    public static RouteHandlerBuilder TakesKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new Repeatable());
}
