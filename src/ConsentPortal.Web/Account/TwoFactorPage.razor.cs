using System.Security.Claims;
using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

public sealed partial class TwoFactorPage(SignInStaff signIn, SignInManager<StaffMember> session, NavigationManager navigation)
{
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
        if (await FirstStep.OfAsync(HttpContext) is not { } staffId)
        {
            _problem = Problem(SignInOutcome.Suspended);
            return;
        }

        var (outcome, person) = await signIn.WithSecondFactorAsync(staffId, Input.Code, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
        if (outcome == SignInOutcome.SignedIn)
        {
            await FirstStep.ForgetAsync(HttpContext);
            await session.SignInWithClaimsAsync(person!, isPersistent: false, [new Claim("amr", "mfa")]);
            navigation.NavigateTo(ReturnAddress.Local(ReturnUrl));
        }
        else
        {
            _problem = Problem(outcome);
        }
    }

    private static string? Problem(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.SignedIn => null,
        SignInOutcome.LockedOut => "Too many tries. The account is locked for 10 minutes.",
        SignInOutcome.Wrong => "That code is wrong or was used already. Wait for the next one and try again.",
        SignInOutcome.Suspended or SignInOutcome.SecondFactorDue => "The first step has expired. Start again with your password.",
    };

    private sealed class CodeInput
    {
        public string Code { get; set; } = "";
    }
}
