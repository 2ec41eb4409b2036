using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Hosting;

internal static class StaffSignIn
{
    public static IServiceCollection AddStaffSignIn(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = Paths.SignIn;
            cookie.AccessDeniedPath = Paths.AccessDenied;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.Cookie.Name = "consentportal";
            cookie.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
            cookie.SlidingExpiration = true;
        });
        return services;
    }
}
