using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>One run of one import, and its own row: begun before the first batch, counted with each, ended after the last.</summary>
internal sealed record ImportRun(Actor Actor, ImportBatchId BatchId, ImportTerms Terms, ImportFile File, PolicyVersion Policy, DateTimeOffset Now)
{
    private const int LongestFileName = 255;

    public async Task<Result<Done>> BeginAsync(PortalDbContext db, ColumnMap map, CancellationToken cancellationToken)
    {
        if (await db.ImportBatches.FindAsync([BatchId], cancellationToken) is { } approved)
        {
            // Approved once, run once.
            if (approved.State != ImportState.WaitingForApproval || approved.ApprovedAt is null)
                return new ImportNotWaiting();
            if (approved.FileHash != File.Hash)
                return new ImportFileChanged();
            (approved.State, approved.WaitingFile) = (ImportState.Running, null);
            approved.Count(ImportSummary.Zero);
        }
        else
        {
            db.ImportBatches.Add(NewBatch(map));
        }

        var known = await db.AttributeDefinitions.AsNoTracking().ToDictionaryAsync(a => a.Name, a => a.Type, StringComparer.OrdinalIgnoreCase, cancellationToken);
        foreach (var column in map.AttributeColumns)
        {
            if (!known.TryGetValue(column.Attribute, out var type))
                db.AttributeDefinitions.Add(column.Definition);
            else if (column.Type is { } said && said != type)
                return new AttributeOfOtherType(column.Attribute, type.ToString().ToLowerInvariant());
        }

        db.Audit(Actor, Now, new AuditFact("import.started", "import", BatchId.ToString(), After: new Dictionary<string, object?>
        {
            ["fileHash"] = File.Hash, ["rows"] = File.Rows, ["columns"] = map.Columns.Keys.Order(StringComparer.Ordinal),
            ["purpose"] = Terms.Purpose?.Id.ToString(), ["wording"] = Terms.Wording?.Hash, ["asksForDoubleOptIn"] = Terms.AsksForDoubleOptIn,
        }));
        return Done.Value;
    }

    private ImportBatch NewBatch(ColumnMap map) => new()
    {
        Id = BatchId, FileName = File.Name.Length > LongestFileName ? File.Name[..LongestFileName] : File.Name, FileHash = File.Hash, ColumnMap = map.ToString(),
        PurposeId = Terms.Purpose?.Id, WordingId = Terms.Wording?.Id, AsksForDoubleOptIn = Terms.AsksForDoubleOptIn, State = ImportState.Running,
        StartedById = Actor.Kind == ActorKind.Staff && Guid.TryParse(Actor.Id, out var staff) ? staff : null, StartedBy = Actor.Name, StartedAt = Now,
    };

    /// <summary>Marks the wording as shown to somebody, after which nothing of it may change.</summary>
    public Task UseWordingAsync(PortalDbContext db, CancellationToken cancellationToken) => db.Wordings
        .Where(w => w.Id == Terms.Wording!.Id && w.FirstUsedAt == null)
        .ExecuteUpdateAsync(w => w.SetProperty(x => x.FirstUsedAt, Now), cancellationToken);

    public async Task CountAsync(PortalDbContext db, ImportSummary summary, CancellationToken cancellationToken)
    {
        (await db.ImportBatches.SingleAsync(b => b.Id == BatchId, cancellationToken)).Count(summary);
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
