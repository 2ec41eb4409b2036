using System.Text.Json;
using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <summary>What the audit trail says of a report that somebody holds in their hands.</summary>
/// <param name="Kind">consent-proof, campaign-compliance, erasure-certificate …</param>
/// <param name="IsSealed">The entry has its place under a signed root.</param>
public sealed record MadeReport(string Code, string Kind, DateTimeOffset MadeAt, string Sha256, long? LeafIndex, bool IsSealed);

/// <summary>
/// Looks a report up by the code printed on it. Open to everybody who holds the code: the answer says only that the file
/// is genuine, and with which hash, never what stands in it.
/// </summary>
public sealed class MadeReports(PortalDatabase database)
{
    /// <returns>Null when no report has this code.</returns>
    public async Task<MadeReport?> FindAsync(string? code, CancellationToken cancellationToken)
    {
        if (ReportCode.Read(code) is not { } known)
            return null;
        await using var db = database.Open();
        var entry = await db.AuditEntries.AsNoTracking()
            .Where(e => e.ObjectKind == "report" && e.ObjectId == known && e.Action == ReportTrail.Made)
            .OrderBy(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        if (entry is null)
            return null;
        using var leaf = JsonDocument.Parse(entry.Leaf);
        var after = leaf.RootElement.GetProperty("after");
        return new MadeReport(known, after.GetProperty("kind").GetString()!, entry.At, after.GetProperty("sha256").GetString()!, entry.LeafIndex, entry.LeafIndex is not null);
    }
}
