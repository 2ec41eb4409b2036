using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <summary>What the audit trail says of a report that somebody holds in their hands.</summary>
/// <param name="Kind">consent-proof, campaign-compliance, erasure-certificate …</param>
/// <param name="LeafIndex">The entry's place in the signed log; null for some seconds.</param>
public sealed record MadeReport(string Code, string Kind, DateTimeOffset MadeAt, string Sha256, long? LeafIndex)
{
    /// <summary>Only for staff; null for whoever asks with a code.</summary>
    public string? MadeBy { get; init; }
}

/// <summary>
/// Looks a report up by the code printed on it. Open to everybody who holds the code: the answer says only that the file
/// is genuine, and with which hash, never what stands in it.
/// </summary>
public sealed class MadeReports(PortalDatabase database)
{
    private const int Shown = 20;
    private const int LookedThrough = 500;

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
        return Read(entry);
    }

    /// <summary>What was made last, for the reports page.</summary>
    public async Task<IReadOnlyList<MadeReport>> LatestAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = database.Open();
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.Action == ReportTrail.Made).OrderByDescending(e => e.Id).Take(Shown).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return [.. entries.Select(e => Read(e) with { MadeBy = names.Of(e.ActorKind, e.ActorId) })];
    }

    /// <summary>When each kind was made last, for the gallery; a kind that is not among the latest files is not named.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastByKindAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewReports);
        await using var db = database.Open();
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.Action == ReportTrail.Made).OrderByDescending(e => e.Id).Take(LookedThrough).ToListAsync(cancellationToken);
        return entries.Select(Read).GroupBy(report => report.Kind).ToDictionary(kind => kind.Key, kind => kind.Max(report => report.MadeAt));
    }

    private static MadeReport Read(AuditEntry entry)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        var after = leaf.RootElement.GetProperty("after");
        return new MadeReport(entry.ObjectId, after.GetProperty("kind").GetString()!, entry.At, after.GetProperty("sha256").GetString()!, entry.LeafIndex);
    }
}
