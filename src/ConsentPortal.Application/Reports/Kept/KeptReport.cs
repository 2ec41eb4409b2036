using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Reports.Kept;

/// <summary>
/// A report that stays as it was made. It names people by id and nobody by number or name, so it lies unsealed: the search after
/// an erasure reads it like any other store.
/// </summary>
public sealed class KeptReport
{
    public required Guid Id { get; init; }

    /// <summary>As <see cref="ReportDescription.Kind"/> names it.</summary>
    public required string Kind { get; init; }

    /// <summary>The filter in words.</summary>
    public required string Scope { get; init; }

    /// <summary>The purpose that it is about, for legal holds; null for none or all.</summary>
    public PurposeId? PurposeId { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required string MadeById { get; init; }

    public required string MadeBy { get; init; }

    /// <summary>Versions of the sending policy, with commas.</summary>
    public required string Policies { get; init; }

    /// <summary>Entries in the audit log when it was made; null while nothing was sealed.</summary>
    public long? LogSize { get; init; }

    /// <summary>Base64.</summary>
    public string? LogRoot { get; init; }

    public required long Rows { get; init; }

    public Guid? ScheduleId { get; init; }

    /// <summary>The turn of the schedule: no turn is made twice.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>False while its files are being written; such a report is shown to nobody.</summary>
    public bool IsComplete { get; set; }
}

/// <summary>One file of a kept report.</summary>
public sealed class KeptReportFile
{
    public required Guid ReportId { get; init; }

    public required ReportFormats Format { get; init; }

    public required string FileName { get; init; }

    /// <summary>Under which the audit trail knows it.</summary>
    public required string Code { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>A piece of a kept file: a file of a hundred megabytes is never in memory at once, nor one transaction.</summary>
public sealed class KeptReportPart
{
    public required Guid ReportId { get; init; }

    public required ReportFormats Format { get; init; }

    /// <summary>0, 1, 2 …</summary>
    public required int Number { get; init; }

    /// <summary>Text is cut at the end of a line, so that no value is cut.</summary>
    public required byte[] Bytes { get; init; }
}

internal sealed class KeptReportMapping : IEntityTypeConfiguration<KeptReport>, IEntityTypeConfiguration<KeptReportFile>, IEntityTypeConfiguration<KeptReportPart>
{
    public void Configure(EntityTypeBuilder<KeptReport> builder)
    {
        builder.ToTable("KeptReports");
        builder.Property(r => r.Kind).HasMaxLength(40);
        builder.Property(r => r.Scope).HasMaxLength(400);
        builder.Property(r => r.MadeById).HasMaxLength(64);
        builder.Property(r => r.MadeBy).HasMaxLength(120);
        builder.Property(r => r.Policies).HasMaxLength(400);
        builder.Property(r => r.LogRoot).HasMaxLength(44);
        builder.HasIndex(r => r.MadeAt);
        builder.HasIndex(r => new { r.ScheduleId, r.ScheduledFor }).IsUnique().HasFilter("[ScheduleId] IS NOT NULL");
        builder.HasOne<Purpose>().WithMany().HasForeignKey(r => r.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<KeptReportFile> builder)
    {
        builder.ToTable("KeptReportFiles");
        builder.HasKey(f => new { f.ReportId, f.Format });
        builder.Property(f => f.FileName).HasMaxLength(100);
        builder.Property(f => f.Code).HasMaxLength(19);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.HasOne<KeptReport>().WithMany().HasForeignKey(f => f.ReportId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<KeptReportPart> builder)
    {
        builder.ToTable("KeptReportParts");
        builder.HasKey(p => new { p.ReportId, p.Format, p.Number });
        builder.HasOne<KeptReport>().WithMany().HasForeignKey(p => p.ReportId).OnDelete(DeleteBehavior.Cascade);
    }
}
