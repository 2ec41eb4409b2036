using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Reports.Rooms;

/// <summary>What one auditor may look into, of which days, and until when. It ends by itself; nothing has to be done for it.</summary>
public sealed class EvidenceRoom
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The one who may come in.</summary>
    public required Guid VisitorId { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>The first day, by the calendar of <see cref="Zone"/>, of which records are shown.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The last one, counted.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>
    /// The organisation's zone (IANA) when the room was opened: its days begin by it, whatever zone the organisation moves to
    /// later, so that every sample is drawn again as it was. UTC for rooms from before it was kept.
    /// </summary>
    public required string Zone { get; init; }

    /// <summary>Null for all.</summary>
    public PurposeId? PurposeId { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required string OpenedById { get; init; }

    public required string OpenedBy { get; init; }

    /// <summary>When staff closed it before its end.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public bool IsOpenAt(DateTimeOffset now) => ClosedAt is null && From <= now && now < Until;
}

/// <summary>What an auditor draws samples of.</summary>
public enum EvidenceKind
{
    /// <summary>Events by which somebody agreed.</summary>
    Consents = 1,

    /// <summary>Events by which somebody withdrew.</summary>
    OptOuts = 2,

    /// <summary>Texts that left.</summary>
    Texts = 3,

    /// <summary>Planned texts that were not sent.</summary>
    NotSent = 4,

    /// <summary>Campaign texts that left at a local time outside the hours that the rules gave for them there.</summary>
    InQuietHours = 5,
}

/// <summary>A question that an auditor asked, kept so that it gives the same answer again.</summary>
public sealed class EvidenceQuestion
{
    public required Guid Id { get; init; }

    public required Guid RoomId { get; init; }

    public required string Name { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The auditor's own: with it the sample can be drawn again by anybody.</summary>
    public required string Seed { get; init; }

    public required int Size { get; init; }

    /// <summary>Records from after this instant are in no sample, whenever it is drawn.</summary>
    public required DateTimeOffset AskedAt { get; init; }
}

/// <summary>
/// What the auditor or the staff wrote in a room. It stays as it was written: the audit trail holds the hash of its words. Only
/// words in which somebody is named can be taken out, and that they were stands there instead.
/// </summary>
public sealed class EvidenceComment
{
    public required Guid Id { get; init; }

    public required Guid RoomId { get; init; }

    /// <summary>The question that it is about; null for the room as a whole.</summary>
    public Guid? QuestionId { get; init; }

    /// <summary>The record of that question's sample; null for the sample as a whole.</summary>
    public long? RecordId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string AuthorId { get; init; }

    public required string Author { get; init; }

    /// <summary>Whether the auditor wrote it, and not the staff.</summary>
    public required bool IsOfVisitor { get; init; }

    /// <summary>Null once the words were taken out.</summary>
    public string? Text { get; set; }

    public DateTimeOffset? TakenOutAt { get; set; }

    public string? TakenOutBy { get; set; }
}

internal sealed class EvidenceRoomMapping : IEntityTypeConfiguration<EvidenceRoom>, IEntityTypeConfiguration<EvidenceQuestion>, IEntityTypeConfiguration<EvidenceComment>
{
    public void Configure(EntityTypeBuilder<EvidenceRoom> builder)
    {
        builder.ToTable("EvidenceRooms");
        builder.Property(r => r.Name).HasMaxLength(120);
        builder.Property(r => r.Zone).HasMaxLength(60).HasDefaultValue("UTC");
        builder.Property(r => r.OpenedById).HasMaxLength(64);
        builder.Property(r => r.OpenedBy).HasMaxLength(120);
        builder.Property(r => r.ClosedBy).HasMaxLength(120);
        builder.HasIndex(r => r.VisitorId);
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(r => r.VisitorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Purpose>().WithMany().HasForeignKey(r => r.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<EvidenceQuestion> builder)
    {
        builder.ToTable("EvidenceQuestions");
        builder.Property(q => q.Name).HasMaxLength(120);
        builder.Property(q => q.Seed).HasMaxLength(60);
        builder.HasIndex(q => q.RoomId);
        builder.HasOne<EvidenceRoom>().WithMany().HasForeignKey(q => q.RoomId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<EvidenceComment> builder)
    {
        builder.ToTable("EvidenceComments");
        builder.Property(c => c.AuthorId).HasMaxLength(64);
        builder.Property(c => c.Author).HasMaxLength(120);
        builder.Property(c => c.Text).HasMaxLength(EvidenceComments.Longest);
        builder.Property(c => c.TakenOutBy).HasMaxLength(120);
        builder.HasIndex(c => new { c.RoomId, c.At });
        builder.HasOne<EvidenceRoom>().WithMany().HasForeignKey(c => c.RoomId).OnDelete(DeleteBehavior.Cascade);
    }
}
