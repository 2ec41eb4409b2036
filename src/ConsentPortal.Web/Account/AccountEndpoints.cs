using System.Security.Claims;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

/// <summary>What changes the session without a page of its own.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this WebApplication app)
    {
        app.MapPost(Paths.SignOut, SignOutAsync);
        if (app.Environment.IsDevelopment())
            app.MapPost(Paths.DemoSignIn, SignInAsDemoAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignOutAsync(HttpContext request, SignInManager<StaffMember> session, SignInLog log, IAntiforgery antiforgery)
    {
        // Nothing of the form is read, so nothing else would look at its token.
        if (!await antiforgery.IsRequestValidAsync(request))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        if (Guid.TryParse(request.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            await log.WriteAsync(id, "staff.signedOut", CurrentActor.OriginOf(request), request.RequestAborted);
        await session.SignOutAsync();
        return Results.LocalRedirect("~" + Paths.SignIn);
    }

    /// <summary>One click in Development: the people whom the demo data made, and nobody else.</summary>
    private static async Task<IResult> SignInAsDemoAsync(
        HttpContext request, UserManager<StaffMember> people, SignInManager<StaffMember> session, SignInLog log,
        [Microsoft.AspNetCore.Mvc.FromForm] string email, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl)
    {
        if (!DemoStaff.IsDemo(email) || await people.FindByEmailAsync(email) is not { SuspendedAt: null } person)
            return Results.LocalRedirect("~" + Paths.SignIn);
        await session.SignInAsync(person, isPersistent: false);
        await log.WriteAsync(person.Id, "staff.signedIn", CurrentActor.OriginOf(request), request.RequestAborted);
        return Results.LocalRedirect("~" + ReturnAddress.Local(returnUrl));
    }
}
