using System.Net;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OtpNet;

namespace ConsentPortal.Web.Tests.Account;

/// <summary>The staff's way in and out, through the pages that a person sees.</summary>
public sealed class SignInTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        var answer = await StaffedPortal.SignInAsync(browser, person.Email, returnUrl: "/campaigns");

        Assert.Equal((HttpStatusCode.Found, "/campaigns"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/campaigns")).Status);
        Assert.Equal(["staff.invited", "staff.passwordSet", "staff.signedIn"], await staff.ActionsAsync(person));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    public async Task Signing_in_leads_to_no_other_host(string wanted)
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        var answer = await StaffedPortal.SignInAsync(browser, person.Email, returnUrl: wanted);

        Assert.Equal((HttpStatusCode.Found, "/"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_the_right_one_does_not_open_it_then()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        for (var attempt = 1; attempt <= 5; attempt++)
            Assert.StartsWith("The mail address or the password is wrong.", (await StaffedPortal.SignInAsync(browser, person.Email, "not the password")).Problem, StringComparison.Ordinal);

        Assert.Matches("^The password is right, but the account is locked until .+:.. UTC after too many wrong tries\\.", (await StaffedPortal.SignInAsync(browser, person.Email)).Problem);
        Assert.StartsWith(Paths.SignIn, (await browser.GetAsync("/campaigns")).Location, StringComparison.Ordinal);
        Assert.EndsWith("staff.signInFailed staff.lockedOut staff.lockedOut", string.Join(' ', await staff.ActionsAsync(person)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_hears_the_same_as_somebody_with_a_wrong_password()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        var stranger = await StaffedPortal.SignInAsync(browser, "nobody@staff.example", "some password");

        Assert.Equal((await StaffedPortal.SignInAsync(browser, person.Email, "some password")).Problem, stranger.Problem);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        var answer = await browser.PostAsync(Paths.SignIn, new Dictionary<string, string> { ["_handler"] = "sign-in", ["Input.Email"] = person.Email, ["Input.Password"] = StaffedPortal.Password });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task The_link_of_an_invitation_sets_a_password_once()
    {
        var person = await staff.InviteAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        Assert.Null((await StaffedPortal.AcceptAsync(browser, person, StaffedPortal.Password)).Problem);
        Assert.Equal("This link has expired or was used already. Ask an administrator for a new one.", (await StaffedPortal.AcceptAsync(browser, person, "a thief's own password")).Problem);
        Assert.NotNull((await StaffedPortal.SignInAsync(browser, person.Email, "a thief's own password")).Problem);
        Assert.Equal("/", (await StaffedPortal.SignInAsync(browser, person.Email)).Location);
    }

    [Fact]
    public async Task The_link_of_one_invitation_sets_no_password_of_another_person()
    {
        var (first, second) = (await staff.InviteAsync(RoleBundle.Auditor), await staff.InviteAsync(RoleBundle.Administrator));
        using var browser = staff.Portal.OpenBrowser();

        Assert.NotNull((await StaffedPortal.AcceptAsync(browser, second with { Token = first.Token }, StaffedPortal.Password)).Problem);
    }

    [Fact]
    public async Task A_short_password_is_refused_and_the_link_still_works()
    {
        var person = await staff.InviteAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        Assert.Contains("12", (await StaffedPortal.AcceptAsync(browser, person, "short")).Problem, StringComparison.Ordinal);
        Assert.Null((await StaffedPortal.AcceptAsync(browser, person, StaffedPortal.Password)).Problem);
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing_and_each_recovery_code_opens_once()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        var (key, recoveryCodes) = await TurnOnAsync(person);
        using var browser = staff.Portal.OpenBrowser();

        Assert.Equal($"{Paths.TwoFactor}?returnUrl=%2Fcampaigns", (await StaffedPortal.SignInAsync(browser, person.Email, returnUrl: "/campaigns")).Location);
        Assert.StartsWith(Paths.SignIn, (await browser.GetAsync("/campaigns")).Location, StringComparison.Ordinal);
        Assert.StartsWith("That code is wrong", (await ConfirmAsync(browser, "000000")).Problem, StringComparison.Ordinal);
        Assert.Equal("/campaigns", (await ConfirmAsync(browser, new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(), "/campaigns")).Location);

        using var withoutTelephone = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(withoutTelephone, person.Email);
        Assert.Equal("/", (await ConfirmAsync(withoutTelephone, recoveryCodes[0])).Location);
        using var thief = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(thief, person.Email);
        Assert.StartsWith("That code is wrong or was used already", (await ConfirmAsync(thief, recoveryCodes[0])).Problem, StringComparison.Ordinal);
        Assert.Contains("staff.twoFactorOn", await staff.ActionsAsync(person));
    }

    [Fact]
    public async Task A_suspended_person_gets_in_by_neither_door_and_an_open_session_ends()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        var (key, recoveryCodes) = await TurnOnAsync(person);
        using var open = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(open, person.Email);
        await ConfirmAsync(open, new Totp(Base32Encoding.ToBytes(key)).ComputeTotp());
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync("/campaigns")).Status);
        using var halfway = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(halfway, person.Email);

        await SuspendAsync(person);

        Assert.NotEqual(HttpStatusCode.OK, (await open.GetAsync("/campaigns")).Status);
        Assert.NotNull((await ConfirmAsync(halfway, recoveryCodes[0])).Problem);
        using var late = staff.Portal.OpenBrowser();
        Assert.Contains("Ask an administrator", (await StaffedPortal.SignInAsync(late, person.Email)).Problem, StringComparison.Ordinal);
        Assert.NotNull((await StaffedPortal.SignInAsync(late, person.Email, "not the password")).Problem);
        Assert.EndsWith("staff.suspended staff.signInFailed staff.signInFailed staff.signInFailed", string.Join(' ', await staff.ActionsAsync(person)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_a_suspended_person_is_worth_nothing_within_a_minute()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        using var minute = new MinutePassed(staff.Portal);
        Assert.InRange(minute.Interval, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.Account)).Status);

        await SuspendAsync(person);

        Assert.StartsWith(Paths.SignIn, (await browser.GetAsync(Paths.Account)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_ones_own_account_and_turning_the_second_factor_on_and_off_keeps_one_signed_in()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        using var minute = new MinutePassed(staff.Portal);

        await browser.GetAsync(Paths.Account);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.Account)).Status);
        await TurnOnAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.Account)).Status);
        await browser.SubmitAsync(Paths.Account, "two-factor-off");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.Account)).Status);
        Assert.Equal(["staff.twoFactorOn", "staff.twoFactorOff"], (await staff.ActionsAsync(person)).TakeLast(2));
    }

    [Fact]
    public async Task A_changed_password_keeps_this_session_and_ends_the_others()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var here = staff.Portal.OpenBrowser();
        using var elsewhere = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(here, person.Email);
        await StaffedPortal.SignInAsync(elsewhere, person.Email);
        using var minute = new MinutePassed(staff.Portal);

        Assert.Contains("another one", (await here.SubmitAsync(Paths.Account, "password", ("Password.Current", "not the password"), ("Password.Next", "a new long password"))).Problem, StringComparison.Ordinal);
        await here.SubmitAsync(Paths.Account, "password", ("Password.Current", StaffedPortal.Password), ("Password.Next", "a new long password"));

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(Paths.Account)).Status);
        Assert.StartsWith(Paths.SignIn, (await elsewhere.GetAsync(Paths.Account)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_open_asks_each_minute_whether_its_person_may_still_be_here()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        await using var circuit = staff.Portal.Services.CreateAsyncScope();
        var watch = new OpenPage(circuit.ServiceProvider);
        var state = await StateAsync(person);
        Assert.Equal((TimeSpan.FromMinutes(1), true), (watch.Interval, await watch.MayStayAsync(state)));

        await staff.Portal.Get<ChangeStaff>().RolesAsync(Actor.CommandLine, person.StaffId, [RoleBundle.Marketer.Name], default);
        Assert.False(await watch.MayStayAsync(state));
        state = await StateAsync(person);
        Assert.True(await watch.MayStayAsync(state));

        await SuspendAsync(person);
        Assert.False(await watch.MayStayAsync(state));
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var browser = await staff.SignedInAsync(RoleBundle.Auditor);
        var token = (await browser.GetAsync(Paths.Account)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await browser.PostAsync(Paths.SignOut, [KeyValuePair.Create("__RequestVerificationToken", token)]);

        Assert.StartsWith(Paths.SignIn, (await browser.GetAsync(Paths.Account)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_out()
    {
        using var browser = await staff.SignedInAsync(RoleBundle.Auditor);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(Paths.SignOut, [])).Status);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.Account)).Status);
    }

    private static Task<Answer> ConfirmAsync(Browser browser, string code, string returnUrl = "/") =>
        browser.SubmitAsync($"{Paths.TwoFactor}?returnUrl={Uri.EscapeDataString(returnUrl)}", "two-factor", ("Input.Code", code));

    /// <summary>Enrols as the page says: type the key into an app, enter the app's code, keep the recovery codes.</summary>
    private async Task<(string Key, IReadOnlyList<string> RecoveryCodes)> TurnOnAsync(Invitation person)
    {
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        return await TurnOnAsync(browser);
    }

    private static async Task<(string Key, IReadOnlyList<string> RecoveryCodes)> TurnOnAsync(Browser browser)
    {
        var key = (await browser.GetAsync(Paths.Account)).Document.QuerySelector("code.key")!.TextContent.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        Assert.StartsWith("That code is wrong", (await browser.SubmitAsync(Paths.Account, "two-factor-on", ("Input.Code", "000000"))).Problem, StringComparison.Ordinal);
        var done = await browser.SubmitAsync(Paths.Account, "two-factor-on", ("Input.Code", new Totp(Base32Encoding.ToBytes(key)).ComputeTotp()));
        var codes = done.Document.QuerySelectorAll(".codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, codes.Count);
        return (key, codes);
    }

    private async Task SuspendAsync(Invitation person) =>
        Assert.True((await staff.Portal.Get<ChangeStaff>().SuspendAsync(Actor.CommandLine, person.StaffId, isSuspended: true, "Left the company", default)).IsSuccess);

    /// <summary>As a request would bring it into a circuit that opens now.</summary>
    private async Task<AuthenticationState> StateAsync(Invitation person)
    {
        await using var request = staff.Portal.Services.CreateAsyncScope();
        var member = (await request.ServiceProvider.GetRequiredService<UserManager<StaffMember>>().FindByIdAsync(person.StaffId.ToString()))!;
        return new AuthenticationState(await request.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<StaffMember>>().CreateAsync(member));
    }

    /// <summary>From now on every request is asked as if the minute since the last question had passed.</summary>
    private sealed class MinutePassed : IDisposable
    {
        private readonly SecurityStampValidatorOptions _options;

        public MinutePassed(StartedPortal portal)
        {
            _options = portal.Get<IOptions<SecurityStampValidatorOptions>>().Value;
            (Interval, _options.ValidationInterval) = (_options.ValidationInterval, TimeSpan.Zero);
        }

        /// <summary>What it is otherwise.</summary>
        public TimeSpan Interval { get; }

        public void Dispose() => _options.ValidationInterval = Interval;
    }

    /// <summary>The portal's own watch over a circuit, asked without waiting for its minute.</summary>
    private sealed class OpenPage(IServiceProvider circuit)
    {
        private readonly AuthenticationStateProvider _watch = circuit.GetRequiredService<AuthenticationStateProvider>();

        public TimeSpan Interval => (TimeSpan)Member("get_RevalidationInterval").Invoke(_watch, [])!;

        public Task<bool> MayStayAsync(AuthenticationState state) => (Task<bool>)Member("ValidateAuthenticationStateAsync").Invoke(_watch, [state, CancellationToken.None])!;

        private System.Reflection.MethodInfo Member(string name) =>
            _watch.GetType().GetMethod(name, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
    }
}
