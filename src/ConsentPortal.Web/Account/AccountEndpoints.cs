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
    public static IServiceCollection AddAccountPages(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations();
        return services.AddRateLimiter(limits => limits.AddPolicy<string, SignInLimit>(SignInLimit.Name));
    }

    public static void MapAccount(this WebApplication app)
    {
        app.MapPost(Paths.SignOut, SignOutAsync);
        if (app.Environment.IsDevelopment())
            app.MapPost(Paths.DemoSignIn, SignInAsDemoAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignOutAsync(HttpContext request, SignInManager<StaffMember> session, SignInStaff signIn, IAntiforgery antiforgery)
    {
        // Nothing of the form is read, so nothing else would look at its token.
        if (!await antiforgery.IsRequestValidAsync(request))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        if (Guid.TryParse(request.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            await signIn.SignOutAsync(id, CurrentActor.OriginOf(request), request.RequestAborted);
        await session.SignOutAsync();
        return Results.LocalRedirect("~" + Paths.SignIn);
    }

    /// <summary>One click in Development: the people whom the demo data made, and nobody else.</summary>
    private static async Task<IResult> SignInAsDemoAsync(
        HttpContext request, SignInManager<StaffMember> session, SignInStaff signIn,
        [Microsoft.AspNetCore.Mvc.FromForm] string email, [Microsoft.AspNetCore.Mvc.FromForm] string? returnUrl)
    {
        if (!DemoStaff.IsDemo(email)
            || await signIn.WithoutPasswordAsync(email, CurrentActor.OriginOf(request), request.RequestAborted) is not { Outcome: SignInOutcome.SignedIn, Person: { } person })
            return Results.LocalRedirect("~" + Paths.SignIn);
        await session.SignInAsync(person, isPersistent: false);
        return Results.LocalRedirect("~" + ReturnAddress.Local(returnUrl));
    }
}
