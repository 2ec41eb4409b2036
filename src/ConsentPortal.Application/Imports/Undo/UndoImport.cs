using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports.Undo;

/// <summary>What taking an import back has done. What changed since the import is kept, because somebody meant it.</summary>
/// <param name="Retracted">Consents and requests that rested on the import.</param>
/// <param name="Restored">Values put back.</param>
/// <param name="KeptValues">Values that were changed again since.</param>
/// <param name="Removed">People whom the import had added and who have done nothing since.</param>
/// <param name="KeptPeople">People whom the import had added and with whom something has happened since: they stay, without its consent.</param>
/// <param name="KeptRefusals">A "no" of the list stays in force: only the person can lift it.</param>
public sealed record ImportUndone(int Retracted, int Restored, int KeptValues, int Removed, int KeptPeople, int KeptRefusals)
{
    public static ImportUndone Nothing { get; } = new(0, 0, 0, 0, 0, 0);

    public static ImportUndone operator +(ImportUndone left, ImportUndone right) => new(
        left.Retracted + right.Retracted, left.Restored + right.Restored, left.KeptValues + right.KeptValues, left.Removed + right.Removed,
        left.KeptPeople + right.KeptPeople, left.KeptRefusals + right.KeptRefusals);
}

/// <summary>
/// Takes an import back within 30 days, value by value: its consents end, what it replaced is put back, whom it added goes.
/// It never lifts a withdrawal and never touches what was changed since. Stopped half way, it is simply run again.
/// </summary>
public sealed class UndoImport(PortalDatabase database, ConsentRetraction consents, ValueRestoration values, PeopleRemoval people, TimeProvider clock)
{
    /// <summary>How long after its start an import can be taken back.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    public async Task<Result<ImportUndone>> ExecuteAsync(Actor actor, ImportBatchId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        var begun = await database.WriteAsync(db => BeginAsync(db, actor, id, reason, now, cancellationToken), cancellationToken);
        if (!begun.IsSuccess)
            return begun.Failure;
        var undo = new ImportUndo(actor, id, reason, now) { Policy = await PolicyAsync(now, cancellationToken) };
        var done = await consents.RetractAsync(undo, cancellationToken) + await values.RestoreAsync(undo, cancellationToken) + await people.RemoveAsync(undo, cancellationToken);
        await database.WriteAsync(db => EndAsync(db, undo, done, cancellationToken), cancellationToken);
        return done;
    }

    private static async Task<Result<Done>> BeginAsync(PortalDbContext db, Actor actor, ImportBatchId id, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var batch = await db.ImportBatches.FindAsync([id], cancellationToken);
        if (batch is null)
            return new ImportUnknown();
        if (batch.State == ImportState.Undone)
            return new ImportUndoneAlready();
        if (batch.State is not (ImportState.Finished or ImportState.Stopped))
            return new ImportNotEnded();
        if (now - batch.StartedAt > Window)
            return new ImportTooOld();
        db.Audit(actor, now, new AuditFact("import.undoing", "import", id.ToString(), Reason: reason));
        return Done.Value;
    }

    private async Task<int> PolicyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return (await ActivePolicy.AtAsync(db, now, cancellationToken)).Number;
    }

    private static async Task EndAsync(PortalDbContext db, ImportUndo undo, ImportUndone done, CancellationToken cancellationToken)
    {
        var batch = await db.ImportBatches.SingleAsync(b => b.Id == undo.BatchId, cancellationToken);
        var before = new Dictionary<string, object?> { ["state"] = batch.State };
        (batch.State, batch.UndoneAt, batch.UndoneBy) = (ImportState.Undone, undo.Now, undo.Actor.Name);
        db.Audit(undo.Actor, undo.Now, new AuditFact("import.undone", "import", undo.BatchId.ToString(), Reason: undo.Reason, Before: before, After: new Dictionary<string, object?>
        {
            ["state"] = batch.State, ["retracted"] = done.Retracted, ["restored"] = done.Restored, ["keptValues"] = done.KeptValues, ["removed"] = done.Removed, ["keptPeople"] = done.KeptPeople,
            ["keptRefusals"] = done.KeptRefusals,
        }));
    }
}

/// <summary>One undoing of one import.</summary>
internal sealed record ImportUndo(Actor Actor, ImportBatchId BatchId, string Reason, DateTimeOffset Now)
{
    /// <summary>People or values in one transaction: short enough for others to write in between.</summary>
    public const int AtOnce = 500;

    // Why it was taken back stands once, with the import: in the entries of thousands of people it could name any of them, for good.
    private const string OfPerson = "Import taken back";

    /// <summary>The version that governs when it begins.</summary>
    public required int Policy { get; init; }

    public AuditEntry Entry(string action, SubscriberId subscriber, Dictionary<string, object?> after, Dictionary<string, object?>? before = null) =>
        AuditTrail.Entry(Actor, Now, new AuditFact(action, "subscriber", subscriber.ToString(), subscriber, OfPerson, before, new Dictionary<string, object?>(after) { ["import"] = BatchId.ToString() }, Policy));
}

public sealed record ImportUndoneAlready() : Failure("This import has been taken back already. Nothing was changed.");

public sealed record ImportNotEnded() : Failure("This import is still running, or never ran, so there is nothing to take back. Stop it first, or decline it.");

public sealed record ImportTooOld() : Failure(
    "An import can be taken back for 30 days, and this one is older. Nothing was changed; correct single people on their own pages, or import a corrected list.");
