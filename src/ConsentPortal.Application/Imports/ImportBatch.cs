using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Imports;

/// <summary>One import of one file: what it was, who ran it, and what became of its rows.</summary>
public sealed class ImportBatch
{
    public required ImportBatchId Id { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string FileHash { get; init; }

    public required string ColumnMap { get; init; }

    public PurposeId? PurposeId { get; init; }

    public WordingId? WordingId { get; init; }

    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int Total { get; set; }

    public int New { get; set; }

    public int Update { get; set; }

    public int Unchanged { get; set; }

    public int Duplicate { get; set; }

    public int Invalid { get; set; }

    public int Refused { get; set; }

    public int NeedsDoubleOptIn { get; set; }

    public int WithoutProof { get; set; }
}

/// <summary>A row that was not simply taken, so that the importer can mend the file: the reason, never the number.</summary>
public sealed class ImportIssue
{
    public long Id { get; init; }

    public required ImportBatchId BatchId { get; init; }

    public required int Row { get; init; }

    public required string Class { get; init; }

    public required string Reason { get; init; }

    public int? FirstRow { get; init; }
}

internal sealed class ImportMapping : IEntityTypeConfiguration<ImportBatch>, IEntityTypeConfiguration<ImportIssue>
{
    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.ToTable("ImportBatches");
        builder.Property(b => b.FileName).HasMaxLength(255);
        builder.Property(b => b.FileHash).HasMaxLength(64);
        builder.Property(b => b.StartedBy).HasMaxLength(120);
        builder.HasIndex(b => b.StartedAt);
    }

    public void Configure(EntityTypeBuilder<ImportIssue> builder)
    {
        builder.ToTable("ImportIssues");
        builder.Property(i => i.Class).HasMaxLength(20);
        builder.Property(i => i.Reason).HasMaxLength(400);
        builder.HasIndex(i => new { i.BatchId, i.Row });
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(i => i.BatchId).OnDelete(DeleteBehavior.Cascade);
    }
}
