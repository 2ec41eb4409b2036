using System.Text.Json.Serialization;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// One person with one current number. Everything readable about them is encrypted with a key of their own
/// (<see cref="WrappedKey"/>); destroying that key erases every copy, backups and audit payloads included. Look-ups use
/// keyed hashes.
/// </summary>
public sealed class Subscriber
{
    public required SubscriberId Id
    {
        get;
        init => (field, Lot) = (value, value.Lot);
    }

    /// <summary>The lot of the id in every draw, kept so that databases can compute with it.</summary>
    public int Lot { get; private set; }

    /// <summary>The person's data key, wrapped by the key ring; null once erased.</summary>
    public byte[]? WrappedKey { get; set; }

    public byte[]? PhoneSealed { get; set; }

    /// <summary>Keyed hash of the E.164 number; null once erased.</summary>
    public byte[]? PhoneHash { get; set; }

    public byte[]? ProfileSealed { get; set; }

    public byte[]? ExternalIdHash { get; set; }

    public NumberPeriodId CurrentPeriodId { get; set; }

    /// <summary>ISO 3166 region of the number by libphonenumber, not by calling code.</summary>
    public string? Region { get; set; }

    /// <summary>Where the person said they live; ISO 3166, and the US state or other subdivision.</summary>
    public string? DeclaredRegion { get; set; }

    public string? DeclaredState { get; set; }

    /// <summary>IANA zone that the person confirmed; otherwise the policy works with all zones of the number.</summary>
    public string? DeclaredZone { get; set; }

    public string? Language { get; set; }

    public LineType LineType { get; set; }

    /// <summary>Of the number's carrier (mobile country and network code, five or six figures), as the last receipt had it; null where none has told.</summary>
    public string? NetworkCode { get; set; }

    public NumberState NumberState { get; set; }

    public int SoftStrikes { get; set; }

    public required string Source { get; set; }

    public FrequencyPreference Frequency { get; set; }

    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>GDPR art. 18: stored, and nothing else.</summary>
    public bool IsRestricted { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? LastTextAt { get; set; }

    public DateTimeOffset? LastEngagedAt { get; set; }

    public ImportBatchId? ImportBatchId { get; set; }

    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The record that goes on for this person after two were merged; this one is closed.</summary>
    public SubscriberId? MergedIntoId { get; set; }

    public DateTimeOffset? MergedAt { get; set; }

    /// <summary>Since when the person's data may not be sold or shared (CCPA § 1798.120; Global Privacy Control, 11 CCR § 7025).</summary>
    public DateTimeOffset? SharingOptOutAt { get; set; }

    /// <summary>Changes with every edit, so that two editors can't overwrite each other unnoticed.</summary>
    public Guid Version { get; set; }

    /// <summary>Takes away everything that tells who the person is: the key first, then what could be read or found without it.</summary>
    public void Empty(DateTimeOffset now)
    {
        (WrappedKey, PhoneSealed, ProfileSealed) = (null, null, null);
        (PhoneHash, ExternalIdHash) = (null, null);
        (DeclaredRegion, DeclaredState, DeclaredZone, Language, NetworkCode) = (null, null, null, null, null);
        (Frequency, PausedUntil, LastEngagedAt) = (FrequencyPreference.Every, null, null);
        (ErasedAt, UpdatedAt, Version) = (now, now, Guid.CreateVersion7(now));
    }
}

/// <summary>The part of a person's data that only people read.</summary>
public sealed record SubscriberProfile(string? FirstName, string? LastName, string? ExternalId)
{
    public static SubscriberProfile Empty { get; } = new(null, null, null);

    [JsonIgnore]
    public string FullName => string.Join(' ', new[] { FirstName, LastName }.Where(part => !string.IsNullOrWhiteSpace(part)));
}

/// <summary>The time in which a number belonged to a person; consent is bound to it and never inherited by the next owner.</summary>
public sealed class NumberPeriod
{
    /// <summary>Stands where the hash of an erased person's number was.</summary>
    internal static readonly byte[] NoHash = new byte[32];

