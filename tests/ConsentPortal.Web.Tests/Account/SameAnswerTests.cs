using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Account;

/// <summary>Whoever doesn't know a password learns nothing of an account from the pages, not even whether there is one (OWASP, Authentication Cheat Sheet).</summary>
public sealed class SameAnswerTests(StaffedPortal staff) : IClassFixture<StaffedPortal>
{
    private const string Guess = "not the password";

    // One more than locks an account.
    private const int Tries = 6;

    [Fact]
    public async Task However_often_one_guesses_the_page_is_the_same_for_every_address()
    {
        var (known, invited, suspended, locked) = (
            await staff.EmployAsync(RoleBundle.Auditor), await staff.InviteAsync(RoleBundle.Auditor), await staff.EmployAsync(RoleBundle.Auditor), await staff.EmployAsync(RoleBundle.Auditor));
        Assert.True((await staff.Portal.Get<ChangeStaff>().SuspendAsync(Actor.CommandLine, suspended.StaffId, isSuspended: true, "Left the company", default)).IsSuccess);
        await GuessAsync(locked.Email);

        var unknown = await GuessAsync("nobody@staff.example");

        Assert.All(unknown, page => Assert.Equal(unknown[0], page));
        Assert.Contains("The mail address or the password is wrong.", unknown[0], StringComparison.Ordinal);
        foreach (var person in new[] { known, invited, suspended, locked })
            Assert.Equal(unknown, await GuessAsync(person.Email));
    }

    [Fact]
    public async Task The_trail_says_what_the_page_does_not()
    {
        var (known, invited) = (await staff.EmployAsync(RoleBundle.Auditor), await staff.InviteAsync(RoleBundle.Auditor));
        await GuessAsync(known.Email);
        await GuessAsync(invited.Email);
        using var browser = staff.Portal.OpenBrowser();
        await StaffedPortal.SignInAsync(browser, known.Email);

        Assert.Equal(["staff.signInFailed", "staff.signInFailed", "staff.signInFailed", "staff.signInFailed", "staff.lockedOut", "staff.lockedOut", "staff.lockedOut"], (await staff.ActionsAsync(known)).TakeLast(7));
        var (guessed, right) = ((await EntriesAsync(known))[^2].GetProperty("after"), (await EntriesAsync(known))[^1].GetProperty("after"));
        Assert.Equal((false, 1, true, 1), (guessed.GetProperty("passwordRight").GetBoolean(), guessed.GetProperty("wrongTries").GetInt32(), right.GetProperty("passwordRight").GetBoolean(), right.GetProperty("wrongTries").GetInt32()));
        Assert.NotNull(right.GetProperty("lockedUntil").GetString());
        Assert.False((await EntriesAsync(invited))[1].GetProperty("after").GetProperty("hasPassword").GetBoolean());
    }

    [Fact]
    public async Task The_right_password_hears_of_a_lock_but_not_after_as_many_guesses_again()
    {
        var person = await staff.EmployAsync(RoleBundle.Auditor);
        using var browser = staff.Portal.OpenBrowser();
        for (var attempt = 1; attempt <= 5; attempt++)
            await StaffedPortal.SignInAsync(browser, person.Email, Guess);
        for (var attempt = 1; attempt <= 4; attempt++)
            await StaffedPortal.SignInAsync(browser, person.Email, Guess);
        Assert.StartsWith("The password is right, but the account is locked until", (await StaffedPortal.SignInAsync(browser, person.Email)).Problem, StringComparison.Ordinal);

        var wrong = await StaffedPortal.SignInAsync(browser, person.Email, Guess);
        var right = await StaffedPortal.SignInAsync(browser, person.Email);

        Assert.Equal((wrong.Status, wrong.Problem), (right.Status, right.Problem));
        await EndLockAsync(person);
        // The guesses went with the lock: one slip does not bring the next.
        Assert.StartsWith("The mail address or the password is wrong.", (await StaffedPortal.SignInAsync(browser, person.Email, Guess)).Problem, StringComparison.Ordinal);
        Assert.Equal("/", (await StaffedPortal.SignInAsync(browser, person.Email)).Location);
    }

    [Fact]
    public async Task A_link_that_proves_nothing_hears_the_same_whether_or_not_there_is_such_a_person()
    {
        var (known, suspended) = (await staff.EmployAsync(RoleBundle.Auditor), await staff.InviteAsync(RoleBundle.Auditor));
        Assert.True((await staff.Portal.Get<ChangeStaff>().SuspendAsync(Actor.CommandLine, suspended.StaffId, isSuspended: true, "Left the company", default)).IsSuccess);
        using var browser = staff.Portal.OpenBrowser();

        var unknown = await StaffedPortal.AcceptAsync(browser, known with { StaffId = Guid.CreateVersion7() }, StaffedPortal.Password);

        Assert.StartsWith("This link has expired or was used already.", unknown.Problem, StringComparison.Ordinal);
        foreach (var link in new[] { known, suspended })
        {
            var answer = await StaffedPortal.AcceptAsync(browser, link, "another long password");
            Assert.Equal((unknown.Status, unknown.Problem), (answer.Status, answer.Problem));
        }

        Assert.Equal("staff.linkRefused", (await staff.ActionsAsync(suspended))[^1]);
    }

    /// <summary>What a browser of its own is shown and given after each of the tries.</summary>
    private async Task<IReadOnlyList<string>> GuessAsync(string email)
    {
        using var browser = staff.Portal.OpenBrowser();
        var pages = new List<string>();
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var answer = await StaffedPortal.SignInAsync(browser, email, Guess);
            foreach (var unseen in answer.Document.QuerySelectorAll("script, style").ToList())
                unseen.Remove();
            var cookies = string.Join(' ', browser.CookiesSet.Select(cookie => cookie.Split('=')[0]).Distinct());
            var headers = string.Join(' ', answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal));
            pages.Add($"{(int)answer.Status} {answer.Location} {cookies} {headers} {answer.Document.Body!.TextContent}");
        }

        return pages;
    }

    private async Task<IReadOnlyList<JsonElement>> EntriesAsync(Invitation person)
    {
        await using var db = staff.Portal.Open();
        var id = person.StaffId.ToString();
        return [.. (await db.AuditEntries.Where(entry => entry.ObjectId == id).OrderBy(entry => entry.Id).Select(entry => entry.Leaf).ToListAsync()).Select(leaf => JsonDocument.Parse(leaf).RootElement)];
    }

    private async Task EndLockAsync(Invitation person) => await staff.Portal.Get<PortalDatabase>().WriteAsync(
        db => db.Users.Where(s => s.Id == person.StaffId).ExecuteUpdateAsync(s => s.SetProperty(x => x.LockoutEnd, TimeProvider.System.GetUtcNow().AddSeconds(-1))), default);
}
