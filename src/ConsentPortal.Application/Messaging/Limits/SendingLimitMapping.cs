using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Messaging.Limits;

internal sealed class SendingLimitMapping : IEntityTypeConfiguration<SendingLimit>
{
    public void Configure(EntityTypeBuilder<SendingLimit> builder)
    {
        builder.ToTable("SendingLimits");
        builder.Property(l => l.Sender).HasMaxLength(20);
        builder.Property(l => l.Carrier).HasMaxLength(SendingLimit.LongestCarrier);
        builder.Property(l => l.Country).HasMaxLength(2);
        builder.Property(l => l.Networks).HasMaxLength(400);
        builder.Property(l => l.Zone).HasMaxLength(60);
        builder.HasIndex(l => l.Sender);
    }
}
