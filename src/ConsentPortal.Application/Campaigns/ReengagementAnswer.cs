using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What came of asking somebody. The numbers are stored.</summary>
public enum ReengagementResult
{
    CameBack = 1,
    ConsentEnded = 2,
    TextedSeldom = 3,
}

/// <summary>What came of asking one person whether they still want the texts, once their time to react was over.</summary>
public sealed class ReengagementAnswer
{
    public required CampaignId CampaignId { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required ReengagementResult Result { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class ReengagementMapping : IEntityTypeConfiguration<ReengagementAnswer>
{
    public void Configure(EntityTypeBuilder<ReengagementAnswer> builder)
    {
        builder.ToTable("ReengagementAnswers");
        builder.HasKey(a => new { a.CampaignId, a.SubscriberId });
        builder.HasIndex(a => a.SubscriberId);
        builder.HasOne<Campaign>().WithMany().HasForeignKey(a => a.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(a => a.SubscriberId).OnDelete(DeleteBehavior.Restrict);
    }
}
