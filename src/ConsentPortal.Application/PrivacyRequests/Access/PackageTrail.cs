using ConsentPortal.Application.Database;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>How far the package of a request has come.</summary>
/// <param name="IsMade">By staff, or by the person who downloaded it by its link.</param>
/// <param name="Downloads">How often the person downloaded it by its link.</param>
/// <param name="FirstDownloadAt">With the first download it was handed over.</param>
/// <param name="CollectedAt">As of when it tells; null before it was collected.</param>
/// <param name="ReviewedAt">Null while the review is open.</param>
/// <param name="Redactions">How many are in force.</param>
public sealed record PackageProgress(bool IsMade, int Downloads, DateTimeOffset? FirstDownloadAt, DateTimeOffset? CollectedAt, DateTimeOffset? ReviewedAt, string? ReviewedBy, int Redactions);

/// <summary>What the audit trail and the review say of a package.</summary>
internal static class PackageTrail
{
    public static async Task<PackageProgress> OfAsync(PortalDbContext db, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        var text = id.ToString();
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => e.ObjectKind == "request" && e.ObjectId == text && (e.Action == CompleteRequest.PackageMade || e.Action == MakeAccessPackage.Downloaded))
            .OrderBy(e => e.Id).Select(e => new { e.Action, e.At }).ToListAsync(cancellationToken);
        var downloads = entries.FindAll(e => e.Action == MakeAccessPackage.Downloaded);
        var review = await db.PackageReviews.AsNoTracking().Where(r => r.RequestId == id).Select(r => new { r.CollectedAt, r.ConfirmedAt, r.ConfirmedBy }).SingleOrDefaultAsync(cancellationToken);
        var redactions = review is null ? 0 : await db.PackageRedactions.CountAsync(r => r.RequestId == id, cancellationToken);
        return new PackageProgress(entries.Count > 0, downloads.Count, downloads.FirstOrDefault()?.At, review?.CollectedAt, review?.ConfirmedAt, review?.ConfirmedBy, redactions);
    }
}
