using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Retention;

/// <summary>
/// Keeps the records of a person, or of everybody who has to do with a purpose, from being deleted while somebody may need
/// them as evidence (GDPR art. 17(3)(e)). Either the person or the purpose is named.
/// </summary>
public sealed class LegalHold
{
    public required Guid Id { get; init; }

    public SubscriberId? SubscriberId { get; init; }

    public PurposeId? PurposeId { get; init; }

    /// <summary>Names nobody: it stays after the person's data is gone.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public required string PlacedBy { get; init; }

    /// <summary>The end that was set when it was placed (UTC); null while it holds until somebody lifts it.</summary>
    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset? LiftedAt { get; set; }

    public string? LiftedBy { get; set; }
}

internal sealed class LegalHoldMapping : IEntityTypeConfiguration<LegalHold>
{
    public void Configure(EntityTypeBuilder<LegalHold> builder)
    {
        builder.ToTable("LegalHolds");
        builder.Property(h => h.Reason).HasMaxLength(400);
        builder.Property(h => h.PlacedBy).HasMaxLength(120);
        builder.Property(h => h.LiftedBy).HasMaxLength(120);
        builder.HasIndex(h => h.SubscriberId);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(h => h.SubscriberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Purpose>().WithMany().HasForeignKey(h => h.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }
}
