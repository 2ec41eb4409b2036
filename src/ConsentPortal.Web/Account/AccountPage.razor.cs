using System.Globalization;
using ConsentPortal.Application.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace ConsentPortal.Web.Account;

/// <summary>What a member of staff sets for themselves: second factor and password.</summary>
public sealed partial class AccountPage(UserManager<StaffMember> people, ChangeOwnAccount account, SignInManager<StaffMember> session)
{
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
        var key = await account.OfferKeyAsync(person.Id, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted) ?? "";
        _key = string.Join(' ', key.Chunk(4).Select(part => new string(part))).ToLowerInvariant();
        var address = string.Create(CultureInfo.InvariantCulture,
            $"otpauth://totp/ConsentPortal:{Uri.EscapeDataString(person.Email ?? "")}?secret={key}&issuer=ConsentPortal&digits=6");
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        _qr = svg.GetGraphic(4);
    }

    private async Task TurnOnAsync()
    {
        var turned = await account.TurnOnSecondFactorAsync(_person!.Id, Input.Code, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
        if (!turned.TryGet(out var on, out var refused))
        {
            _problem = refused.Message;
            return;
        }

        _recoveryCodes = on.RecoveryCodes;
        await KeepSignedInAsync(on.Person);
    }

    private async Task TurnOffAsync()
    {
        var turned = await account.TurnOffSecondFactorAsync(_person!.Id, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
        if (!turned.TryGet(out var person, out var refused))
        {
            _problem = refused.Message;
            return;
        }

        await KeepSignedInAsync(person);
        await ShowKeyAsync(person);
    }

    private async Task ChangePasswordAsync()
    {
        var changed = await account.ChangePasswordAsync(_person!.Id, Password.Current, Password.Next, CurrentActor.OriginOf(HttpContext), HttpContext.RequestAborted);
        if (!changed.TryGet(out var person, out var refused))
        {
            _problem = refused.Message;
            return;
        }

        _changed = true;
        await KeepSignedInAsync(person);
    }

    /// <summary>The change gave the account a new security stamp, which would end this session too.</summary>
    private Task KeepSignedInAsync(StaffMember person)
    {
        _person = person;
        return session.RefreshSignInAsync(person);
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
