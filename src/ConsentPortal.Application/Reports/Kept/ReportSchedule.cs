using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Reports.Kept;

/// <summary>A report that is made and kept again and again. An ended one stays, because reports name it.</summary>
public sealed class ReportSchedule
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>Null for none or all. Days each turn has its own of.</summary>
    public PurposeId? PurposeId { get; init; }

    public required ReportFormats Formats { get; init; }

    public required ReportRhythm Rhythm { get; init; }

    /// <summary>0 to 23 on the clock of <see cref="Zone"/>.</summary>
    public required int Hour { get; init; }

    /// <summary>IANA name.</summary>
    public required string Zone { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedById { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>The next turn (UTC); null once it was ended.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>Not to be tried again before; null unless a turn broke off.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    /// <summary>Why the last turn made nothing; null when it did.</summary>
    public string? LastProblem { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public ReportTimes Times => new(Rhythm, Hour, Zone);
}

internal sealed class ReportScheduleMapping : IEntityTypeConfiguration<ReportSchedule>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.Kind).HasMaxLength(40);
        builder.Property(s => s.Zone).HasMaxLength(64);
        builder.Property(s => s.CreatedById).HasMaxLength(64);
        builder.Property(s => s.CreatedBy).HasMaxLength(120);
        builder.Property(s => s.LastProblem).HasMaxLength(400);
        builder.Property(s => s.EndedBy).HasMaxLength(120);
        builder.Ignore(s => s.Times);
        builder.HasIndex(s => s.NextAt);
        builder.HasOne<Purpose>().WithMany().HasForeignKey(s => s.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }
}
