using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>What came of one step of signing in.</summary>
public enum SignInOutcome
{
    SignedIn = 1,

    /// <summary>The password was right; a code has to follow.</summary>
    SecondFactorDue = 2,

    /// <summary>The password, the code or the address was wrong.</summary>
    Wrong = 3,

    /// <summary>Too many wrong tries: nothing opens the account for some minutes. Said only to somebody who knows the password.</summary>
    LockedOut = 4,

    /// <summary>Said only to somebody who knows the password.</summary>
    Suspended = 5,
}

/// <param name="Person">As the act left them; null for a stranger.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, StaffMember? Person);

/// <summary>
/// The way in and out. Each step, whether or not it opens anything, is an entry of the audit trail, in one transaction with what it changes of
/// the account: wrong tries counted, a recovery code used, a lock. The session itself is a cookie, which the caller sets afterwards.
/// <para>
/// Whoever doesn't know the password hears the same after the same work, whether the address is unknown, invited, suspended or locked (OWASP, Authentication Cheat Sheet): one
/// look at a password and one entry for each try.
/// </para>
/// </summary>
public sealed class SignInStaff
{
    private const int LengthOfTotp = 6;

    private static readonly SignInAnswer Stranger = new(SignInOutcome.Wrong, null);

    private readonly PortalDatabase _database;
    private readonly OwnAccounts _accounts;
    private readonly StrangersAtSignIn _strangers;

    internal SignInStaff(PortalDatabase database, OwnAccounts accounts, StrangersAtSignIn strangers) => (_database, _accounts, _strangers) = (database, accounts, strangers);

