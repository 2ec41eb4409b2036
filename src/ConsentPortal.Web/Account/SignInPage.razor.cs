using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

public sealed partial class SignInPage(IHostEnvironment environment, SignInStaff signIn, SignInManager<StaffMember> session, NavigationManager navigation)
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
        var (outcome, person) = await signIn.WithPasswordAsync(Input.Email, Input.Password, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
        if (outcome == SignInOutcome.SignedIn)
        {
            await session.SignInWithClaimsAsync(person!, isPersistent: false, [new Claim("amr", "pwd")]);
            navigation.NavigateTo(ReturnAddress.Local(ReturnUrl));
        }
        else if (outcome == SignInOutcome.SecondFactorDue)
        {
            await FirstStep.RememberAsync(HttpContext, person!);
            navigation.NavigateTo($"{Paths.TwoFactor}?returnUrl={Uri.EscapeDataString(ReturnAddress.Local(ReturnUrl))}");
        }
        else
        {
            _problem = Problem(outcome, person);
        }
    }

    private static string? Problem(SignInOutcome outcome, StaffMember? person) => outcome switch
    {
        SignInOutcome.SignedIn or SignInOutcome.SecondFactorDue => null,
        SignInOutcome.Suspended => "This account is suspended. Ask an administrator.",
        SignInOutcome.LockedOut => $"The password is right, but the account is locked until {EndOfLock(person)} after too many wrong tries. Sign in again then, or ask an administrator for a new link.",
        SignInOutcome.Wrong => "The mail address or the password is wrong. After five wrong tries the account is locked for 10 minutes.",
    };

    /// <summary>To the full minute after it, so that whoever comes back then is let in.</summary>
    private static string? EndOfLock(StaffMember? person) =>
        person?.LockoutEnd is { } end ? end.UtcDateTime.AddSeconds(59).ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) : null;

    private sealed class Credentials
    {
        [Required(ErrorMessage = "Enter your mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}
