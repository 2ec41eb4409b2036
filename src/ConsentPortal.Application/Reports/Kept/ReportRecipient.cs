using ConsentPortal.Application.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Reports.Kept;

public enum RecipientKind
{
    /// <summary>One member of staff.</summary>
    Person = 1,

    /// <summary>Everybody who holds a role when they look.</summary>
    Role = 2,
}

/// <summary>For whom the reports of a schedule are made: they find them on their dashboard until they have read them.</summary>
public sealed class ReportRecipient
{
    public required Guid ScheduleId { get; init; }

    public required RecipientKind Kind { get; init; }

    /// <summary>Of the member of staff or of the role.</summary>
    public required Guid RecipientId { get; init; }

    /// <summary>Reports from before are not theirs to read.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>That somebody has read a report that was made for them.</summary>
public sealed class KeptReportReading
{
    public required Guid ReportId { get; init; }

    public required Guid ReaderId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class ReportRecipientMapping : IEntityTypeConfiguration<ReportRecipient>, IEntityTypeConfiguration<KeptReportReading>
{
    public void Configure(EntityTypeBuilder<ReportRecipient> builder)
    {
        builder.ToTable("ReportRecipients");
        builder.HasKey(r => new { r.ScheduleId, r.Kind, r.RecipientId });
        builder.HasIndex(r => r.RecipientId);
        builder.HasOne<ReportSchedule>().WithMany().HasForeignKey(r => r.ScheduleId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<KeptReportReading> builder)
    {
        builder.ToTable("KeptReportReadings");
        builder.HasKey(r => new { r.ReportId, r.ReaderId });
        builder.HasOne<KeptReport>().WithMany().HasForeignKey(r => r.ReportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(r => r.ReaderId).OnDelete(DeleteBehavior.Cascade);
    }
}
