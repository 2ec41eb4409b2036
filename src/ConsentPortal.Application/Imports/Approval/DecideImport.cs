using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports.Approval;

/// <summary>The second person's word on a large list. Whoever brought it can't give it.</summary>
public sealed class DecideImport(PortalDatabase database, PortalFolders folders, TimeProvider clock)
{
    /// <returns>What to run now, as the person who approved it.</returns>
    public Task<Result<ImportRequest>> ApproveAsync(Actor actor, ImportBatchId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveImports);
        return DecideAsync<ImportRequest>(
            actor, id, null,
            (batch, now) =>
            {
                if (!ColumnMap.Parse(batch.ColumnMap).TryGet(out var map, out var failure))
                    return failure;
                (batch.ApprovedBy, batch.ApprovedAt) = (actor.Name, now);
                return new ImportRequest(
                    WaitingFiles.PathOf(folders, batch.WaitingFile!), batch.FileName, map, batch.DefaultRegion, batch.PurposeId, batch.WordingId, batch.AsksForDoubleOptIn, batch.Id);
            },
            cancellationToken);
    }

    /// <param name="reason">For the person who brought the list.</param>
    public async Task<Result<Done>> DeclineAsync(Actor actor, ImportBatchId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveImports);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var declined = await DecideAsync<string>(
            actor, id, reason,
            (batch, _) =>
            {
                batch.State = ImportState.Declined;
                return batch.WaitingFile!;
            },
            cancellationToken);
        if (!declined.TryGet(out var file, out var failure))
            return failure;
        File.Delete(WaitingFiles.PathOf(folders, file));
        return Done.Value;
    }

    private Task<Result<T>> DecideAsync<T>(Actor actor, ImportBatchId id, string? reason, Func<ImportBatch, DateTimeOffset, Result<T>> decide, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync<Result<T>>(
            async db =>
            {
                var batch = await db.ImportBatches.FindAsync([id], cancellationToken);
                if (batch is null)
                    return new ImportUnknown();
                if (batch.State != ImportState.WaitingForApproval || batch.ApprovedAt is not null || !File.Exists(WaitingFiles.PathOf(folders, batch.WaitingFile!)))
                    return new ImportNotWaiting();
                if (batch.StartedById is { } starter && string.Equals(starter.ToString(), actor.Id, StringComparison.OrdinalIgnoreCase))
                    return new OwnImport();
                var before = new Dictionary<string, object?> { ["state"] = batch.State, ["approvedAt"] = batch.ApprovedAt };
                var decided = decide(batch, now);
                if (decided.IsSuccess)
                    db.Audit(actor, now, new AuditFact(reason is null ? "import.approved" : "import.declined", "import", id.ToString(), Reason: reason,
                        Before: before, After: new Dictionary<string, object?> { ["state"] = batch.State, ["approvedAt"] = batch.ApprovedAt }));
                return decided;
            },
            cancellationToken);
    }
}

public sealed record ImportNeedsApproval(int Rows, int Limit) : Failure(
    $"The list has {Rows:N0} rows, and above {Limit:N0} a second person has to agree. Nothing was imported; submit it for approval.");

public sealed record ImportNotWaiting() : Failure("This import does not wait for approval any more. Nothing was changed; load the page again.");

public sealed record OwnImport() : Failure("You brought this list yourself, so somebody else has to approve it. Nothing was changed.");

public sealed record ImportFileChanged() : Failure("The waiting file is not the one that was approved. Nothing was imported; bring the list again.");
