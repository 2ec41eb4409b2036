using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// One entry of the audit trail, written in the transaction of the change it tells of. <see cref="Leaf"/> is what is
/// hashed and signed; the other columns repeat parts of it so that the page can filter, and a verification compares them.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ActorKind ActorKind { get; init; }

    public required string ActorId { get; init; }

    public required string Action { get; init; }

    public required string ObjectKind { get; init; }

    public required string ObjectId { get; init; }

    public SubscriberId? SubscriberId { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The exact leaf bytes: canonical JSON (RFC 8785), personal values as ciphertext.</summary>
    public required byte[] Leaf { get; init; }

    /// <summary>Place in the Merkle tree, given by the sealer within seconds; null until then.</summary>
    public long? LeafIndex { get; set; }

    /// <summary>SHA-256(0x00 ‖ <see cref="Leaf"/>), once sealed.</summary>
    public byte[]? LeafHash { get; set; }
}

/// <summary>A signed statement of the tree: its size and root at a time.</summary>
public sealed class AuditCheckpoint
{
    /// <summary>Leaves under the root.</summary>
    public required long Size { get; init; }

    public required byte[] Root { get; init; }

    /// <summary>The signed note (C2SP tlog-checkpoint).</summary>
    public required string Note { get; init; }

    /// <summary>The right edge of the tree, from which it is continued.</summary>
    public required byte[] Frontier { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditCheckpoint>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(e => e.ActorId).HasMaxLength(64);
        builder.Property(e => e.Action).HasMaxLength(60);
        builder.Property(e => e.ObjectKind).HasMaxLength(40);
        builder.Property(e => e.ObjectId).HasMaxLength(64);
        builder.Property(e => e.RequestId).HasMaxLength(64);
        builder.Property(e => e.LeafHash).HasMaxLength(32);
        builder.HasIndex(e => e.LeafIndex).IsUnique().HasFilter("[LeafIndex] IS NOT NULL");
        // What waits for the sealer: nearly empty, so that looking for it costs nothing however long the log is.
        builder.HasIndex(e => e.Id, "IX_AuditEntries_Unsealed").HasFilter("[LeafIndex] IS NULL");

        // Each ends with the instant, by which pages are ordered: whatever is asked for, a page is a few dozen steps in one of them.
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.SubscriberId, e.At }).HasFilter("[SubscriberId] IS NOT NULL");
        builder.HasIndex(e => new { e.ObjectKind, e.ObjectId, e.At });
        builder.HasIndex(e => new { e.ActorId, e.Action, e.At });
        builder.HasIndex(e => new { e.Action, e.ObjectKind, e.At });
        builder.HasIndex(e => new { e.RequestId, e.At }).HasFilter("[RequestId] IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<AuditCheckpoint> builder)
    {
        builder.ToTable("AuditCheckpoints");
        builder.HasKey(c => c.Size);
        builder.Property(c => c.Size).ValueGeneratedNever();
        builder.Property(c => c.Root).HasMaxLength(32);
    }
}
