using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Takes a list into the portal: every row in its own right, in transactions of a thousand. Running the same file again
/// changes nothing, so a run that was stopped is simply repeated.
/// </summary>
public sealed class ImportSubscribers(
    PortalDatabase database, SubscriberFactory factory, SubscriberVault vault, SubjectKeys keys, LookupHash hashes, IOptions<ImportOptions> options, TimeProvider clock)
{
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
            return await KnownAsync(db, rows, request.Map, cancellationToken);
        }
    }

    /// <summary>Runs the import and commits it batch by batch; what was committed before a cancellation stays.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the audit trail says after how many rows.</exception>
    public async Task<Result<ImportResult>> ExecuteAsync(Actor actor, ImportRequest request, ImportWatch watch, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        var now = clock.GetUtcNow();
        if (!(await ImportTermsReader.ReadAsync(database, request, cancellationToken)).TryGet(out var terms, out var failure))
            return failure;
        if (!(await ImportWork.PrepareAsync(request, options.Value.LargestFile, now, cancellationToken)).TryGet(out var work, out failure))
            return failure;
        var run = new ImportRun(actor, ImportBatchId.New(now), terms, work.File, now);
        await database.WriteAsync(db => run.BeginAsync(db, request.Map, cancellationToken), cancellationToken);
        watch.Begun?.Invoke(run.BatchId);
        var summary = ImportSummary.Zero;
        try
        {
            await foreach (var rows in work.RowsAsync(cancellationToken))
            {
                var judged = await WriteAsync(run, work, rows, request.Map, summary, cancellationToken);
                summary = Report(judged, summary, work.File.Rows, watch);
            }
        }
        catch (OperationCanceledException)
        {
            // What was committed is true whether or not somebody still waits for it.
            await database.WriteAsync(db => run.EndAsync(db, summary, isComplete: false, clock.GetUtcNow(), CancellationToken.None), CancellationToken.None);
            throw;
        }

        await database.WriteAsync(db => run.EndAsync(db, summary, isComplete: true, clock.GetUtcNow(), CancellationToken.None), CancellationToken.None);
        return new ImportResult(run.BatchId, summary);
    }

    private Task<IReadOnlyList<RowOutcome>> WriteAsync(
        ImportRun run, ImportWork work, IReadOnlyList<ImportRow> rows, ColumnMap map, ImportSummary before, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<RowOutcome>>(
            async db =>
            {
                var people = await KnownAsync(db, rows, map, cancellationToken);
                var judge = new RowJudge(work.Numbers, run.Terms, run.Now);
                var judged = rows.Select(row => (Row: row, Outcome: judge.Judge(row, people))).ToList();
                await new ImportWriter(db, factory, keys, run).WriteAsync(judged, people, cancellationToken);
                await run.CountAsync(db, judged.Aggregate(before, (counts, j) => counts.With(j.Outcome)), cancellationToken);
                return judged.ConvertAll(j => j.Outcome);
            },
            cancellationToken);

    private Task<KnownPeople> KnownAsync(PortalDbContext db, IReadOnlyList<ImportRow> rows, ColumnMap map, CancellationToken cancellationToken) =>
        KnownPeople.LoadAsync(
            db, hashes, vault, [.. rows.Select(row => row.Phone).OfType<PhoneNumber>().Distinct()], map.Attributes.Any(), cancellationToken);

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
