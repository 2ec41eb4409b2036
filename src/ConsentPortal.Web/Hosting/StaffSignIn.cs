using System.Security.Claims;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Hosting;

internal static class StaffSignIn
{
    private static readonly TimeSpan Revalidation = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddStaffSignIn(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        new IdentityBuilder(typeof(StaffMember), typeof(StaffRole), services).AddSignInManager().AddDefaultTokenProviders().AddClaimsPrincipalFactory<StaffClaims>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = Revalidation);
        services.AddScoped<AuthenticationStateProvider, StaffStillSignedIn>();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = Paths.SignIn;
            cookie.AccessDeniedPath = Paths.AccessDenied;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.Cookie.Name = "consentportal";
            cookie.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
            cookie.SlidingExpiration = true;
            cookie.Events.OnRedirectToAccessDenied = RefuseAsync;
        });
        return services;
    }

    /// <summary>A visiting auditor has no dashboard: the first page after signing in is that of their rooms.</summary>
    private static async Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.HttpContext;
        var isVisitor = request.Request.Path == Paths.Dashboard && (await CurrentActor.OfRequestAsync(request, request.RequestAborted)).May(Permissions.VisitEvidenceRooms);
        request.Response.Redirect(isVisitor ? Paths.MyEvidenceRooms : context.RedirectUri);
    }

    /// <summary>The cookie says who somebody is, never what they may do: rights are asked of the database each time.</summary>
    private sealed class StaffClaims(UserManager<StaffMember> people, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<StaffMember>(people, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(StaffMember user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            if (identity.FindFirst(identity.NameClaimType) is { } name)
                identity.RemoveClaim(name);
            identity.AddClaim(new Claim(identity.NameClaimType, user.DisplayName));
            identity.AddClaim(new Claim(ClaimTypes.Role, string.Join(", ", (await UserManager.GetRolesAsync(user)).Order(StringComparer.Ordinal))));
            return identity;
        }
    }

    /// <summary>Ends a circuit within a minute when its person was suspended, got other roles or changed their password.</summary>
    private sealed class StaffStillSignedIn(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
    {
        protected override TimeSpan RevalidationInterval => Revalidation;

        protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var people = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
            var person = await people.GetUserAsync(authenticationState.User);
            return person is { SuspendedAt: null }
                && authenticationState.User.FindFirstValue(people.Options.ClaimsIdentity.SecurityStampClaimType) == await people.GetSecurityStampAsync(person);
        }
    }
}
