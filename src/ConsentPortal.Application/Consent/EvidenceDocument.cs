using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Consent;

/// <summary>
/// A file that shows something: the signed paper of one person, sealed with their key, or the picture of a form on which a
/// wording stood, which names nobody.
/// </summary>
public sealed class EvidenceDocument
{
    public required Guid Id { get; init; }

    public SubscriberId? SubscriberId { get; init; }

    public WordingId? WordingId { get; init; }

    /// <summary>Sealed where it belongs to a person.</summary>
    public required byte[] Name { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes, unsealed.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex; consent events name it.</summary>
    public required string Hash { get; init; }

    /// <summary>Sealed where it belongs to a person.</summary>
    public required byte[] Content { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedById { get; init; }
}

internal sealed class EvidenceMapping : IEntityTypeConfiguration<EvidenceDocument>
{
    public void Configure(EntityTypeBuilder<EvidenceDocument> builder)
    {
        builder.ToTable("EvidenceDocuments");
        builder.Property(d => d.ContentType).HasMaxLength(100);
        builder.Property(d => d.Hash).HasMaxLength(64);
        builder.Property(d => d.AddedById).HasMaxLength(64);
        builder.HasIndex(d => d.SubscriberId);
        builder.HasIndex(d => d.WordingId);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(d => d.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Wording>().WithMany().HasForeignKey(d => d.WordingId).OnDelete(DeleteBehavior.Restrict);
    }
}
