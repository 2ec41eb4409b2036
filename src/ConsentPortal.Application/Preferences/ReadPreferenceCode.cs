using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Preferences;

/// <summary>Takes a code that was read back. It counts once, for ten minutes and five tries, and only the latest one counts.</summary>
public sealed class ReadPreferenceCode(PortalDatabase database, PreferenceCodes codes, LookupHash hashes, TimeProvider clock)
{
    /// <returns>The period of the number that is proven now; the same refusal for a wrong, old or used code and for a number that is not known.</returns>
    public async Task<Result<NumberPeriodId>> ExecuteAsync(Actor actor, PhoneNumber phone, string code, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        var hash = hashes.Phone(phone);
        return await database.WriteAsync<Result<NumberPeriodId>>(
            async db =>
            {
                var id = await OwnAct.Holders(db, hash).OrderByDescending(s => s.CreatedAt).Select(s => (SubscriberId?)s.Id).FirstOrDefaultAsync(cancellationToken);
                return id is { } person ? await ReadAsync(db, actor, person, code, cancellationToken) : new CodeRefused();
            },
            cancellationToken);
    }

    /// <summary>The same for somebody whose link has told who they are.</summary>
    public async Task<Result<NumberPeriodId>> ExecuteAsync(Actor actor, SubscriberId id, string code, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        return await database.WriteAsync<Result<NumberPeriodId>>(db => ReadAsync(db, actor, id, code, cancellationToken), cancellationToken);
    }

    private async Task<Result<NumberPeriodId>> ReadAsync(PortalDbContext db, Actor actor, SubscriberId id, string code, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = await db.OneTimeCodes.Where(c => c.SubscriberId == id).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        if (row is null or { UsedAt: not null } || row.ExpiresAt <= now || row.Attempts >= PreferenceCodes.MostAttempts || await OwnAct.FindAsync(db, id, cancellationToken) is not { } person)
            return new CodeRefused();
        if (!codes.IsRight(row, new string([.. code.Where(char.IsAsciiDigit)])))
        {
            row.Attempts++;
            db.Audit(actor, now, new AuditFact("code.wrong", "subscriber", id.ToString(), id, After: new Dictionary<string, object?> { ["attempts"] = row.Attempts }));
            return new CodeRefused();
        }

        row.UsedAt = now;
        db.Audit(actor, now, new AuditFact("code.readBack", "subscriber", id.ToString(), id));
        return person.CurrentPeriodId;
    }
}

public sealed record CodeRefused()
    : Failure("That code is not right, was used already or is older than ten minutes. Nothing was changed; ask for a new one.");
