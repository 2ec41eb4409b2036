using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>
/// A number that a member of staff has shown to hold, or is about to. Apart from subscribers: no consent, no history and no
/// figure is tied to it, and with its row goes the key that opens it.
/// </summary>
public sealed class StaffNumber
{
    public required Guid Id { get; init; }

    public required Guid StaffId { get; init; }

    public required byte[] PhoneHash { get; init; }

    /// <summary>The key of this row alone.</summary>
    public required byte[] WrappedKey { get; init; }

    public required byte[] PhoneSealed { get; init; }

    /// <summary>ISO 3166 region of the number.</summary>
    public required string Region { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Null until its code was read back; before that it gets nothing but codes.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }
}

/// <summary>A code texted to a number of staff. It outlives the number's row, so that nobody gets around the limits by adding it anew.</summary>
public sealed class StaffCode
{
    public required Guid Id { get; init; }

    public required Guid StaffId { get; init; }

    public required byte[] PhoneHash { get; init; }

    /// <summary>Keyed hash of the code and this row's id.</summary>
    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Wrong codes entered so far.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

public enum StaffTextKind
{
    Code = 1,
    Test = 2,
}

/// <summary>
/// One text to a number of staff: committed as Sending before the provider is called and never repeated, as in the send
/// ledger, but in a table of its own, so that nothing that counts subscribers' texts can count it.
/// </summary>
public sealed class StaffText
{
    public long Id { get; init; }

    public required Guid StaffNumberId { get; init; }

    public required StaffTextKind Kind { get; init; }

    /// <summary>Who had it sent.</summary>
    public required Guid SentById { get; init; }

    /// <summary>Null for codes, and for a campaign that was not saved yet.</summary>
    public CampaignId? CampaignId { get; init; }

    public char? Variant { get; init; }

    /// <summary>In which the words were written; null for codes, and where the campaign has one language.</summary>
    public string? Language { get; init; }

    /// <summary>What was written, where its links became short ones: they lead to what stands here. Null for every other text.</summary>
    public string? CountedTemplate { get; init; }

    /// <summary>Unique; says nothing about anybody.</summary>
    public required string ClientRef { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public MessageState State { get; set; } = MessageState.Sending;

    public DateTimeOffset? FinalAt { get; set; }

    public string? ProviderMessageId { get; set; }

    public string? ErrorCode { get; set; }

    public required int Parts { get; init; }
}

internal sealed class StaffNumberMapping : IEntityTypeConfiguration<StaffNumber>, IEntityTypeConfiguration<StaffCode>, IEntityTypeConfiguration<StaffText>
{
    public void Configure(EntityTypeBuilder<StaffNumber> builder)
    {
        builder.ToTable("StaffNumbers");
        builder.Property(n => n.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(n => n.WrappedKey).HasMaxLength(100);
        builder.Property(n => n.PhoneSealed).HasMaxLength(100);
        builder.Property(n => n.Region).HasMaxLength(3);
        builder.HasIndex(n => n.StaffId);
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(n => n.StaffId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<StaffCode> builder)
    {
        builder.ToTable("StaffCodes");
        builder.Property(c => c.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(c => c.CodeHash).HasMaxLength(32);
        builder.HasIndex(c => new { c.StaffId, c.CreatedAt });
        builder.HasIndex(c => new { c.PhoneHash, c.CreatedAt });
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.StaffId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<StaffText> builder)
    {
        builder.ToTable("StaffTexts");
        builder.Property(t => t.Language).HasMaxLength(TextLanguage.LongestCode);
        builder.Property(t => t.CountedTemplate).HasMaxLength(MessageTemplate.LongestText);
        builder.Property(t => t.ClientRef).HasMaxLength(40);
        builder.Property(t => t.ProviderMessageId).HasMaxLength(64);
        builder.Property(t => t.ErrorCode).HasMaxLength(20);
        builder.HasIndex(t => t.ClientRef).IsUnique();
        builder.HasIndex(t => t.ProviderMessageId);
        builder.HasIndex(t => new { t.SentById, t.SentAt });
        builder.HasOne<StaffNumber>().WithMany().HasForeignKey(t => t.StaffNumberId).OnDelete(DeleteBehavior.Cascade);
    }
}
