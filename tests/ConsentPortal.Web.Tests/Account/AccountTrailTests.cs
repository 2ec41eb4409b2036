using System.Net;
using System.Text.Json;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace ConsentPortal.Web.Tests.Account;

/// <summary>What the audit trail holds of signing in and of one's own account: every step, with its role, and no change without its entry.</summary>
public sealed class AccountTrailTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    private const string Next = "another lantern over water";

    [Fact]
    public async Task Each_step_of_signing_in_and_out_has_its_entry()
    {
        var (person, key, recoveryCodes) = await EnrolledAsync();
        var before = (await staff.ActionsAsync(person)).Count;
        using var browser = staff.Portal.OpenBrowser();

        await StaffedPortal.SignInAsync(browser, person.Email);
        await ConfirmAsync(browser, "000000");
        await ConfirmAsync(browser, Code(key));
        var token = (await browser.GetAsync(Paths.Account)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await browser.PostAsync(Paths.SignOut, [KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var withoutTelephone = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(withoutTelephone, person.Email);
        await ConfirmAsync(withoutTelephone, recoveryCodes[0]);

        Assert.Equal(
            ["staff.passwordAccepted", "staff.secondFactorFailed", "staff.signedIn", "staff.signedOut", "staff.passwordAccepted", "staff.recoveryCodeUsed", "staff.signedIn"],
            (await staff.ActionsAsync(person)).Skip(before));
        Assert.Equal((10, 9), await SidesAsync(person, "staff.recoveryCodeUsed", "recoveryCodes"));
        Assert.Equal((0, 1), await SidesAsync(person, "staff.secondFactorFailed", "wrongTries"));
    }

    [Fact]
    public async Task What_somebody_does_with_their_own_account_stands_under_their_role()
    {
        var (person, _, _) = await EnrolledAsync();

        var own = (await EntriesAsync(person)).Where(entry => entry.GetProperty("actor").GetProperty("id").GetString() == person.StaffId.ToString()).ToList();

        Assert.True(own.Count >= 4, "The entries were not found.");
        Assert.All(own, entry => Assert.Equal(RoleBundle.Auditor.Name, entry.GetProperty("actor").GetProperty("role").GetString()));
    }

    [Theory]
    [InlineData("000000")]
    [InlineData("WRONG-CODES")]
    public async Task Five_wrong_codes_lock_the_account_as_five_wrong_passwords_do(string code)
    {
        var (person, key, _) = await EnrolledAsync();
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        for (var attempt = 1; attempt < 5; attempt++)
            Assert.StartsWith("That code is wrong", (await ConfirmAsync(browser, code)).Problem, StringComparison.Ordinal);

        Assert.StartsWith("Too many tries.", (await ConfirmAsync(browser, code)).Problem, StringComparison.Ordinal);
        Assert.StartsWith("Too many tries.", (await ConfirmAsync(browser, Code(key))).Problem, StringComparison.Ordinal);

        var locked = (await EntriesAsync(person)).Where(entry => entry.GetProperty("action").GetString() == "staff.lockedOut").ToList();
        Assert.Equal(2, locked.Count);
        Assert.Equal(4, locked[0].GetProperty("before").GetProperty("wrongTries").GetInt32());
        Assert.NotNull(locked[0].GetProperty("after").GetProperty("lockedUntil").GetString());
    }

    [Fact]
    public async Task Wrong_passwords_that_come_at_once_are_all_counted()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        var signIn = staff.Portal.Get<SignInStaff>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => signIn.WithPasswordAsync(person.Email, "not the password", Here, default)));

        Assert.All(answers, answer => Assert.Equal(SignInOutcome.Wrong, answer.Outcome));
        Assert.Equal(4, (await staff.ActionsAsync(person)).Count(action => action == "staff.signInFailed"));
        Assert.Equal("staff.lockedOut", (await staff.ActionsAsync(person))[^1]);
    }

    [Fact]
    public async Task A_try_with_an_unknown_address_has_an_entry_that_does_not_say_which_and_the_same_answer_as_a_wrong_password()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        var earlier = await StrangersAsync();

        var wrong = await StaffedPortal.SignInAsync(browser, person.Email, "not the password");
        var unknown = await StaffedPortal.SignInAsync(browser, "director@guess.example", "not the password");
        await StaffedPortal.SignInAsync(browser, " Director@Guess.example", "another password");
        await StaffedPortal.SignInAsync(browser, "owner@guess.example", "not the password");

        Assert.Equal((wrong.Status, wrong.Problem), (unknown.Status, unknown.Problem));
        var entries = (await StrangersAsync()).Skip(earlier.Count).ToList();
        var hashes = entries.ConvertAll(entry => entry.GetProperty("after").GetProperty("addressHash").GetString()!);
        Assert.Equal(3, entries.Count);
        Assert.Equal((hashes[0], 2), (hashes[1], hashes.Distinct().Count()));
        Assert.All(entries, entry => Assert.Equal(("staff.signInFailed", "stranger"), (entry.GetProperty("action").GetString(), entry.GetProperty("actor").GetProperty("id").GetString())));
        Assert.DoesNotContain(entries, entry => entry.GetRawText().Contains("guess", StringComparison.OrdinalIgnoreCase) || entry.GetRawText().Contains("password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_was_used_already_is_refused_with_an_entry()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        await StaffedPortal.AcceptAsync(browser, person, Next);

        Assert.Equal("staff.linkRefused", (await staff.ActionsAsync(person))[^1]);
    }

    [Fact]
    public async Task A_password_set_by_a_link_ends_the_lock_in_the_same_entry()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        for (var attempt = 1; attempt <= 5; attempt++)
            await StaffedPortal.SignInAsync(browser, person.Email, "not the password");
        var link = (await staff.Portal.Get<InviteStaff>().RepeatAsync(Actor.CommandLine, person.StaffId, default)).Value;

        await StaffedPortal.AcceptAsync(browser, link, Next);

        var entry = (await EntriesAsync(person)).Last(e => e.GetProperty("action").GetString() == "staff.passwordSet");
        Assert.NotNull(entry.GetProperty("before").GetProperty("lockedUntil").GetString());
        Assert.Null(entry.GetProperty("after").GetProperty("lockedUntil").GetString());
        Assert.Equal("/", (await StaffedPortal.SignInAsync(browser, person.Email, Next)).Location);
    }

    [Fact]
    public async Task A_change_of_ones_account_whose_entry_cannot_be_written_is_not_kept()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        var key = await KeyAsync(browser);
        var before = await RowAsync(person);

        await using (await BrokenTrail.BreakAsync(staff.Portal))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await browser.SubmitAsync(Paths.Account, "password", ("Password.Current", StaffedPortal.Password), ("Password.Next", Next))).Status);
            Assert.Equal(HttpStatusCode.InternalServerError, (await browser.SubmitAsync(Paths.Account, "two-factor-on", ("Input.Code", Code(key)))).Status);
        }

        Assert.Equal(before, await RowAsync(person));
        using var later = staff.Portal.OpenBrowser();
        Assert.Equal("/", (await StaffedPortal.SignInAsync(later, person.Email)).Location);
    }

    [Fact]
    public async Task A_step_of_signing_in_whose_entry_cannot_be_written_changes_nothing_and_opens_nothing()
    {
        var (person, key, recoveryCodes) = await EnrolledAsync();
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        using var stranger = staff.Portal.OpenBrowser();
        var before = await RowAsync(person);

        await using (await BrokenTrail.BreakAsync(staff.Portal))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await StaffedPortal.SignInAsync(stranger, person.Email, "not the password")).Status);
            Assert.Equal(HttpStatusCode.InternalServerError, (await StaffedPortal.SignInAsync(stranger, "nobody@staff.example", "not the password")).Status);
            Assert.Equal(HttpStatusCode.InternalServerError, (await ConfirmAsync(browser, recoveryCodes[0])).Status);
            Assert.Equal(HttpStatusCode.InternalServerError, (await ConfirmAsync(browser, Code(key))).Status);
        }

        Assert.StartsWith(Paths.SignIn, (await browser.GetAsync(Paths.Account)).Location, StringComparison.Ordinal);
        Assert.Equal(before, await RowAsync(person));
        Assert.Equal("/", (await ConfirmAsync(browser, recoveryCodes[0])).Location);
    }

    [Fact]
    public async Task A_password_behind_a_link_whose_entry_cannot_be_written_is_not_set_and_the_link_still_works()
    {
        var person = await staff.InviteAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();

        await using (await BrokenTrail.BreakAsync(staff.Portal))
            Assert.Equal(HttpStatusCode.InternalServerError, (await StaffedPortal.AcceptAsync(browser, person, StaffedPortal.Password)).Status);

        Assert.Null((await RowAsync(person)).PasswordHash);
        Assert.Null((await StaffedPortal.AcceptAsync(browser, person, StaffedPortal.Password)).Problem);
    }

    private static ActorOrigin Here { get; } = new("request-1", "203.0.113.9");

    private static string Code(string key) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp();

    private static Task<Answer> ConfirmAsync(Browser browser, string code) => browser.SubmitAsync(Paths.TwoFactor, "two-factor", ("Input.Code", code));

    private static async Task<string> KeyAsync(Browser browser) =>
        (await browser.GetAsync(Paths.Account)).Document.QuerySelector("code.key")!.TextContent.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Somebody whose second factor is on.</summary>
    private async Task<(Invitation Person, string Key, IReadOnlyList<string> RecoveryCodes)> EnrolledAsync()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, person.Email);
        var key = await KeyAsync(browser);
        var done = await browser.SubmitAsync(Paths.Account, "two-factor-on", ("Input.Code", Code(key)));
        return (person, key, [.. done.Document.QuerySelectorAll(".codes code").Select(code => code.TextContent)]);
    }

    private Task<IReadOnlyList<JsonElement>> StrangersAsync() => EntriesAsync(Actor.StrangerId);

    private Task<IReadOnlyList<JsonElement>> EntriesAsync(Invitation person) => EntriesAsync(person.StaffId.ToString());

    private async Task<IReadOnlyList<JsonElement>> EntriesAsync(string id)
    {
        await using var db = staff.Portal.Open();
        var leaves = await db.AuditEntries.Where(entry => entry.ObjectId == id).OrderBy(entry => entry.Id).Select(entry => entry.Leaf).ToListAsync();
        return [.. leaves.Select(leaf => JsonDocument.Parse(leaf).RootElement)];
    }

    private async Task<(int Before, int After)> SidesAsync(Invitation person, string action, string name)
    {
        var entry = (await EntriesAsync(person)).Single(e => e.GetProperty("action").GetString() == action);
        return (entry.GetProperty("before").GetProperty(name).GetInt32(), entry.GetProperty("after").GetProperty(name).GetInt32());
    }

    private async Task<(string? PasswordHash, string? Stamp, bool TwoFactor, int WrongTries, DateTimeOffset? LockedUntil, DateTimeOffset? LastSeen, string Secrets)> RowAsync(Invitation person)
    {
        await using var db = staff.Portal.Open();
        var row = await db.Users.AsNoTracking().SingleAsync(s => s.Id == person.StaffId);
        var secrets = await db.UserTokens.AsNoTracking().Where(t => t.UserId == person.StaffId).OrderBy(t => t.Name).Select(t => t.Value).ToListAsync();
        return (row.PasswordHash, row.SecurityStamp, row.TwoFactorEnabled, row.AccessFailedCount, row.LockoutEnd, row.LastSeenAt, string.Join('|', secrets));
    }

    /// <summary>A database that refuses every entry about staff, until it is disposed of.</summary>
    private sealed class BrokenTrail(StartedPortal portal) : IAsyncDisposable
    {
        public static async Task<BrokenTrail> BreakAsync(StartedPortal portal)
        {
            await RunAsync(portal, "CREATE TRIGGER \"NoEntries\" BEFORE INSERT ON \"AuditEntries\" WHEN NEW.\"ObjectKind\" = 'staff' BEGIN SELECT RAISE(ABORT, 'No entry.'); END");
            return new BrokenTrail(portal);
        }

        public async ValueTask DisposeAsync() => await RunAsync(portal, "DROP TRIGGER \"NoEntries\"");

        private static async Task RunAsync(StartedPortal portal, string sql)
        {
            await using var db = portal.Open();
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }
}
