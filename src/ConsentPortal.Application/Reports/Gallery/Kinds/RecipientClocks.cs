using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <param name="Zones">Every clock under which the number may be (IANA); none of somebody erased, or of a number of no place.</param>
internal sealed record PersonPlace(string? Region, IReadOnlyList<string> Zones);

/// <summary>On which clocks people read their texts.</summary>
internal sealed class RecipientClocks(SubscriberVault vault)
{
    /// <param name="people">Some thousand at most.</param>
    public async Task<Dictionary<SubscriberId, PersonPlace>> OfAsync(PortalDbContext db, IEnumerable<SubscriberId> people, CancellationToken cancellationToken)
    {
        var ids = people.Distinct().ToArray();
        var rows = await db.Subscribers.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.Id))
            .Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region, s.DeclaredZone }).ToListAsync(cancellationToken);
        return rows.ToDictionary(r => r.Id, r => new PersonPlace(
            r.Region, r.DeclaredZone is { } zone ? [zone] : vault.Open(r.Id, r.WrappedKey, r.PhoneSealed, null, r.Region) is { } opened ? Recipient.Of(opened.Phone).Zones : []));
    }
}
