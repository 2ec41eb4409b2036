using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>One record of a person with what its sealed columns say.</summary>
internal sealed record PersonRecord(Subscriber Row, OpenedSubscriber Opened)
{
    /// <summary>
    /// The person's record and those that were merged into it: they are the same person, and what they hold belongs to an
    /// answer about the person (GDPR art. 15).
    /// </summary>
    /// <returns>The person's own first, then the closed ones in the order in which they were merged; null for an erased person.</returns>
    public static async Task<IReadOnlyList<PersonRecord>?> AllOfAsync(PortalDbContext db, SubscriberVault vault, Subscriber person, CancellationToken cancellationToken)
    {
        if (vault.Open(person) is not { } opened)
            return null;
        var closed = await db.Subscribers.AsNoTracking().Where(s => s.MergedIntoId == person.Id && s.ErasedAt == null).OrderBy(s => s.MergedAt).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        return
        [
            new PersonRecord(person, opened),
            .. closed.Select(s => vault.Open(s) is { } theirs ? new PersonRecord(s, theirs) : null).OfType<PersonRecord>(),
        ];
    }
}
