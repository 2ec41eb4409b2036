using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
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

    /// <returns>Null for somebody who is no longer there to act: erased, or gone on as another record.</returns>
    public static async Task<Subscriber?> FindAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        await db.Subscribers.FindAsync([id], cancellationToken) is { ErasedAt: null, MergedIntoId: null, WrappedKey: not null } person ? person : null;
}
