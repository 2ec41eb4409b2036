using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Policy;

/// <summary>One version of the sending policy as data; old versions stay with the decisions made under them.</summary>
public sealed class PolicyRow
{
    public required int Version { get; init; }

    public required string Json { get; init; }

    public required string Reason { get; init; }

    public required Guid? AuthorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? ApprovedById { get; set; }

    /// <summary>From when it governs; null while it is a draft.</summary>
    public DateTimeOffset? ActiveFrom { get; set; }
}

internal sealed class PolicyMapping : IEntityTypeConfiguration<PolicyRow>
{
    public void Configure(EntityTypeBuilder<PolicyRow> builder)
    {
        builder.ToTable("Policies");
        builder.HasKey(p => p.Version);
        builder.Property(p => p.Version).ValueGeneratedNever();
        builder.Property(p => p.Reason).HasMaxLength(400);
        builder.HasIndex(p => p.ActiveFrom);
    }
}
