using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Staff;

/// <summary>The key by which a program calls the API. It is shown once; the portal keeps a hash of it.</summary>
public sealed class ApiKey
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The first characters of the key, by which people tell keys apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256: the key is 256 random bits, so nothing slower is needed.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Permissions, separated by spaces.</summary>
    public required string Scopes { get; init; }

    public required Guid CreatedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>The answer to a request that named an <c>Idempotency-Key</c>, so that a repetition gets the same one. Names nobody.</summary>
public sealed class IdempotentAnswer
{
    public required Guid ApiKeyId { get; init; }

    public required string Key { get; init; }

    /// <summary>Keyed hash of the request, so that the same key with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<IdempotentAnswer>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.Property(k => k.Name).HasMaxLength(100);
        builder.Property(k => k.Prefix).HasMaxLength(16);
        builder.Property(k => k.SecretHash).HasMaxLength(32);
        builder.Property(k => k.Scopes).HasMaxLength(800);
        builder.HasIndex(k => k.SecretHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdempotentAnswer> builder)
    {
        builder.ToTable("IdempotentAnswers");
        builder.HasKey(a => new { a.ApiKeyId, a.Key });
        builder.Property(a => a.Key).HasMaxLength(100);
        builder.Property(a => a.RequestHash).HasMaxLength(32);
        builder.HasIndex(a => a.At);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(a => a.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
    }
}
