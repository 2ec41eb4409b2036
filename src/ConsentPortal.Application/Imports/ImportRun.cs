using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>One run of one import, and its own row: begun before the first batch, counted with each, ended after the last.</summary>
internal sealed record ImportRun(Actor Actor, ImportBatchId BatchId, ImportTerms Terms, ImportFile File, DateTimeOffset Now)
{
    private const int LongestFileName = 255;
    private const int LongestAttributeName = 60;

    public async Task BeginAsync(PortalDbContext db, ColumnMap map, CancellationToken cancellationToken)
    {
        db.ImportBatches.Add(new ImportBatch
        {
            Id = BatchId, FileName = File.Name.Length > LongestFileName ? File.Name[..LongestFileName] : File.Name, FileHash = File.Hash, ColumnMap = map.ToString(),
            PurposeId = Terms.Purpose?.Id, WordingId = Terms.Wording?.Id, State = ImportState.Running, StartedBy = Actor.Name, StartedAt = Now,
        });
        var known = await db.AttributeDefinitions.Select(a => a.Name).ToListAsync(cancellationToken);
        foreach (var name in map.Attributes.Select(a => a.Attribute).Except(known, StringComparer.OrdinalIgnoreCase))
            db.AttributeDefinitions.Add(new AttributeDefinition { Name = name[..Math.Min(name.Length, LongestAttributeName)], Type = AttributeType.Text });
        db.Audit(Actor, Now, new AuditFact("import.started", "import", BatchId.ToString(), After: new Dictionary<string, object?>
        {
            ["fileHash"] = File.Hash, ["rows"] = File.Rows, ["columns"] = map.Columns.Keys.Order(StringComparer.Ordinal),
            ["purpose"] = Terms.Purpose?.Id.ToString(), ["wording"] = Terms.Wording?.Hash, ["asksForDoubleOptIn"] = Terms.AsksForDoubleOptIn,
        }));
    }

    /// <summary>Marks the wording as shown to somebody, after which nothing of it may change.</summary>
    public Task UseWordingAsync(PortalDbContext db, CancellationToken cancellationToken) => db.Wordings
        .Where(w => w.Id == Terms.Wording!.Id && w.FirstUsedAt == null)
        .ExecuteUpdateAsync(w => w.SetProperty(x => x.FirstUsedAt, Now), cancellationToken);

    public async Task CountAsync(PortalDbContext db, ImportSummary summary, CancellationToken cancellationToken)
    {
        var batch = await db.ImportBatches.SingleAsync(b => b.Id == BatchId, cancellationToken);
        (batch.Total, batch.New, batch.Update, batch.Unchanged) = (summary.Total, summary.New, summary.Update, summary.Unchanged);
        (batch.Duplicate, batch.Invalid, batch.Refused) = (summary.Duplicate, summary.Invalid, summary.Refused);
        (batch.NeedsDoubleOptIn, batch.WithoutProof) = (summary.NeedsDoubleOptIn, summary.WithoutProof);
    }

    public async Task EndAsync(PortalDbContext db, ImportSummary summary, bool isComplete, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var batch = await db.ImportBatches.SingleAsync(b => b.Id == BatchId, cancellationToken);
        (batch.State, batch.FinishedAt) = (isComplete ? ImportState.Finished : ImportState.Stopped, isComplete ? at : null);
        db.Audit(Actor, at, new AuditFact(isComplete ? "import.finished" : "import.stopped", "import", BatchId.ToString(), After: new Dictionary<string, object?>
        {
            ["total"] = summary.Total, ["new"] = summary.New, ["update"] = summary.Update, ["unchanged"] = summary.Unchanged, ["duplicate"] = summary.Duplicate,
            ["invalid"] = summary.Invalid, ["refused"] = summary.Refused, ["needsDoubleOptIn"] = summary.NeedsDoubleOptIn, ["withoutProof"] = summary.WithoutProof,
        }));
    }
}
