using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Segments;

/// <summary>A named audience. Its rule lives in versions, so that a campaign can say which one it was sent to.</summary>
public sealed class Segment
{
    public required SegmentId Id { get; init; }

    public required string Name { get; set; }

    /// <summary>0 while the people of a list are being written (<see cref="UnfinishedList"/>).</summary>
    public int CurrentVersion { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; set; }
}

/// <summary>One version of a rule, never changed after it is written.</summary>
public sealed class SegmentVersion
{
    public required SegmentId SegmentId { get; init; }

    public required int Version { get; init; }

    /// <summary>The rule tree as versioned JSON.</summary>
    public required string RuleJson { get; init; }

    public required string Sentence { get; init; }

    public required Guid AuthorId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Somebody put into a static list by hand or by freezing a rule.</summary>
public sealed class SegmentMember
{
    public required SegmentId SegmentId { get; init; }

    public required SubscriberId SubscriberId { get; init; }
}

internal sealed class SegmentMapping : IEntityTypeConfiguration<Segment>, IEntityTypeConfiguration<SegmentVersion>, IEntityTypeConfiguration<SegmentMember>
{
    public void Configure(EntityTypeBuilder<Segment> builder)
    {
        builder.ToTable("Segments");
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.HasIndex(s => s.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SegmentVersion> builder)
    {
        builder.ToTable("SegmentVersions");
        builder.HasKey(v => new { v.SegmentId, v.Version });
        builder.HasOne<Segment>().WithMany().HasForeignKey(v => v.SegmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SegmentMember> builder)
    {
        builder.ToTable("SegmentMembers");
        builder.HasKey(m => new { m.SegmentId, m.SubscriberId });
        builder.HasIndex(m => m.SubscriberId);
        builder.HasOne<Segment>().WithMany().HasForeignKey(m => m.SegmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
