using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

public sealed partial class TwoFactorPage(SignInManager<StaffMember> session, SignInLog log, NavigationManager navigation)
{
    private const int LengthOfTotp = 6;

    private string? _problem;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm]
    private CodeInput Input { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    protected override void OnInitialized() => Input ??= new CodeInput();

    private async Task ConfirmAsync()
    {
        var person = await session.GetTwoFactorAuthenticationUserAsync();
        if (person is not { SuspendedAt: null })
        {
            if (person is not null)
                await LogAsync(person, "staff.signInFailed");
            _problem = "The first step has expired. Start again with your password.";
            return;
        }

        var code = Input.Code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        var result = code.Length == LengthOfTotp
            ? await session.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : await session.TwoFactorRecoveryCodeSignInAsync(Input.Code.Trim());
        await LogAsync(person, result.Succeeded ? "staff.signedIn" : result.IsLockedOut ? "staff.lockedOut" : "staff.signInFailed");
        if (result.Succeeded)
            navigation.NavigateTo(ReturnAddress.Local(ReturnUrl));
        else
            _problem = result.IsLockedOut ? "Too many tries. The account is locked for 10 minutes." : "That code is wrong or was used already. Wait for the next one and try again.";
    }

    private Task LogAsync(StaffMember person, string action) => log.WriteAsync(person.Id, action, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);

    private sealed class CodeInput
    {
        public string Code { get; set; } = "";
    }
}
