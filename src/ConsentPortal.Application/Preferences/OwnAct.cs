using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Preferences;

/// <summary>What all acts of a person about themselves begin with.</summary>
internal static class OwnAct
{
    /// <exception cref="NotPermitted">A subscriber acts for somebody else.</exception>
    public static void RequireSelf(this Actor actor, SubscriberId id)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        if (actor.Id != id.ToString())
            throw new NotPermitted(actor, Permissions.ManageOwnPreferences);
    }

    /// <summary>Who may act by a code texted to a number: nobody whose number it was.</summary>
    public static IQueryable<Subscriber> Holders(PortalDbContext db, byte[] phoneHash) =>
        db.Subscribers.Where(s => s.PhoneHash == phoneHash && s.ErasedAt == null && s.MergedIntoId == null && s.NumberState != NumberState.Reassigned);

    /// <returns>
    /// Null for somebody who is no longer there to act: erased, gone on as another record, or known by a number that is somebody
    /// else's now. Whoever holds that number must not act for them, nor learn that they are known here.
    /// </returns>
    public static async Task<Subscriber?> FindAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        await FindForStaffAsync(db, id, cancellationToken) is { NumberState: not NumberState.Reassigned } person ? person : null;

    /// <returns>Also somebody whose number is another's now: staff may know them by other means.</returns>
    public static async Task<Subscriber?> FindForStaffAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        await db.Subscribers.FindAsync([id], cancellationToken) is { ErasedAt: null, MergedIntoId: null, WrappedKey: not null } person ? person : null;
}

public sealed record NumberIsAnothersNow()
    : Failure("This number belongs to somebody else now, and the link would reach them. Nothing was copied; record the person's new number first.");
