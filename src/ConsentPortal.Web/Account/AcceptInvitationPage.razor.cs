using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Account;

/// <summary>The page behind an invitation's link. It also serves for a forgotten password: an administrator sends a new link.</summary>
public sealed partial class AcceptInvitationPage(ChangeOwnAccount account)
{
    private string? _problem;
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
            _problem = "The two passwords differ. Type the same one twice.";
            return;
        }

        Failure? refused = new LinkIncomplete();
        if (Guid.TryParse(Id, out var staffId) && Token is not null)
            refused = (await account.SetPasswordAsync(staffId, Token, Input.Password, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted)).Failure;
        _problem = refused?.Message;
        _done = refused is null;
    }

    private sealed class PasswordInput
    {
        public string Password { get; set; } = "";

        public string Again { get; set; } = "";
    }
}
