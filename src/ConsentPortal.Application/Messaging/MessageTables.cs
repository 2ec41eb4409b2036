using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// One delivery receipt as it came. A receipt may come before its message id is stored, twice, or in the wrong order:
/// it is kept and matched whenever both sides are there.
/// </summary>
public sealed class ReceivedReceipt
{
    public long Id { get; init; }

    /// <summary>Unique: the same receipt twice is one row.</summary>
    public required string DedupeKey { get; init; }

    public required string ProviderMessageId { get; init; }

    public string? ClientRef { get; init; }

    public required string Status { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorClass { get; init; }

    public int? Parts { get; init; }

    public decimal? Price { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Null while no message with this id is known.</summary>
    public long? MessageId { get; set; }
}

/// <summary>A text from a handset.</summary>
public sealed class InboundMessage
{
    public long Id { get; init; }

    /// <summary>Unique: the provider may deliver the same text twice.</summary>
    public required string ProviderMessageId { get; init; }

    public SubscriberId? SubscriberId { get; set; }

    public required byte[] FromHash { get; init; }

    public required string To { get; init; }

    /// <summary>Encrypted with the person's key, or with the key ring while nobody is known under the number.</summary>
    public byte[]? BodySealed { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the text was taken for, by which tier and rule, and which words matched.</summary>
    public required string Action { get; init; }

    public string? Tier { get; init; }

    public string? Rule { get; init; }

    public required ReviewState Review { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public Guid? ReviewedById { get; set; }
}

/// <summary>One part of a text that the provider delivers in several; they are read together once all are there, or the wait is over.</summary>
public sealed class ReceivedPart
{
    public long Id { get; init; }

    /// <summary>Unique: the provider may deliver the same part twice.</summary>
    public required string ProviderMessageId { get; init; }

    public required byte[] FromHash { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required string To { get; init; }

    /// <summary>The same for all parts of one text of one handset.</summary>
    public required string Reference { get; init; }

    /// <summary>1-based.</summary>
    public required int Part { get; init; }

    public required int Total { get; init; }

    /// <summary>Encrypted with the person's key.</summary>
    public byte[]? TextSealed { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was read as part of a whole, or alone after waiting in vain.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>
/// A text whose meaning staff have settled, kept so that a change of the word lists shows what it changes.
/// </summary>
public sealed class KeywordCase
{
    public long Id { get; init; }

    public required string Text { get; init; }

    public string? Language { get; init; }

    /// <summary>ISO 3166.</summary>
    public string? Country { get; init; }

    /// <summary>optOut, optIn, confirm, help, review or none.</summary>
    public required string Expected { get; init; }

    public required string AddedBy { get; init; }

    public required DateTimeOffset AddedAt { get; init; }
}

public enum ReviewState
{
    NotNeeded = 0,
    Waiting = 1,
    TakenAsOptOut = 2,
    NoAction = 3,

    /// <summary>Acted on because it is likely a stop; a person should look whether it was.</summary>
    ToCheck = 4,
    ReadRightly = 5,

    /// <summary>It was no stop. The stop stays: only the person's own START lifts it.</summary>
    Misread = 6,
}

/// <summary>A named right to work, held by one process until a time; the fence rises with every new holder.</summary>
public sealed class Lease
{
    public required string Name { get; init; }

    public required string Owner { get; set; }

    public required long Fence { get; set; }

    public required DateTimeOffset Until { get; set; }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<OutboundMessage>, IEntityTypeConfiguration<ReceivedReceipt>,
    IEntityTypeConfiguration<InboundMessage>, IEntityTypeConfiguration<ReceivedPart>, IEntityTypeConfiguration<KeywordCase>, IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<OutboundMessage> builder)
    {
        builder.ToTable("OutboundMessages");
        builder.Property(m => m.ClientRef).HasMaxLength(40);
        builder.Property(m => m.ProviderMessageId).HasMaxLength(64);
        builder.Property(m => m.SendingBy).HasMaxLength(80);
        builder.Property(m => m.ErrorCode).HasMaxLength(20);
        builder.Property(m => m.RefusedFields).HasMaxLength(400);
        builder.Property(m => m.Reason).HasMaxLength(40);
        builder.Property(m => m.Rule).HasMaxLength(20);
        builder.Property(m => m.FirstHeldReason).HasMaxLength(40);
        builder.Property(m => m.FirstHeldRule).HasMaxLength(20);
        builder.Property(m => m.Price).HasPrecision(12, 6);
        builder.Property(m => m.Language).HasMaxLength(TextLanguage.LongestCode);
        builder.HasIndex(m => new { m.CampaignId, m.SubscriberId }).IsUnique();
        builder.HasIndex(m => m.ClientRef).IsUnique();
        builder.HasIndex(m => m.ProviderMessageId);
        builder.HasIndex(m => new { m.State, m.DueAt, m.Id });
        builder.HasIndex(m => new { m.Kind, m.State, m.DueAt, m.Id });
        builder.HasIndex(m => new { m.CampaignId, m.State, m.DueAt, m.Id });
        builder.HasIndex(m => new { m.CampaignId, m.State, m.Reason });
        // What somebody got lately; with the class it also says how many texts each of a million got, without a look at one of them.
        builder.HasIndex(m => new { m.SubscriberId, m.SentAt, m.MessageClass });
        // Of all texts of some days, those that were held back: few of many, and written once.
        builder.HasIndex(m => m.FirstHeldAt).HasFilter("[FirstHeldAt] IS NOT NULL");
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(m => m.SubscriberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Campaign>().WithMany().HasForeignKey(m => m.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Purpose>().WithMany().HasForeignKey(m => m.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ReceivedReceipt> builder)
    {
        builder.ToTable("ReceivedReceipts");
        builder.Property(r => r.DedupeKey).HasMaxLength(200);
        builder.Property(r => r.ProviderMessageId).HasMaxLength(64);
        builder.Property(r => r.ClientRef).HasMaxLength(100);
        builder.Property(r => r.Status).HasMaxLength(20);
        builder.Property(r => r.ErrorClass).HasMaxLength(20);
        builder.Property(r => r.Price).HasPrecision(12, 6);
        builder.Property(r => r.ErrorCode).HasMaxLength(20);
        builder.HasIndex(r => r.DedupeKey).IsUnique();
        builder.HasIndex(r => r.ProviderMessageId);
        builder.HasIndex(r => r.MessageId);
    }

    public void Configure(EntityTypeBuilder<InboundMessage> builder)
    {
        builder.ToTable("InboundMessages");
        builder.Property(m => m.ProviderMessageId).HasMaxLength(64);
        builder.Property(m => m.FromHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(m => m.To).HasMaxLength(20);
        builder.Property(m => m.Action).HasMaxLength(20);
        builder.Property(m => m.Tier).HasMaxLength(8);
        builder.Property(m => m.Rule).HasMaxLength(40);
        builder.HasIndex(m => m.ProviderMessageId).IsUnique();
        builder.HasIndex(m => new { m.SubscriberId, m.ReceivedAt });
        builder.HasIndex(m => new { m.Review, m.ReceivedAt });
        builder.HasIndex(m => m.FromHash);
    }

    public void Configure(EntityTypeBuilder<ReceivedPart> builder)
    {
        builder.ToTable("ReceivedParts");
        builder.Property(p => p.ProviderMessageId).HasMaxLength(64);
        builder.Property(p => p.FromHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(p => p.To).HasMaxLength(20);
        builder.Property(p => p.Reference).HasMaxLength(64);
        builder.HasIndex(p => p.ProviderMessageId).IsUnique();
        builder.HasIndex(p => new { p.FromHash, p.Reference });
        builder.HasIndex(p => new { p.ReadAt, p.ReceivedAt });
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(p => p.SubscriberId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<KeywordCase> builder)
    {
        builder.ToTable("KeywordCases");
        builder.Property(c => c.Text).HasMaxLength(400);
        builder.Property(c => c.Language).HasMaxLength(8);
        builder.Property(c => c.Country).HasMaxLength(3);
        builder.Property(c => c.Expected).HasMaxLength(20);
        builder.Property(c => c.AddedBy).HasMaxLength(120);
    }

    public void Configure(EntityTypeBuilder<Lease> builder)
    {
        builder.ToTable("Leases");
        builder.HasKey(l => l.Name);
        builder.Property(l => l.Name).HasMaxLength(60);
        builder.Property(l => l.Owner).HasMaxLength(80);
    }
}
