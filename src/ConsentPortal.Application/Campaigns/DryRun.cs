using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What a campaign would do if it were sent as it stood: kept, hashed, and part of what an approver signs.</summary>
public sealed class DryRun
{
    public required Guid Id { get; init; }

    public required CampaignId CampaignId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Of the content it was made for; a campaign whose content hashes otherwise needs a new dry run.</summary>
    public required string ContentHash { get; init; }

    public required int Audience { get; init; }

    public required int Allowed { get; init; }

    public required int Deferred { get; init; }

    public required int Excluded { get; init; }

    /// <summary>Exclusions by reason, texts by hour, parts and cost: JSON.</summary>
    public required string DetailJson { get; init; }
}

internal sealed class CampaignMapping : IEntityTypeConfiguration<Campaign>, IEntityTypeConfiguration<DryRun>
{
    public void Configure(EntityTypeBuilder<Campaign> builder)
    {
        builder.ToTable("Campaigns");
        builder.Property(c => c.Name).HasMaxLength(120);
        builder.Property(c => c.Body).HasMaxLength(3200);
        builder.Property(c => c.Subject).HasMaxLength(100);
        builder.Property(c => c.StatusReason).HasMaxLength(400);
        builder.Property(c => c.ApprovedHash).HasMaxLength(64);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.OptOutLimit).HasPrecision(5, 2);
        builder.Property(c => c.FailureLimit).HasPrecision(5, 2);
        builder.Property(c => c.Weight).HasDefaultValue(1).HasSentinel(1);
        builder.Property(c => c.LimitsFrom).HasDefaultValue(StopLimits.UsualFrom).HasSentinel(StopLimits.UsualFrom);
        builder.Ignore(c => c.CanBeEdited);
        builder.Ignore(c => c.Writers);
        builder.Ignore(c => c.WaitsForStart);
        builder.Ignore(c => c.Texts);
        builder.Ignore(c => c.Translations);
        builder.Ignore(c => c.Bodies);
        builder.Property(c => c.Language).HasMaxLength(TextLanguage.LongestCode);
        builder.Ignore(c => c.Limits);
        builder.Ignore(c => c.Hours);
        builder.Ignore(c => c.Timing);
        builder.Ignore(c => c.Repeats);
        builder.Ignore(c => c.IsHeld);
        builder.Ignore(c => c.Reengages);
        builder.Property(c => c.RepeatZone).HasMaxLength(60);
        builder.Property(c => c.DriftPercent).HasDefaultValue(Recurrence.UsualDrift).HasSentinel(Recurrence.UsualDrift);
        builder.HasIndex(c => new { c.SeriesId, c.RunNumber }).IsUnique();
        builder.HasOne<Campaign>().WithMany().HasForeignKey(c => c.SeriesId).OnDelete(DeleteBehavior.Restrict);
        builder.OwnsMany(c => c.Exclusions, excluded =>
        {
            excluded.ToTable("CampaignExclusions");
            excluded.WithOwner().HasForeignKey("CampaignId");
            excluded.HasKey("CampaignId", nameof(ExcludedSegment.SegmentId));
            excluded.HasOne<Segment>().WithMany().HasForeignKey(e => e.SegmentId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.OwnsMany(c => c.OtherTexts, text =>
        {
            text.ToTable("CampaignVariants");
            text.WithOwner().HasForeignKey("CampaignId");
            text.HasKey("CampaignId", nameof(CampaignVariant.Letter));
            text.Property(t => t.Letter).ValueGeneratedNever();
            text.Property(t => t.Body).HasMaxLength(MessageTemplate.LongestText);
        });
        builder.HasIndex(c => new { c.Status, c.StartAt });
        builder.HasOne<Purpose>().WithMany().HasForeignKey(c => c.PurposeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Segment>().WithMany().HasForeignKey(c => c.SegmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DryRun> builder)
    {
        builder.ToTable("DryRuns");
        builder.Property(d => d.ContentHash).HasMaxLength(64);
        builder.HasIndex(d => d.CampaignId);
        builder.HasOne<Campaign>().WithMany().HasForeignKey(d => d.CampaignId).OnDelete(DeleteBehavior.Cascade);
    }
}
