using System.Data.Common;
using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Imports.Approval;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Takes a list into the portal: every row in its own right, in transactions of some thousand. Running the same file again
/// changes nothing, so a run that was stopped is simply repeated.
/// </summary>
public sealed class ImportSubscribers(
    PortalDatabase database, SubscriberFactory factory, SubscriberVault vault, SubjectKeys keys, LookupHash hashes, IOptions<ImportOptions> options, Leases leases, TimeProvider clock)
{
    // Small, so that what one leaves behind is gone before the collector comes to keep it, and a writer who waits for the
    // transaction of an import waits for one of them.
    private const int PreparedAtOnce = 500;

    // Together with the one being written and the one in the making: memory stays flat however long the list.
    private const int BatchesAhead = 2;

    // The last digits of the number, two names and how they begin.
    private const int WordsOfPerson = 5;

    /// <summary>Reads the file's columns and size; refuses what can't be read, before anything is asked about it.</summary>
    public Task<Result<ImportFile>> OpenAsync(Actor actor, string path, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        return ImportFile.OpenAsync(path, name, options.Value.LargestFile, cancellationToken);
    }

    /// <summary>What a run would do; writes nothing.</summary>
    public async Task<Result<ImportSummary>> ProposeAsync(Actor actor, ImportRequest request, ImportWatch watch, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        var now = clock.GetUtcNow();
        if (!(await ImportTermsReader.ReadAsync(database, request, cancellationToken)).TryGet(out var terms, out var failure))
            return failure;
        if (!(await ImportWork.PrepareAsync(request, options.Value.LargestFile, now, cancellationToken)).TryGet(out var work, out failure))
            return failure;
        return await ImportProposal.MakeAsync(work, terms, now, watch, LoadAsync, cancellationToken);

        async Task<KnownPeople> LoadAsync(IReadOnlyList<ImportRow> rows)
        {
            await using var db = database.Open();
            return await KnownAsync(db, rows, request.Map, toChange: false, cancellationToken);
        }
    }

    /// <summary>Runs the import and commits it batch by batch; what was committed before a cancellation stays.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the audit trail says after how many rows.</exception>
    public Task<Result<ImportResult>> ExecuteAsync(Actor actor, ImportRequest request, ImportWatch watch, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        return RunAsync(actor, request, watch, cancellationToken);
    }

    /// <summary>The same for a list that waited and that the actor has approved.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the audit trail says after how many rows.</exception>
    public Task<Result<ImportResult>> ExecuteApprovedAsync(Actor actor, ImportRequest request, ImportWatch watch, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveImports);
        return RunAsync(actor, request, watch, cancellationToken);
    }

    private async Task<Result<ImportResult>> RunAsync(Actor actor, ImportRequest request, ImportWatch watch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!(await ImportTermsReader.ReadAsync(database, request, cancellationToken)).TryGet(out var terms, out var failure))
            return failure;
        if (!(await ImportWork.PrepareAsync(request, options.Value.LargestFile, now, cancellationToken)).TryGet(out var work, out failure))
            return failure;
        if (request.ApprovedBatch is null && actor.Kind == ActorKind.Staff && work.File.Rows > options.Value.ApprovalAbove)
            return new ImportNeedsApproval(work.File.Rows, options.Value.ApprovalAbove);
        var run = new ImportRun(actor, request.ApprovedBatch ?? ImportBatchId.New(now), terms, work.File, await PolicyAsync(now, cancellationToken), now);
        var lease = new WorkLease(leases, clock, EndOrphanedImports.LeaseOf(run.BatchId));
        // Before the row says that it runs: nobody may take it for an orphan in between.
        await lease.HoldAsync(cancellationToken);
        try
        {
            var begun = await database.WriteAsync(db => run.BeginAsync(db, request.Map, cancellationToken), cancellationToken);
            if (!begun.IsSuccess)
                return begun.Failure;
            watch.Begun?.Invoke(run.BatchId);
            return new ImportResult(run.BatchId, await WorkAsync(run, work, lease, request.Map, watch, cancellationToken));
        }
        finally
        {
            await lease.ReleaseAsync();
        }
    }

    private async Task<ImportSummary> WorkAsync(ImportRun run, ImportWork work, WorkLease lease, ColumnMap map, ImportWatch watch, CancellationToken cancellationToken)
    {
        var summary = ImportSummary.Zero;
        try
        {
            await using var batches = PrepareAsync(run, work, map, cancellationToken).AheadAsync(BatchesAhead, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await batches.MoveNextAsync())
            {
                await lease.HoldAsync(cancellationToken);
                var judged = await WriteAsync(run, work, batches, map, summary, cancellationToken);
                summary = Report(judged, summary, work.File.Rows, watch);
            }
        }
        catch (Exception)
        {
            // What was committed is true whether or not somebody still waits for it, and whatever went wrong after it.
            await StopAsync(run, summary);
            throw;
        }

        await database.WriteAsync(db => run.EndAsync(db, summary, isComplete: true, clock.GetUtcNow(), CancellationToken.None), CancellationToken.None);
        return summary;
    }

    private async Task StopAsync(ImportRun run, ImportSummary summary)
    {
        try
        {
            await database.WriteAsync(db => run.EndAsync(db, summary, isComplete: false, clock.GetUtcNow(), CancellationToken.None), CancellationToken.None);
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            // The database is what failed: whoever asked hears of the first failure, and the import is ended once it can be written.
        }
    }

    private async Task<PolicyVersion> PolicyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await ActivePolicy.AtAsync(db, now, cancellationToken);
    }

    /// <summary>Reads, judges and finishes batches before their turn: hashing and sealing need no lock.</summary>
    private async IAsyncEnumerable<PreparedBatch> PrepareAsync(ImportRun run, ImportWork work, ColumnMap map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var maker = new ImportRowMaker(factory, keys, run);
        // One connection for all of them: otherwise the next commit might get this one, with none of the pages that the last one kept.
        await using var db = database.Open();
        await db.OpenToReadOnceAsync(cancellationToken);
        await foreach (var rows in work.RowsAsync(Math.Min(PreparedAtOnce, options.Value.RowsAtOnce), cancellationToken))
        {
            var people = await KnownAsync(db, rows, map, toChange: false, cancellationToken);
            yield return PreparedBatch.Of(Judge(run, work, rows, people), people, maker);
        }
    }

    /// <summary>Commits the present batch, and those after it for as long as nobody else wants to write and the transaction is not too large.</summary>
    private Task<List<RowOutcome>> WriteAsync(
        ImportRun run, ImportWork work, IAsyncEnumerator<PreparedBatch> batches, ColumnMap map, ImportSummary before, CancellationToken cancellationToken)
    {
        var taken = new List<PreparedBatch> { batches.Current };
        return database.WriteAsJobAsync(
            async db =>
            {
                await db.ExpectManyRowsAsync(cancellationToken);
                var outcomes = new List<RowOutcome>(options.Value.RowsAtOnce);
                var words = new List<SearchWord>(WordsOfPerson * options.Value.RowsAtOnce);
                for (var i = 0; i < taken.Count; i++)
                {
                    outcomes.AddRange(await WriteAsync(db, run, work, taken[i], words, map, cancellationToken));
                    // A second try begins from the rows: the first one may have given ids to what it made.
                    taken[i] = taken[i] with { Made = null };
                    if (i == taken.Count - 1 && outcomes.Count < options.Value.RowsAtOnce && database.IsFreeToWriteOn && await batches.MoveNextAsync())
                        taken.Add(batches.Current);
                }

                await db.AddWordsAsync(words, cancellationToken);
                await run.CountAsync(db, outcomes.Aggregate(before, (counts, outcome) => counts.With(outcome)), cancellationToken);
                return outcomes;
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<RowOutcome>> WriteAsync(
        PortalDbContext db, ImportRun run, ImportWork work, PreparedBatch batch, List<SearchWord> words, ColumnMap map, CancellationToken cancellationToken)
    {
        // Where several can write at once, nobody else may add the same people between the look and the commit.
        if (db is not SqlitePortalDbContext)
            await OnePerNumber.HoldAsync(db, batch.NewNumbers.Select(hashes.Phone), cancellationToken);
        if (batch.IsStillTrue(db, out var made))
        {
            await made.WriteAsync(db, run, cancellationToken);
            words.AddRange(made.Words);
            return batch.Outcomes;
        }

        var people = await KnownAsync(db, batch.Rows, map, toChange: true, cancellationToken);
        var judged = Judge(run, work, batch.Rows, people);
        var changes = new ImportRowMaker(factory, keys, run).Make(judged, people);
        await changes.WriteAsync(db, run, cancellationToken);
        words.AddRange(changes.Words);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return judged.ConvertAll(j => j.Outcome);
    }

    private static List<(ImportRow Row, RowOutcome Outcome)> Judge(ImportRun run, ImportWork work, IReadOnlyList<ImportRow> rows, KnownPeople people)
    {
        var judge = new RowJudge(work.Numbers, run.Terms, run.Now);
        return [.. rows.Select(row => (row, judge.Judge(row, people)))];
    }

    private Task<KnownPeople> KnownAsync(PortalDbContext db, IReadOnlyList<ImportRow> rows, ColumnMap map, bool toChange, CancellationToken cancellationToken) =>
        KnownPeople.LoadAsync(
            db, hashes, vault, [.. rows.Select(row => row.Phone).OfType<PhoneNumber>().Distinct()], [.. map.AttributeColumns], toChange, cancellationToken);

    private static ImportSummary Report(IReadOnlyList<RowOutcome> outcomes, ImportSummary summary, int rows, ImportWatch watch)
    {
        foreach (var outcome in outcomes)
        {
            summary = summary.With(outcome);
            watch.Row?.Invoke(outcome);
        }

        watch.Progress?.Invoke(new ImportProgress(summary.Total, rows));
        return summary;
    }
}
