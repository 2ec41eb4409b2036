using System.Security.Claims;
using ConsentPortal.Application.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

/// <summary>Between password and code: a cookie of five minutes that says whose password was right, and opens nothing.</summary>
internal static class FirstStep
{
    public static Task RememberAsync(HttpContext request, StaffMember person) => request.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id.ToString())], IdentityConstants.TwoFactorUserIdScheme)));

    /// <returns>Null once it has expired.</returns>
    public static async Task<Guid?> OfAsync(HttpContext request) =>
        Guid.TryParse((await request.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Task ForgetAsync(HttpContext request) => request.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
}
