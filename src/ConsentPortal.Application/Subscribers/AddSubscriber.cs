using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Adds one person by hand. Being added is no consent: that is recorded apart, with its wording and its evidence.</summary>
public sealed class AddSubscriber(PortalDatabase database, SubscriberFactory factory, LookupHash hashes, TimeProvider clock)
{
    public async Task<Result<SubscriberId>> ExecuteAsync(Actor actor, NewSubscriber person, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        var now = clock.GetUtcNow();
        var hash = hashes.Phone(person.Phone);
        return await database.WriteAsync<Result<SubscriberId>>(
            async db =>
            {
                if (await OnePerNumber.FindAsync(db, hash, cancellationToken) is { } known)
                    return new NumberAlreadyKnown(known.Id.ToString());
                return factory.Add(db, actor, person, now).Id;
            },
            cancellationToken);
    }

    /// <summary>Whether somebody already has this number; asked while typing.</summary>
    public async Task<SubscriberId?> FindAsync(Actor actor, PhoneNumber phone, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var hash = hashes.Phone(phone);
        await using var db = database.Open();
        return await db.Subscribers.AsNoTracking().Where(s => s.PhoneHash == hash && s.MergedIntoId == null).Select(s => (SubscriberId?)s.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
