using ConsentPortal.Domain.Breaches;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Breaches;

internal sealed class BreachMapping : IEntityTypeConfiguration<Breach>, IEntityTypeConfiguration<BreachNotice>
{
    public void Configure(EntityTypeBuilder<Breach> builder)
    {
        builder.ToTable("Breaches");
        builder.Property(b => b.RecordedBy).HasMaxLength(120);
        builder.Property(b => b.ClosedBy).HasMaxLength(120);
        builder.Property(b => b.Title).HasMaxLength(BreachText.LongestTitle);
        builder.Property(b => b.WhatHappened).HasMaxLength(BreachText.Longest);
        builder.Property(b => b.Data).HasMaxLength(BreachText.Longest);
        builder.Property(b => b.Consequences).HasMaxLength(BreachText.Longest);
        builder.Property(b => b.Measures).HasMaxLength(BreachText.Longest);
        builder.Property(b => b.Grounds).HasMaxLength(BreachText.Longest);
        builder.Property(b => b.Contact).HasMaxLength(BreachText.Longest);
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.Ignore(b => b.AuthorityDue);
        builder.Ignore(b => b.NeedsAuthority);
        builder.Ignore(b => b.NeedsPeople);
        builder.HasIndex(b => b.Number).IsUnique();
    }

    public void Configure(EntityTypeBuilder<BreachNotice> builder)
    {
        builder.ToTable("BreachNotices");
        builder.Property(n => n.Whom).HasMaxLength(BreachText.LongestTitle);
        builder.Property(n => n.How).HasMaxLength(BreachText.LongestTitle);
        builder.Property(n => n.RecordedBy).HasMaxLength(120);
        builder.HasIndex(n => n.BreachId);
        builder.HasOne<Breach>().WithMany().HasForeignKey(n => n.BreachId).OnDelete(DeleteBehavior.Restrict);
    }
}
