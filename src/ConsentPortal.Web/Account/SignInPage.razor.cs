using System.ComponentModel.DataAnnotations;
using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

public sealed partial class SignInPage(
    IHostEnvironment environment, UserManager<StaffMember> people, SignInManager<StaffMember> session, SignInLog log, NavigationManager navigation)
{
    private string? _problem;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm]
    private Credentials Input { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    private IHostEnvironment Environment => environment;

    protected override void OnInitialized() => Input ??= new Credentials();

    private async Task SignInAsync()
    {
        var person = await people.FindByEmailAsync(Input.Email.Trim());
        // Only whoever knows the password may learn that there is such an account.
        if (person is { SuspendedAt: not null } && await people.CheckPasswordAsync(person, Input.Password))
        {
            await LogAsync(person, "staff.signInFailed");
            _problem = "This account is suspended. Ask an administrator.";
            return;
        }

        // An unknown address takes as long as a wrong password.
        var result = person is null or { SuspendedAt: not null }
            ? RefuseStranger()
            : await session.PasswordSignInAsync(person, Input.Password, isPersistent: false, lockoutOnFailure: true);
        if (person is not null && !result.RequiresTwoFactor)
            await LogAsync(person, Action(result));
        if (result.Succeeded)
            navigation.NavigateTo(ReturnAddress.Local(ReturnUrl));
        else if (result.RequiresTwoFactor)
            navigation.NavigateTo($"{Paths.TwoFactor}?returnUrl={Uri.EscapeDataString(ReturnAddress.Local(ReturnUrl))}");
        else
            _problem = result.IsLockedOut
                ? "Too many tries. The account is locked for 10 minutes; then try again, or ask an administrator for a new link."
                : "The mail address or the password is wrong. After five wrong tries the account is locked for 10 minutes.";
    }

    private Task LogAsync(StaffMember person, string action) => log.WriteAsync(person.Id, action, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);

    private SignInResult RefuseStranger()
    {
        people.PasswordHasher.HashPassword(new StaffMember { DisplayName = "" }, Input.Password);
        return SignInResult.Failed;
    }

    private static string Action(SignInResult result) =>
        result.Succeeded ? "staff.signedIn" : result.IsLockedOut ? "staff.lockedOut" : "staff.signInFailed";

    private sealed class Credentials
    {
        [Required(ErrorMessage = "Enter your mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}
