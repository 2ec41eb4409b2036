using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Preferences;

/// <summary>A code texted to a number, by which its owner shows that they hold it. Used once, soon, and with few attempts.</summary>
public sealed class OneTimeCode
{
    public required Guid Id { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    /// <summary>Keyed hash of the code and this row's id.</summary>
    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Wrong codes entered so far.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class PreferenceMapping : IEntityTypeConfiguration<OneTimeCode>
{
    public void Configure(EntityTypeBuilder<OneTimeCode> builder)
    {
        builder.ToTable("OneTimeCodes");
        builder.Property(c => c.CodeHash).HasMaxLength(32);
        builder.HasIndex(c => new { c.SubscriberId, c.CreatedAt });
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(c => c.SubscriberId).OnDelete(DeleteBehavior.Cascade);
    }
}
