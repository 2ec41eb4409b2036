using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <param name="Person">As the change left them: with the security stamp that an open session needs from now on.</param>
/// <param name="RecoveryCodes">To be shown once.</param>
public sealed record SecondFactorOn(StaffMember Person, IReadOnlyList<string> RecoveryCodes);

/// <summary>
/// What a member of staff sets for themselves: password and second factor. Each change is one transaction with its entry, which holds neither
/// passwords nor keys nor codes. A change gives the account a new security stamp, which ends every other session within a minute.
/// </summary>
public sealed class ChangeOwnAccount
{
    public const int RecoveryCodeCount = 10;

    private readonly OwnAccounts _accounts;

    internal ChangeOwnAccount(OwnAccounts accounts) => _accounts = accounts;

    /// <summary>By the link of an invitation, which proves who it is once; it also ends a lock. A link that proves nothing hears the same, whether or not there is such a person.</summary>
    public Task<Result<Done>> SetPasswordAsync(Guid staffId, string token, string password, ActorOrigin origin, CancellationToken cancellationToken) =>
        _accounts.WriteAsync<Result<Done>>(staffId, origin, new LinkUsedUp(), account => SetPasswordAsync(account, token, password), cancellationToken);

    public Task<Result<StaffMember>> ChangePasswordAsync(Guid staffId, string current, string next, ActorOrigin origin, CancellationToken cancellationToken) =>
        _accounts.WriteAsync<Result<StaffMember>>(staffId, origin, new StaffNotFound(), account => ChangePasswordAsync(account, current, next), cancellationToken);

    /// <summary>The key for an authenticator app. The first look makes it, which changes nothing else: sign-in asks for no code until it is turned on.</summary>
    /// <returns>Base32; null for somebody unknown.</returns>
    public Task<string?> OfferKeyAsync(Guid staffId, ActorOrigin origin, CancellationToken cancellationToken) =>
        _accounts.WriteAsync<string?>(staffId, origin, null, async account => await OfferKeyAsync(account, cancellationToken), cancellationToken);

    /// <param name="code">That the app shows now: proof that it has the key.</param>
    public Task<Result<SecondFactorOn>> TurnOnSecondFactorAsync(Guid staffId, string code, ActorOrigin origin, CancellationToken cancellationToken) =>
        _accounts.WriteAsync<Result<SecondFactorOn>>(staffId, origin, new StaffNotFound(), account => TurnOnAsync(account, code), cancellationToken);

    public Task<Result<StaffMember>> TurnOffSecondFactorAsync(Guid staffId, ActorOrigin origin, CancellationToken cancellationToken) =>
        _accounts.WriteAsync<Result<StaffMember>>(staffId, origin, new StaffNotFound(), async account => await TurnOffAsync(account), cancellationToken);

    private static async Task<Result<Done>> SetPasswordAsync(OwnAccount account, string token, string password)
    {
        var person = account.Person;
        if (person.SuspendedAt is not null)
        {
            account.Tell("staff.linkRefused", after: new() { ["suspended"] = true });
            return new LinkUsedUp();
        }

        var before = new Dictionary<string, object?> { ["hasPassword"] = person.PasswordHash is not null, ["lockedUntil"] = person.LockoutEnd };
        var result = await account.ChangeAsync(people => people.ResetPasswordAsync(person, token, password));
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.InvalidToken)))
        {
            account.Tell("staff.linkRefused");
            return new LinkUsedUp();
        }

        if (!result.Succeeded)
            return PasswordRefused.By(result);
        if (person.LockoutEnd is not null)
        {
            await account.MustChangeAsync(people => people.SetLockoutEndDateAsync(person, null));
            await account.MustChangeAsync(people => people.ResetAccessFailedCountAsync(person));
        }

        account.Tell("staff.passwordSet", before, new() { ["hasPassword"] = true, ["lockedUntil"] = person.LockoutEnd });
        return Done.Value;
    }

    private static async Task<Result<StaffMember>> ChangePasswordAsync(OwnAccount account, string current, string next)
    {
        var result = await account.ChangeAsync(people => people.ChangePasswordAsync(account.Person, current, next));
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
        {
            account.Tell("staff.passwordNotChanged");
            return new PasswordIsAnother();
        }

        if (!result.Succeeded)
            return PasswordRefused.By(result);
        account.Tell("staff.passwordChanged");
        return account.Person;
    }

    private static async Task<string> OfferKeyAsync(OwnAccount account, CancellationToken cancellationToken)
    {
        if (await account.People.GetAuthenticatorKeyAsync(account.Person) is { Length: > 0 } known)
            return known;
        // The manager's own reset would end every session of the person.
        var key = account.People.GenerateNewAuthenticatorKey();
        await account.Keys.SetAuthenticatorKeyAsync(account.Person, key, cancellationToken);
        await account.MustChangeAsync(people => people.UpdateAsync(account.Person));
        account.Tell("staff.twoFactorOffered");
        return key;
    }

    private static async Task<Result<SecondFactorOn>> TurnOnAsync(OwnAccount account, string code)
    {
        var (people, person) = (account.People, account.Person);
        if (!await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, code.Replace(" ", "", StringComparison.Ordinal)))
            return new CodeOfAppWrong();
        var before = new Dictionary<string, object?> { ["twoFactor"] = person.TwoFactorEnabled, ["recoveryCodes"] = await people.CountRecoveryCodesAsync(person) };
        await account.MustChangeAsync(p => p.SetTwoFactorEnabledAsync(person, enabled: true));
        if (await people.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodeCount) is not { } codes)
            throw new DbUpdateConcurrencyException("The account was changed by another request meanwhile.");
        var shown = codes.ToList();
        account.Tell("staff.twoFactorOn", before, new() { ["twoFactor"] = true, ["recoveryCodes"] = shown.Count });
        return new SecondFactorOn(person, shown);
    }

    private static async Task<StaffMember> TurnOffAsync(OwnAccount account)
    {
        var person = account.Person;
        var wasOn = person.TwoFactorEnabled;
        await account.MustChangeAsync(people => people.SetTwoFactorEnabledAsync(person, enabled: false));
        await account.MustChangeAsync(people => people.ResetAuthenticatorKeyAsync(person));
        account.Tell("staff.twoFactorOff", new() { ["twoFactor"] = wasOn }, new() { ["twoFactor"] = false });
        return person;
    }
}

public sealed record LinkIncomplete() : Failure("This link is not complete or no longer valid. Ask an administrator for a new one.");

public sealed record LinkUsedUp() : Failure("This link has expired or was used already. Ask an administrator for a new one.");

public sealed record PasswordIsAnother() : Failure("The password that you have now is another one. Nothing was changed.");

public sealed record PasswordRefused(string Message) : Failure(Message)
{
    internal static PasswordRefused By(IdentityResult result) => new(string.Join(' ', result.Errors.Select(e => e.Description)));
}

public sealed record CodeOfAppWrong() : Failure("That code is wrong. Check the clock of your telephone and enter the code that the app shows now.");