    public required NumberPeriodId Id { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required byte[] PhoneHash { get; set; }

    public required DateTimeOffset From { get; init; }

    public DateTimeOffset? To { get; set; }

    /// <summary>What the Reassigned Numbers Database said last of this number and this period; null before the first question (US-26).</summary>
    public ReassignedAnswer? ReassignedAnswer { get; set; }

    public DateTimeOffset? ReassignedCheckedAt { get; set; }
}

/// <summary>A custom attribute's definition; values are rows of <see cref="SubscriberAttribute"/>.</summary>
public sealed class AttributeDefinition
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public required AttributeType Type { get; init; }

    public bool IsSensitive { get; set; }
}

public enum AttributeType
{
    Text = 1,
    Number = 2,
    Date = 3,
    Flag = 4,

    /// <summary>Kept as <see cref="ValueList"/> says, in the column of texts.</summary>
    List = 5,
}

/// <summary>One custom value of one person: exactly one of the value columns is set, a flag is the number 0 or 1.</summary>
public sealed class SubscriberAttribute
{
    public required SubscriberId SubscriberId { get; init; }

    public required int AttributeId { get; init; }

    public string? Text
    {
        get;
        set => (field, FoldedText) = (value, value is null ? null : RuleText.Fold(value));
    }

    /// <summary>The text as rules compare it, so that an index finds it and no database has to know how they do.</summary>
    public string? FoldedText { get; private set; }

    public double? Number { get; set; }

