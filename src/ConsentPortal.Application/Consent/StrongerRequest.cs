using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>A prompt that was sent while a weaker consent is in force. That one goes on meanwhile, so that no record shows the waiting: only the ledger does.</summary>
internal static class StrongerRequest
{
    /// <returns>The latest that waits at an instant; null for none.</returns>
    public static Task<ConsentEvent?> FindAsync(
        PortalDbContext db, SubscriberId person, IReadOnlyCollection<PurposeId> purposes, DateTimeOffset instant, CancellationToken cancellationToken) => (
        from request in db.ConsentEvents.AsNoTracking()
        where request.SubscriberId == person && purposes.Contains(request.PurposeId) && request.Kind == ConsentEventKind.Requested && request.ExpiresAt > instant
            && !db.ConsentEvents.Any(later => later.SubscriberId == person && later.PurposeId == request.PurposeId && later.Id > request.Id)
        join record in db.ConsentRecords on new { request.SubscriberId, request.PurposeId } equals new { record.SubscriberId, record.PurposeId }
        where record.Status == ConsentStatus.Granted && record.Level < request.Level
        orderby request.Id descending
        select request).FirstOrDefaultAsync(cancellationToken);
}
