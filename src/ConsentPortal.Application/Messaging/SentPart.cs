using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// One part of a text that the provider counts as a message of its own: receipts name it, and an erasure at the provider has to. The row of the text
/// names the first part; a text with one id has no rows here.
/// </summary>
public sealed class SentPart
{
    public required long MessageId { get; init; }

    public required string ProviderMessageId { get; init; }
}

/// <summary>The ids of the parts of texts, as the provider's answer tells them, or else its receipts.</summary>
internal static class SentParts
{
    public static async Task<List<string>> OfAsync(PortalDbContext db, OutboundMessage message, CancellationToken cancellationToken) =>
        message.Parts > 1 ? await OfAsync(db, message.Id, cancellationToken) : [];

    public static Task<List<string>> OfAsync(PortalDbContext db, long message, CancellationToken cancellationToken) =>
        db.SentParts.AsNoTracking().Where(p => p.MessageId == message).OrderBy(p => p.ProviderMessageId).Select(p => p.ProviderMessageId).ToListAsync(cancellationToken);

    /// <summary>Adds those that are not known; call it in a transaction that has taken the row of the text, so that no other adds the same.</summary>
    /// <param name="known">As <see cref="OfAsync"/> has them; brought up to date.</param>
    public static async Task AddAsync(PortalDbContext db, long message, List<string> known, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var fresh = ids.Except(known, StringComparer.Ordinal).ToList();
        if (fresh.Count == 0)
            return;
        db.SentParts.AddRange(fresh.Select(id => new SentPart { MessageId = message, ProviderMessageId = id }));
        await db.SaveChangesAsync(cancellationToken);
        known.AddRange(fresh);
    }

    /// <summary>Those of some texts of which receipts of parts came before the ids were stored.</summary>
    public static Task<List<OutboundMessage>> OvertakenAsync(PortalDbContext db, List<long> messages, CancellationToken cancellationToken) =>
        db.OutboundMessages.AsNoTracking()
            .Where(m => messages.Contains(m.Id) && db.SentParts.Any(p => p.MessageId == m.Id && db.ReceivedReceipts.Any(r => r.ProviderMessageId == p.ProviderMessageId && r.MessageId == null)))
            .OrderBy(m => m.Id).ToListAsync(cancellationToken);

    /// <summary>The texts of which parts have these ids.</summary>
    public static async Task<List<(string Id, OutboundMessage Message)>> NamedAsync(PortalDbContext db, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var asked = ids.ToList();
        if (asked.Count == 0)
            return [];
        var found = await (
            from part in db.SentParts.AsNoTracking()
            where asked.Contains(part.ProviderMessageId)
            join message in db.OutboundMessages on part.MessageId equals message.Id
            orderby part.ProviderMessageId
            select new { part.ProviderMessageId, message }).AsNoTracking().ToListAsync(cancellationToken);
        return found.ConvertAll(f => (f.ProviderMessageId, f.message));
    }
}

internal sealed class SentPartMapping : IEntityTypeConfiguration<SentPart>
{
    public void Configure(EntityTypeBuilder<SentPart> builder)
    {
        builder.ToTable("SentParts");
        builder.Property(p => p.ProviderMessageId).HasMaxLength(64);
        builder.HasKey(p => new { p.MessageId, p.ProviderMessageId });
        builder.HasIndex(p => p.ProviderMessageId);
        builder.HasOne<OutboundMessage>().WithMany().HasForeignKey(p => p.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}
