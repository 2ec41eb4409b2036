using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What one part of a text to a country costs by the house's contract; where there is none, <see cref="PriceOptions"/> says.</summary>
public sealed class ListPrice
{
    /// <summary>ISO 3166, two capital letters.</summary>
    public required string Country { get; init; }

    /// <summary>For one part.</summary>
    public required decimal Euro { get; set; }

    public required DateTimeOffset SetAt { get; set; }

    /// <summary>The member of staff.</summary>
    public required string SetById { get; set; }
}

internal sealed class ListPriceMapping : IEntityTypeConfiguration<ListPrice>
{
    public void Configure(EntityTypeBuilder<ListPrice> builder)
    {
        builder.ToTable("ListPrices");
        builder.HasKey(p => p.Country);
        builder.Property(p => p.Country).HasMaxLength(2);
        builder.Property(p => p.Euro).HasPrecision(12, 6);
        builder.Property(p => p.SetById).HasMaxLength(64);
    }
}
