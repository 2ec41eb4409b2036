using System.Security.Claims;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Authorization;

namespace ConsentPortal.Web.Hosting;

/// <summary>The holder of <paramref name="Permission"/>, as the database says now.</summary>
internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(StaffActors staff) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && await staff.FindAsync(id, CancellationToken.None) is { } actor && actor.May(requirement.Permission))
        {
            context.Succeed(requirement);
        }
    }
}

internal static class PermissionPolicies
{
    /// <summary>
    /// One policy per permission, under the permission's own name, so that a page says
    /// <c>[Authorize(Policy = Permissions.ViewSubscribers)]</c>. Only policy names are honoured by navigation inside a circuit;
    /// attributes that carry their own requirement are not. What names no policy is still closed to strangers.
    /// </summary>
    public static IServiceCollection AddPermissionPolicies(this IServiceCollection services)
    {
        var policies = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var (permission, _, _, _) in PermissionCatalogue.All)
            policies.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
        return services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
    }
}
