using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ConsentPortal.Web.Account;

/// <summary>The page behind an invitation's link. It also serves for a forgotten password: an administrator sends a new link.</summary>
public sealed partial class AcceptInvitationPage(UserManager<StaffMember> people, SignInLog log)
{
    private IReadOnlyList<string> _problems = [];
    private bool _done;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm]
    private PasswordInput Input { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromQuery(Name = "token")]
    private string? Token { get; set; }

    protected override void OnInitialized() => Input ??= new PasswordInput();

    private async Task AcceptAsync()
    {
        if (Input.Password != Input.Again)
        {
            _problems = ["The two passwords differ. Type the same one twice."];
            return;
        }

        if (Id is null || Token is null || await people.FindByIdAsync(Id) is not { SuspendedAt: null } person)
        {
            _problems = ["This link is not complete or no longer valid. Ask an administrator for a new one."];
            return;
        }

        var result = await people.ResetPasswordAsync(person, Token, Input.Password);
        if (!result.Succeeded)
        {
            _problems = [.. result.Errors.Select(e => e.Code == "InvalidToken" ? "This link has expired or was used already. Ask an administrator for a new one." : e.Description)];
            return;
        }

        await people.SetLockoutEndDateAsync(person, null);
        await log.WriteAsync(person.Id, "staff.passwordSet", CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
        _done = true;
    }

    private sealed class PasswordInput
    {
        public string Password { get; set; } = "";

        public string Again { get; set; } = "";
    }
}