    /// <summary>A day of the calendar: the day and time that stood in the list, kept as if they were UTC, so that no zone moves them to another day.</summary>
    public DateTimeOffset? Date { get; set; }
}

/// <summary>Something a person did or received: a purchase, a click, a reply, a text.</summary>
public sealed class SubscriberFact
{
    public long Id { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required FactKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Value of a purchase in the organisation's currency.</summary>
    public double? Amount { get; init; }

    public string? Reference { get; init; }

    /// <summary>Only of a click, like the two that follow.</summary>
    public CampaignId? CampaignId { get; init; }

    /// <summary>The text whose link was opened.</summary>
    public long? MessageId { get; init; }

    /// <summary>Which of its campaign's links.</summary>
    public int? Link { get; init; }
}

public enum FactKind
{
    Purchase = 1,
    Inquiry = 2,
    Click = 3,
    Reply = 4,
    TextReceived = 5,
}

internal sealed class SubscriberMapping : IEntityTypeConfiguration<Subscriber>, IEntityTypeConfiguration<NumberPeriod>,
    IEntityTypeConfiguration<AttributeDefinition>, IEntityTypeConfiguration<SubscriberAttribute>, IEntityTypeConfiguration<SubscriberFact>
{
    /// <summary>The index that answers rules about people without reading their rows.</summary>
    public const string Rules = "IX_Subscribers_Rules";

    public const string FactsByTime = "IX_SubscriberFacts_Kind_At_SubscriberId_Amount";

    public const string FactsByPerson = "IX_SubscriberFacts_Kind_SubscriberId_At_Amount";

    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.ToTable("Subscribers");
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Property(s => s.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(s => s.ExternalIdHash).HasMaxLength(32);
        builder.Property(s => s.Region).HasMaxLength(3);
        builder.Property(s => s.DeclaredRegion).HasMaxLength(3);
        builder.Property(s => s.DeclaredState).HasMaxLength(8);
        builder.Property(s => s.DeclaredZone).HasMaxLength(64);
        builder.Property(s => s.Language).HasMaxLength(8);
        builder.Property(s => s.NetworkCode).HasMaxLength(6);
        builder.Property(s => s.Source).HasMaxLength(60);
        builder.HasIndex(s => s.PhoneHash);
        // Most people have none: without them the indexes are small, and no search for those who have none can choose them.
        builder.HasIndex(s => s.ExternalIdHash).HasFilter("[ExternalIdHash] IS NOT NULL");
        builder.HasIndex(s => new { s.MergedIntoId, s.Id }).HasFilter("[MergedIntoId] IS NOT NULL");
        builder.HasIndex(s => new { s.ErasedAt, s.Id }).HasFilter("[ErasedAt] IS NOT NULL");
        // What rules ask about people, a fifth of the table's width, so that a million are read in a tenth of a second. It begins with the
        // id and grows at its end; what changes with every text, such as when the last one was sent, is not in it.
        builder.HasIndex(s => new { s.Id, s.Region, s.Language, s.DeclaredRegion, s.DeclaredState, s.DeclaredZone, s.Source, s.LineType, s.Frequency, s.CreatedAt, s.Lot }, Rules)
            .HasFilter("[ErasedAt] IS NULL AND [MergedIntoId] IS NULL");
        // Each index ends with the sort columns: otherwise the planner takes it and sorts half a million rows.
        builder.HasIndex(s => new { s.CreatedAt, s.Id });
        builder.HasIndex(s => new { s.Region, s.CreatedAt, s.Id });
        builder.HasIndex(s => new { s.Source, s.CreatedAt, s.Id });
        builder.HasIndex(s => new { s.Frequency, s.CreatedAt, s.Id });
        builder.HasIndex(s => s.ImportBatchId);
    }

    public void Configure(EntityTypeBuilder<NumberPeriod> builder)
    {
        builder.ToTable("NumberPeriods");
        builder.Property(p => p.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        // Whose a number is now, the subscriber says; here one only looks for those whose it was.
        builder.HasIndex(p => p.PhoneHash).HasFilter("[To] IS NOT NULL");
        builder.HasIndex(p => p.SubscriberId);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(p => p.SubscriberId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AttributeDefinition> builder)
    {
        builder.ToTable("AttributeDefinitions");
        builder.Property(a => a.Name).HasMaxLength(60);
        builder.HasIndex(a => a.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SubscriberAttribute> builder)
    {
        builder.ToTable("SubscriberAttributes");
        builder.HasKey(a => new { a.SubscriberId, a.AttributeId });
        builder.Property(a => a.Text).HasMaxLength(400);
        builder.Property(a => a.FoldedText).HasMaxLength(400);
        // A row has one of the three, and one entry.
        builder.HasIndex(a => new { a.AttributeId, a.FoldedText, a.SubscriberId }).HasFilter("[FoldedText] IS NOT NULL");
        builder.HasIndex(a => new { a.AttributeId, a.Number, a.SubscriberId }).HasFilter("[Number] IS NOT NULL");
        builder.HasIndex(a => new { a.AttributeId, a.Date, a.SubscriberId }).HasFilter("[Date] IS NOT NULL");
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(a => a.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AttributeDefinition>().WithMany().HasForeignKey(a => a.AttributeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SubscriberFact> builder)
    {
        builder.ToTable("SubscriberFacts");
        builder.Property(f => f.Reference).HasMaxLength(100);
        // By time for what happened lately, by person for what has to be counted: a sort of half a million ids would take longer than the reading.
        builder.HasIndex(f => new { f.Kind, f.At, f.SubscriberId, f.Amount }, FactsByTime);
        builder.HasIndex(f => new { f.Kind, f.SubscriberId, f.At, f.Amount }, FactsByPerson);
        builder.HasIndex(f => f.SubscriberId);
        // Counts a click once for each person and link, whoever asks at the same time.
        builder.HasIndex(f => new { f.CampaignId, f.MessageId, f.Link }).IsUnique().HasFilter("[CampaignId] IS NOT NULL");
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(f => f.SubscriberId).OnDelete(DeleteBehavior.Cascade);
    }
}