    public async Task<SignInAnswer> WithPasswordAsync(string email, string password, ActorOrigin origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(email, cancellationToken) is { } staffId)
            return await _accounts.WriteAsync(staffId, origin, Stranger, account => TryPasswordAsync(account, password), cancellationToken);
        // Written down as a wrong password is, after the same work.
        _accounts.PretendToCheck(password);
        await _strangers.NoteAsync(email, origin, cancellationToken);
        return Stranger;
    }

    /// <param name="staffId">Whose password was right a few minutes ago.</param>
    /// <param name="code">Of the authenticator app, or one of the recovery codes.</param>
    public Task<SignInAnswer> WithSecondFactorAsync(Guid staffId, string code, ActorOrigin origin, CancellationToken cancellationToken) =>
        _accounts.WriteAsync(staffId, origin, Stranger, account => TryCodeAsync(account, code.Trim()), cancellationToken);

    /// <summary>Lets somebody in of whom nothing is asked: the demo people in Development.</summary>
    public async Task<SignInAnswer> WithoutPasswordAsync(string email, ActorOrigin origin, CancellationToken cancellationToken) => await FindAsync(email, cancellationToken) is { } staffId
        ? await _accounts.WriteAsync(
            staffId, origin, Stranger, account => account.Person.SuspendedAt is null ? EnterAsync(account, null) : Task.FromResult(Suspended(account, "password")), cancellationToken)
        : Stranger;

    public Task SignOutAsync(Guid staffId, ActorOrigin origin, CancellationToken cancellationToken) => _accounts.WriteAsync(
        staffId, origin, Done.Value,
        account =>
        {
            account.Tell("staff.signedOut");
            return Task.FromResult(Done.Value);
        },
        cancellationToken);

    private async Task<Guid?> FindAsync(string email, CancellationToken cancellationToken)
    {
        var normalized = email.Trim().ToUpperInvariant();
        await using var db = _database.Open();
        return await db.Users.AsNoTracking().Where(s => s.NormalizedEmail == normalized).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<SignInAnswer> TryPasswordAsync(OwnAccount account, string password)
    {
        var person = account.Person;
        var isRight = await IsRightAsync(account, password);
        if (await IsLockedAsync(account))
            return await TryLockedAsync(account, isRight);
        if (!isRight)
            return (await MissAsync(account, "staff.signInFailed", "password")) with { Outcome = SignInOutcome.Wrong };
        // Only whoever knows the password may learn that there is such an account.
        if (person.SuspendedAt is not null)
            return Suspended(account, "password");
        if (!person.TwoFactorEnabled)
            return await EnterAsync(account, null);
        account.Tell("staff.passwordAccepted", after: new() { ["next"] = "secondFactor" });
        return new SignInAnswer(SignInOutcome.SecondFactorDue, person);
    }

    /// <summary>One look at a password, also where there is none to compare with: of somebody who has not followed their invitation yet.</summary>
    private async Task<bool> IsRightAsync(OwnAccount account, string password)
    {
        if (account.Person.PasswordHash is not null)
            return await account.People.CheckPasswordAsync(account.Person, password);
        _accounts.PretendToCheck(password);
        return false;
    }

    /// <summary>Whether a lock holds. One that is over goes with the tries that were counted in it.</summary>
    private static async Task<bool> IsLockedAsync(OwnAccount account)
    {
        var person = account.Person;
        if (await account.People.IsLockedOutAsync(person))
            return true;
        if (person.LockoutEnd is not null)
            (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
        return false;
    }

    /// <summary>
    /// While a lock holds, only the right password hears of it. Somebody who guesses on would learn from that which one it is, so wrong tries are counted during a lock, too:
    /// after as many as brought it, the right password hears what a wrong one does until the lock is over.
    /// </summary>
    private static async Task<SignInAnswer> TryLockedAsync(OwnAccount account, bool isRight)
    {
        var person = account.Person;
        var tries = person.AccessFailedCount;
        if (!isRight)
            person.AccessFailedCount++;
        await account.MustChangeAsync(people => people.UpdateAsync(person));
        account.Tell(
            "staff.lockedOut", new() { ["wrongTries"] = tries },
            new() { ["step"] = "password", ["lockedUntil"] = person.LockoutEnd, ["passwordRight"] = isRight, ["wrongTries"] = person.AccessFailedCount });
        return new SignInAnswer(isRight && tries < account.People.Options.Lockout.MaxFailedAccessAttempts ? SignInOutcome.LockedOut : SignInOutcome.Wrong, person);
    }

    private static async Task<SignInAnswer> TryCodeAsync(OwnAccount account, string code)
    {
        var (people, person) = (account.People, account.Person);
        if (person.SuspendedAt is not null)
            return Suspended(account, "secondFactor");
        if (await IsLockedAsync(account))
            return Locked(account, "secondFactor");
        var digits = code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (digits.Length == LengthOfTotp)
        {
            return await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, digits)
                ? await EnterAsync(account, "app") : await MissAsync(account, "staff.secondFactorFailed", "secondFactor");
        }

        var left = await people.CountRecoveryCodesAsync(person);
        if (!(await account.ChangeAsync(p => p.RedeemTwoFactorRecoveryCodeAsync(person, code))).Succeeded)
            return await MissAsync(account, "staff.secondFactorFailed", "secondFactor");
        account.Tell("staff.recoveryCodeUsed", new() { ["recoveryCodes"] = left }, new() { ["recoveryCodes"] = left - 1 });
        return await EnterAsync(account, "recoveryCode");
    }

    /// <param name="secondFactor">What was asked beside the password; null for nothing.</param>
    private static async Task<SignInAnswer> EnterAsync(OwnAccount account, string? secondFactor)
    {
        var person = account.Person;
        var tries = person.AccessFailedCount;
        await account.MustChangeAsync(people => people.ResetAccessFailedCountAsync(person));
        person.LastSeenAt = account.Now;
        account.Tell("staff.signedIn", new() { ["wrongTries"] = tries }, new() { ["wrongTries"] = person.AccessFailedCount, ["secondFactor"] = secondFactor });
        return new SignInAnswer(SignInOutcome.SignedIn, person);
    }

    /// <summary>Counts a wrong try, which may be the one that locks the account.</summary>
    private static async Task<SignInAnswer> MissAsync(OwnAccount account, string action, string step)
    {
        var person = account.Person;
        var before = new Dictionary<string, object?> { ["wrongTries"] = person.AccessFailedCount };
        await account.MustChangeAsync(people => people.AccessFailedAsync(person));
        if (await account.People.IsLockedOutAsync(person))
            return Locked(account, step, before);
        account.Tell(action, before, new() { ["step"] = step, ["wrongTries"] = person.AccessFailedCount, ["hasPassword"] = person.PasswordHash is not null });
        return new SignInAnswer(SignInOutcome.Wrong, person);
    }

    private static SignInAnswer Locked(OwnAccount account, string step, Dictionary<string, object?>? before = null)
    {
        account.Tell("staff.lockedOut", before, new() { ["step"] = step, ["lockedUntil"] = account.Person.LockoutEnd });
        return new SignInAnswer(SignInOutcome.LockedOut, account.Person);
    }

    private static SignInAnswer Suspended(OwnAccount account, string step)
    {
        account.Tell("staff.signInFailed", after: new() { ["step"] = step, ["suspended"] = true });
        return new SignInAnswer(SignInOutcome.Suspended, account.Person);
    }
}
