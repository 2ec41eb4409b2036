using System.Globalization;
using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace ConsentPortal.Web.Account;

/// <summary>What a member of staff sets for themselves: second factor and password.</summary>
public sealed partial class AccountPage(UserManager<StaffMember> people, IUserStore<StaffMember> store, SignInManager<StaffMember> session, SignInLog log)
{
    private const int RecoveryCodeCount = 10;

    private StaffMember? _person;
    private string _roles = "";
    private string _key = "";
    private string _qr = "";
    private string? _problem;
    private bool _changed;
    private IReadOnlyList<string> _recoveryCodes = [];

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "two-factor-on")]
    private CodeInput Input { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordInput Password { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeInput();
        Password ??= new PasswordInput();
        _person = await people.GetUserAsync(HttpContext.User);
        if (_person is null)
            return;
        _roles = string.Join(", ", (await people.GetRolesAsync(_person)).Order(StringComparer.Ordinal));
        if (!_person.TwoFactorEnabled)
            await ShowKeyAsync(_person);
    }

    private async Task ShowKeyAsync(StaffMember person)
    {
        if (await people.GetAuthenticatorKeyAsync(person) is not { Length: > 0 })
            await OfferKeyAsync(person);
        var key = await people.GetAuthenticatorKeyAsync(person) ?? "";
        _key = string.Join(' ', key.Chunk(4).Select(part => new string(part))).ToLowerInvariant();
        var address = string.Create(CultureInfo.InvariantCulture,
            $"otpauth://totp/ConsentPortal:{Uri.EscapeDataString(person.Email ?? "")}?secret={key}&issuer=ConsentPortal&digits=6");
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        _qr = svg.GetGraphic(4);
    }

    /// <summary>A key that is only offered changes nothing yet; the manager's own reset would end every session of the person.</summary>
    private async Task OfferKeyAsync(StaffMember person)
    {
        await ((IUserAuthenticatorKeyStore<StaffMember>)store).SetAuthenticatorKeyAsync(person, people.GenerateNewAuthenticatorKey(), HttpContext.RequestAborted);
        await people.UpdateAsync(person);
    }

    private async Task TurnOnAsync()
    {
        var person = _person!;
        var code = Input.Code.Replace(" ", "", StringComparison.Ordinal);
        if (!await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            _problem = "That code is wrong. Check the clock of your telephone and enter the code that the app shows now.";
            return;
        }

        await people.SetTwoFactorEnabledAsync(person, enabled: true);
        _recoveryCodes = [.. await people.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodeCount) ?? []];
        await KeepSignedInAsync(person, "staff.twoFactorOn");
    }

    private async Task TurnOffAsync()
    {
        await people.SetTwoFactorEnabledAsync(_person!, enabled: false);
        await people.ResetAuthenticatorKeyAsync(_person!);
        await KeepSignedInAsync(_person!, "staff.twoFactorOff");
        await ShowKeyAsync(_person!);
    }

    private async Task ChangePasswordAsync()
    {
        var result = await people.ChangePasswordAsync(_person!, Password.Current, Password.Next);
        if (!result.Succeeded)
        {
            _problem = string.Join(' ', result.Errors.Select(e => e.Code == "PasswordMismatch" ? "The password that you have now is another one. Nothing was changed." : e.Description));
            return;
        }

        _changed = true;
        await KeepSignedInAsync(_person!, "staff.passwordChanged");
    }

    /// <summary>The change gave the account a new security stamp, which would end this session too.</summary>
    private async Task KeepSignedInAsync(StaffMember person, string action)
    {
        await session.RefreshSignInAsync(person);
        await log.WriteAsync(person.Id, action, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
    }

    private sealed class CodeInput
    {
        public string Code { get; set; } = "";
    }

    private sealed class PasswordInput
    {
        public string Current { get; set; } = "";

        public string Next { get; set; } = "";
    }
}
