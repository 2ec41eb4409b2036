using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.PrivacyRequests.Attachments;

/// <summary>
/// A file that came with a request, sealed with the person's key. Once it is removed, its row says that it was there, and holds
/// neither its name nor its content; an erasure and the end of the request's retention take the row too.
/// </summary>
public sealed class PrivacyRequestAttachment
{
    public required Guid Id { get; init; }

    public required PrivacyRequestId RequestId { get; init; }

    /// <summary>Whose key seals it: the person's, or, by the request's own id, that of the request while no record has its number.</summary>
    public required SubscriberId SubscriberId { get; set; }

    public required AttachmentKind Kind { get; init; }

    /// <summary>Null once removed: a name often names the person.</summary>
    public byte[]? NameSealed { get; set; }

    public required string ContentType { get; init; }

    /// <summary>Bytes, unsealed.</summary>
    public required int Size { get; init; }

    /// <summary>Null once removed.</summary>
    public byte[]? ContentSealed { get; set; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public string? RemovedBy { get; private set; }

    public void Remove(string by, DateTimeOffset now) => (NameSealed, ContentSealed, RemovedAt, RemovedBy) = (null, null, now, by);
}

internal sealed class AttachmentMapping : IEntityTypeConfiguration<PrivacyRequestAttachment>
{
    public void Configure(EntityTypeBuilder<PrivacyRequestAttachment> builder)
    {
        builder.ToTable("PrivacyRequestAttachments");
        builder.Property(a => a.ContentType).HasMaxLength(100);
        builder.Property(a => a.AddedBy).HasMaxLength(120);
        builder.Property(a => a.RemovedBy).HasMaxLength(120);
        builder.HasIndex(a => a.RequestId);
        builder.HasIndex(a => a.SubscriberId);
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(a => a.RequestId).OnDelete(DeleteBehavior.Cascade);
    }
}
