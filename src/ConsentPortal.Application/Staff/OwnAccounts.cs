using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Opens somebody's own account for one act of theirs. What Identity changes of it and what the audit trail says of that are one
/// transaction: Identity works on the context of that transaction, so neither is kept without the other.
/// </summary>
internal sealed class OwnAccounts(PortalDatabase database, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int Attempts = 5;

    // Made before anybody is looked for, so that no first try takes longer for it than another.
    private readonly string _nobodys = Nobodys(scopes);

    /// <param name="unknown">What is answered where there is no such member of staff.</param>
    /// <param name="work">May run again, as in <see cref="PortalDatabase.WriteAsync{T}(Func{PortalDbContext, Task{T}}, CancellationToken)"/>: a cookie is set after it.</param>
    public async Task<T> WriteAsync<T>(Guid staffId, ActorOrigin origin, T unknown, Func<OwnAccount, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.WriteAsync(db => WorkAsync(db, staffId, origin, unknown, work, cancellationToken), cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Another request of the same person was faster: done again, this one counts from what that one left, so no wrong try goes uncounted.
            }
        }
    }

    /// <summary>Looks at a password of nobody's: the same work as for one that somebody has, and never right.</summary>
    public void PretendToCheck(string password)
    {
        using var scope = scopes.CreateScope();
        scope.ServiceProvider.GetRequiredService<IPasswordHasher<StaffMember>>().VerifyHashedPassword(new StaffMember { DisplayName = "" }, _nobodys, password);
    }

    private static string Nobodys(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<IPasswordHasher<StaffMember>>().HashPassword(new StaffMember { DisplayName = "" }, "a password that nobody has");
    }

    private async Task<T> WorkAsync<T>(PortalDbContext db, Guid staffId, ActorOrigin origin, T unknown, Func<OwnAccount, Task<T>> work, CancellationToken cancellationToken)
    {
        if (await db.Users.FirstOrDefaultAsync(s => s.Id == staffId, cancellationToken) is not { } person)
            return unknown;
        await using var scope = scopes.CreateAsyncScope();
        using var store = new UserStore<StaffMember, StaffRole, PortalDbContext, Guid>(db);
        using var people = ActivatorUtilities.CreateInstance<UserManager<StaffMember>>(scope.ServiceProvider, store);
        var roles = string.Join(", ", (await people.GetRolesAsync(person)).Order(StringComparer.Ordinal));
        var actor = new Actor(ActorKind.Staff, person.Id.ToString(), person.DisplayName, new HashSet<string>(), roles, origin);
        return await work(new OwnAccount(db, people, store, person, actor, clock.GetUtcNow()));
    }
}

/// <summary>One account while its transaction is open.</summary>
internal sealed class OwnAccount(
    PortalDbContext db, UserManager<StaffMember> people, IUserAuthenticatorKeyStore<StaffMember> keys, StaffMember person, Actor actor, DateTimeOffset now)
{
    public UserManager<StaffMember> People => people;

    public IUserAuthenticatorKeyStore<StaffMember> Keys => keys;

    public StaffMember Person => person;

    public DateTimeOffset Now => now;

    /// <summary>Adds the entry about what was done or tried; never a password, a code or a key.</summary>
    public void Tell(string action, Dictionary<string, object?>? before = null, Dictionary<string, object?>? after = null) =>
        db.Audit(actor, now, new AuditFact(action, "staff", person.Id.ToString(), Before: before, After: after));

    /// <summary>Makes one change of Identity's. What it refuses leaves nothing behind, so entries are told afterwards.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another request has changed the account meanwhile.</exception>
    public async Task<IdentityResult> ChangeAsync(Func<UserManager<StaffMember>, Task<IdentityResult>> change)
    {
        var result = await change(people);
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
            throw new DbUpdateConcurrencyException("The account was changed by another request meanwhile.");
        if (!result.Succeeded)
            TakeBack();
        return result;
    }

    /// <summary>What was changed in memory before the refusal must not be saved with the entry about it.</summary>
    private void TakeBack()
    {
        foreach (var row in db.ChangeTracker.Entries().Where(row => row.State == EntityState.Modified).ToList())
        {
            row.CurrentValues.SetValues(row.OriginalValues);
            row.State = EntityState.Unchanged;
        }
    }

    /// <summary>The same for a change that has no reason to be refused.</summary>
    public async Task MustChangeAsync(Func<UserManager<StaffMember>, Task<IdentityResult>> change)
    {
        var result = await ChangeAsync(change);
        if (!result.Succeeded)
            throw new InvalidOperationException($"The account {person.Id} could not be changed: {string.Join(' ', result.Errors.Select(e => e.Code))}.");
    }
}
