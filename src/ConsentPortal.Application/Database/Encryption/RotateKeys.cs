using ConsentPortal.Application.Audit;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Database.Encryption;

/// <param name="MasterKey">The id of the master key that wraps every data key now.</param>
/// <param name="Rewrapped">How many people's keys were wrapped anew.</param>
public sealed record KeysRotated(uint MasterKey, int Rewrapped);

/// <summary>
/// Adds a master key to the ring and wraps every person's data key with it, and those of requests whose number no record has. Nothing that is sealed changes, and older master
/// keys stay in the ring: backups and sealed notes of before are read with them. Runs beside a working portal, which reads the
/// ring again when it meets a key id that it doesn't know.
/// </summary>
public sealed class RotateKeys(PortalDatabase database, PortalFolders folders, TimeProvider clock)
{
    private const int AtOnce = 500;

    /// <param name="addsKey">False only finishes a rotation that was interrupted.</param>
    /// <param name="progress">Told how many keys are done after each commit.</param>
    public async Task<KeysRotated> ExecuteAsync(Actor actor, bool addsKey, Action<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RunMaintenance);
        var ring = addsKey ? KeyRing.Rotate(folders.KeyRing, clock.GetUtcNow()) : KeyRing.Load(folders.KeyRing);
        if (addsKey)
            await TellAsync(actor, "keys.added", ring, 0, cancellationToken);
        var keys = new SubjectKeys(ring);
        var rewrapped = 0;
        SubscriberId? after = null;
        while (await database.WriteAsync(db => NextAsync(db, keys, after, cancellationToken), cancellationToken) is { } step)
        {
            (after, rewrapped) = (step.Last, rewrapped + step.Count);
            progress?.Invoke(rewrapped);
        }

        rewrapped += await database.WriteAsync(db => UnrecordedAsync(db, keys, cancellationToken), cancellationToken);
        await TellAsync(actor, "keys.rotated", ring, rewrapped, cancellationToken);
        return new KeysRotated(ring.CurrentMasterKeyId, rewrapped);
    }

    /// <returns>The last person of the step; null when nobody is left.</returns>
    private static async Task<(SubscriberId Last, int Count)?> NextAsync(PortalDbContext db, SubjectKeys keys, SubscriberId? after, CancellationToken cancellationToken)
    {
        var people = db.Subscribers.AsNoTracking().Where(s => s.WrappedKey != null);
        if (after is { } last)
            people = people.Where(s => s.Id > last);
        var some = await people.OrderBy(s => s.Id).Take(AtOnce).Select(s => new { s.Id, Wrapped = s.WrappedKey! }).ToListAsync(cancellationToken);
        if (some.Count == 0)
            return null;
        var count = 0;
        foreach (var person in some)
        {
            // Whoever was erased meanwhile has no key any more, and must not get one back.
            if (keys.Rewrap(person.Wrapped, person.Id) is { } fresh)
                count += await db.Subscribers.Where(s => s.Id == person.Id && s.WrappedKey == person.Wrapped).ExecuteUpdateAsync(s => s.SetProperty(x => x.WrappedKey, fresh), cancellationToken);
        }

        return (some[^1].Id, count);
    }

    /// <summary>Keys of requests whose number no record has: few, and gone with the request.</summary>
    private static async Task<int> UnrecordedAsync(PortalDbContext db, SubjectKeys keys, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var number in await db.UnrecordedNumbers.AsNoTracking().OrderBy(n => n.RequestId).Select(n => new { n.RequestId, Wrapped = n.WrappedKey }).ToListAsync(cancellationToken))
        {
            // One that is gone meanwhile must not get its key back.
            if (keys.Rewrap(number.Wrapped, UnrecordedNumber.KeyOf(number.RequestId)) is { } fresh)
                count += await db.UnrecordedNumbers.Where(n => n.RequestId == number.RequestId && n.WrappedKey == number.Wrapped).ExecuteUpdateAsync(n => n.SetProperty(x => x.WrappedKey, fresh), cancellationToken);
        }

        return count;
    }

    private Task TellAsync(Actor actor, string action, KeyRing ring, int rewrapped, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            db.Audit(actor, clock.GetUtcNow(), new AuditFact(action, "keyRing", ring.LogName, After: new Dictionary<string, object?>
            {
                ["masterKey"] = (int)ring.CurrentMasterKeyId, ["rewrapped"] = rewrapped,
            }));
            return Task.CompletedTask;
        },
        cancellationToken);
}
