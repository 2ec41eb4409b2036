using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>One step or comment in the life of a request.</summary>
public sealed class PrivacyRequestEntry
{
    public long Id { get; init; }

    public required PrivacyRequestId RequestId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ActorName { get; init; }

    /// <summary>Of <see cref="RequestEntryKinds"/>.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }
}

internal sealed class PrivacyRequestMapping : IEntityTypeConfiguration<PrivacyRequest>, IEntityTypeConfiguration<PrivacyRequestEntry>, IEntityTypeConfiguration<PrivacyRequestLetter>,
    IEntityTypeConfiguration<PackageReview>, IEntityTypeConfiguration<PackageRedaction>
{
    public void Configure(EntityTypeBuilder<PrivacyRequest> builder)
    {
        builder.ToTable("PrivacyRequests");
        builder.Property(r => r.Source).HasMaxLength(60);
        builder.Property(r => r.VerifiedBy).HasMaxLength(200);
        builder.Property(r => r.Outcome).HasMaxLength(1000);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.ClockHistory).HasMaxLength(1000);
        builder.Ignore(r => r.ClockEvents);
        builder.Ignore(r => r.IsOpen);
        builder.Ignore(r => r.NeedsVerification);
        builder.Ignore(r => r.NeedsReply);
        builder.Ignore(r => r.IsExtended);
        builder.Ignore(r => r.AwaitsProvider);
        builder.HasIndex(r => r.Number).IsUnique();
        builder.HasIndex(r => new { r.Status, r.DueOn });
        // EF reads and writes the field, because joining a record is an act and no setter.
        builder.Property(r => r.SubscriberId).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(r => r.SubscriberId);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(r => r.SubscriberId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PrivacyRequestEntry> builder)
    {
        builder.ToTable("PrivacyRequestEntries");
        builder.Property(e => e.ActorName).HasMaxLength(120);
        builder.Property(e => e.Kind).HasMaxLength(20);
        builder.Property(e => e.Text).HasMaxLength(4000);
        builder.HasIndex(e => new { e.RequestId, e.Id });
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(e => e.RequestId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PrivacyRequestLetter> builder)
    {
        builder.ToTable("PrivacyRequestLetters");
        builder.Property(l => l.Language).HasMaxLength(2);
        builder.Property(l => l.WrittenBy).HasMaxLength(120);
        builder.Property(l => l.SentBy).HasMaxLength(120);
        builder.HasIndex(l => new { l.RequestId, l.Id });
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(l => l.RequestId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PackageReview> builder)
    {
        builder.ToTable("PackageReviews");
        builder.HasKey(r => r.RequestId);
        builder.Property(r => r.ConfirmedBy).HasMaxLength(120);
        builder.HasIndex(r => r.SubscriberId);
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(r => r.RequestId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PackageRedaction> builder)
    {
        builder.ToTable("PackageRedactions");
        builder.Property(r => r.By).HasMaxLength(120);
        builder.HasIndex(r => new { r.RequestId, r.Id });
        builder.HasIndex(r => r.SubscriberId);
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(r => r.RequestId).OnDelete(DeleteBehavior.Cascade);
    }
}
