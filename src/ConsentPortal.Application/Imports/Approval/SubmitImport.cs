using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Imports.Approval;

/// <summary>
/// Lays a list that is too large for one person's word before a second one: the file waits, with what the import would do,
/// until somebody else approves or declines it, for a week at most.
/// </summary>
public sealed class SubmitImport(PortalDatabase database, PortalFolders folders, IOptions<ImportOptions> options, TimeProvider clock)
{
    /// <summary>How long a list waits; after that it is declined by itself and its file deleted.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromDays(7);

    private const int LongestFileName = 255;

    /// <summary>Whether a member of staff needs a second person for a list of so many rows.</summary>
    public bool IsNeeded(int rows) => rows > options.Value.ApprovalAbove;

    /// <param name="proposal">What the import would do, as judged from this very file; its counts stand on the page until the import has run.</param>
    public async Task<Result<ImportBatchId>> ExecuteAsync(Actor actor, ImportRequest request, ImportSummary proposal, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        var now = clock.GetUtcNow();
        if (!(await ImportFile.OpenAsync(request.FilePath, request.FileName, options.Value.LargestFile, cancellationToken)).TryGet(out var file, out var failure))
            return failure;
        await ExpireAsync(now, cancellationToken);
        var id = ImportBatchId.New(now);
        var name = $"{id.Value:N}{WaitingFiles.Ending}";
        File.Move(request.FilePath, WaitingFiles.PathOf(folders, name));
        await database.WriteAsync(
            db =>
            {
                db.ImportBatches.Add(Batch(actor, request, file, id, name, proposal, now));
                db.Audit(actor, now, new AuditFact("import.submitted", "import", id.ToString(), After: new Dictionary<string, object?>
                {
                    ["fileHash"] = file.Hash, ["rows"] = file.Rows, ["new"] = proposal.New, ["update"] = proposal.Update, ["purpose"] = request.PurposeId?.ToString(),
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return id;
    }

    private static ImportBatch Batch(Actor actor, ImportRequest request, ImportFile file, ImportBatchId id, string waiting, ImportSummary proposal, DateTimeOffset now)
    {
        var batch = new ImportBatch
        {
            Id = id, FileName = file.Name.Length > LongestFileName ? file.Name[..LongestFileName] : file.Name, FileHash = file.Hash, ColumnMap = request.Map.ToString(),
            PurposeId = request.PurposeId, WordingId = request.WordingId, DefaultRegion = request.DefaultRegion, AsksForDoubleOptIn = request.AsksForDoubleOptIn,
            State = ImportState.WaitingForApproval, StartedById = Guid.TryParse(actor.Id, out var staff) ? staff : null, StartedBy = actor.Name, StartedAt = now, WaitingFile = waiting,
        };
        batch.Count(proposal);
        return batch;
    }

    private async Task ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - Wait;
        var files = await database.WriteAsync(
            async db =>
            {
                var forgotten = await db.ImportBatches.Where(b => b.State == ImportState.WaitingForApproval && b.StartedAt < oldest).ToListAsync(cancellationToken);
                foreach (var batch in forgotten)
                {
                    db.Audit(Actor.Job("imports"), now, new AuditFact("import.declined", "import", batch.Id.ToString(), Reason: "Nobody decided within a week."));
                    batch.State = ImportState.Declined;
                }

                return forgotten.ConvertAll(b => b.WaitingFile!);
            },
            cancellationToken);
        foreach (var file in files)
            File.Delete(WaitingFiles.PathOf(folders, file));
    }
}

/// <summary>Lists that wait for a second person, beside the uploads; another ending keeps them from being swept away with forgotten ones.</summary>
internal static class WaitingFiles
{
    public const string Ending = ".waiting";

    public static string PathOf(PortalFolders folders, string name) => Path.Combine(folders.Uploads, Path.GetFileName(name));
}
