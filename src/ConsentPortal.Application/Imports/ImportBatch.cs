using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
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

    /// <summary>ISO 3166; assumed for national numbers.</summary>
    public string? DefaultRegion { get; init; }

    public bool AsksForDoubleOptIn { get; init; }

    public required ImportState State { get; set; }

    public Guid? StartedById { get; init; }

    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The uploaded list while it waits for approval: a name in the uploads folder, never a path.</summary>
    public string? WaitingFile { get; set; }

    public string? ApprovedBy { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? UndoneBy { get; set; }

    public DateTimeOffset? UndoneAt { get; set; }

    public int Total { get; set; }

    public int New { get; set; }

    public int Update { get; set; }

    public int Unchanged { get; set; }

    public int Duplicate { get; set; }

    public int Invalid { get; set; }

    public int Refused { get; set; }

    public int NeedsDoubleOptIn { get; set; }

    public int WithoutProof { get; set; }

    internal void Count(ImportSummary summary)
    {
        (Total, New, Update, Unchanged) = (summary.Total, summary.New, summary.Update, summary.Unchanged);
        (Duplicate, Invalid, Refused) = (summary.Duplicate, summary.Invalid, summary.Refused);
        (NeedsDoubleOptIn, WithoutProof) = (summary.NeedsDoubleOptIn, summary.WithoutProof);
    }
}

public enum ImportState
{
    Running = 1,
    Finished = 2,

    /// <summary>Stopped by a person or the end of the process; what was committed stays.</summary>
    Stopped = 3,

    /// <summary>Too large to run on one person's word: a second person decides.</summary>
    WaitingForApproval = 4,

    /// <summary>The second person said no, or the file lay too long; nothing was taken.</summary>
    Declined = 5,
    Undone = 6,
}

/// <summary>
/// What an import replaced in a person who was known already, sealed with their key, so that it can be put back. The people
/// that an import added need none: they name their import themselves.
/// </summary>
public sealed class ImportChange
{
    public long Id { get; init; }

    public required ImportBatchId BatchId { get; init; }

    public required int Row { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    /// <summary>A field of <see cref="ColumnMap"/>: firstName, language, attr:Shoe size …</summary>
    public required string Field { get; init; }

    /// <summary>Null where there was nothing.</summary>
    public byte[]? BeforeSealed { get; init; }

    public required byte[] AfterSealed { get; init; }

    internal static ImportChange Of(ImportBatchId batch, int row, SubscriberId subscriber, string field, string? before, string after, SubjectKey key) => new()
    {
        BatchId = batch, Row = row, SubscriberId = subscriber, Field = field,
        BeforeSealed = before is null ? null : key.Seal(before, SealedField.ImportedValue), AfterSealed = key.Seal(after, SealedField.ImportedValue),
    };
}

/// <summary>How the columns of a kind of list are understood, saved under a name.</summary>
public sealed class ImportPreset
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>SHA-256 over the header row: a list with the same columns offers the preset by itself.</summary>
    public required string HeadersHash { get; init; }

    public required string ColumnMap { get; init; }

    public string? DefaultRegion { get; init; }

    public required DateTimeOffset SavedAt { get; init; }
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

internal sealed class ImportMapping : IEntityTypeConfiguration<ImportBatch>, IEntityTypeConfiguration<ImportIssue>, IEntityTypeConfiguration<ImportChange>,
    IEntityTypeConfiguration<ImportPreset>
{
    public void Configure(EntityTypeBuilder<ImportBatch> builder)
    {
        builder.ToTable("ImportBatches");
        builder.Property(b => b.FileName).HasMaxLength(255);
        builder.Property(b => b.FileHash).HasMaxLength(64);
        builder.Property(b => b.StartedBy).HasMaxLength(120);
        builder.Property(b => b.DefaultRegion).HasMaxLength(3);
        builder.Property(b => b.WaitingFile).HasMaxLength(60);
        builder.Property(b => b.ApprovedBy).HasMaxLength(120);
        builder.Property(b => b.UndoneBy).HasMaxLength(120);
        builder.HasIndex(b => b.StartedAt);
    }

    public void Configure(EntityTypeBuilder<ImportChange> builder)
    {
        builder.ToTable("ImportChanges");
        builder.Property(c => c.Field).HasMaxLength(80);
        builder.HasIndex(c => new { c.BatchId, c.Id });
        builder.HasIndex(c => c.SubscriberId);
        builder.HasOne<ImportBatch>().WithMany().HasForeignKey(c => c.BatchId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(c => c.SubscriberId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ImportPreset> builder)
    {
        builder.ToTable("ImportPresets");
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.Property(p => p.HeadersHash).HasMaxLength(64);
        builder.Property(p => p.DefaultRegion).HasMaxLength(3);
        builder.HasIndex(p => p.Name).IsUnique();
        builder.HasIndex(p => p.HeadersHash);
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
