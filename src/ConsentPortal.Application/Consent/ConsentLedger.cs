using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Application.Consent;

/// <summary>The only writer of consent: an event and the folded row of its person and purpose, in the caller's transaction.</summary>
internal static class ConsentLedger
{
    /// <returns>Where the person stands afterwards. The state is unchanged when the event could not change it, such as an import after a withdrawal.</returns>
    public static async Task<ConsentState> AppendAsync(PortalDbContext db, ConsentEvent e, CancellationToken cancellationToken)
    {
        db.ConsentEvents.Add(e);
        // The fold names the granting event by its id, which the database gives.
        await db.SaveChangesAsync(cancellationToken);
        var record = await db.ConsentRecords.FindAsync([e.SubscriberId, e.PurposeId], cancellationToken);
        if (record is null)
        {
            record = new ConsentRecord { SubscriberId = e.SubscriberId, PurposeId = e.PurposeId };
            db.ConsentRecords.Add(record);
        }

        record.Take(record.State.Apply(e));
        return record.State;
    }
}
