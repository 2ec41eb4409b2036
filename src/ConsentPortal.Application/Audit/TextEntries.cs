using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// The entries that name one text. No index leads from a text to them; what does is when they were written: with its newest decision, with its receipts, with its end, and
/// the hand-over soon after the decision.
/// </summary>
internal static class TextEntries
{
    private const string HandedOver = "texts.handedOver";

    // Some seconds of the fastest sending.
    private const int MostLookedAt = 300;

    private static readonly string[] OfOneMoment = ["texts.decided", "texts.reported", "texts.skipped", "texts.settled"];

    /// <returns>Oldest first; entries about earlier decisions, which a later one replaced in the ledger, are not among them.</returns>
    public static async Task<IReadOnlyList<AuditRow>> OfAsync(PortalDbContext db, OutboundMessage text, CancellationToken cancellationToken)
    {
        if (text.DecidedAt is not { } decided)
            return [];
        var received = await db.ReceivedReceipts.AsNoTracking().Where(r => r.MessageId == text.Id).Select(r => r.ReceivedAt).Distinct().ToListAsync(cancellationToken);
        var settled = await db.TextDoubts.AsNoTracking().Where(d => d.MessageId == text.Id).Select(d => d.SettledAt).SingleOrDefaultAsync(cancellationToken);
        DateTimeOffset[] moments = [decided, .. received, .. new[] { text.FinalAt, settled }.OfType<DateTimeOffset>()];
        var entries = new List<AuditEntry>();
        foreach (var action in OfOneMoment)
            entries.AddRange(await Of(db, action).Where(e => moments.Contains(e.At)).OrderBy(e => e.Id).ToListAsync(cancellationToken));
        entries.AddRange(await Of(db, HandedOver).Where(e => e.At >= decided).OrderBy(e => e.At).ThenBy(e => e.Id).Take(MostLookedAt).ToListAsync(cancellationToken));
        return await AuditEntries.RowsAsync(db, [.. entries.Where(e => Names(e, text.Id)).OrderBy(e => e.Id)], cancellationToken);
    }

    private static IQueryable<AuditEntry> Of(PortalDbContext db, string action) => db.AuditEntries.AsNoTracking().Where(e => e.Action == action && e.ObjectKind == TextTrail.Kind);

    private static bool Names(AuditEntry entry, long text)
    {
        var named = new List<NamedText>();
        NamedTexts.Read(entry.Leaf, named);
        return named.Exists(n => n.Id == text);
    }
}
