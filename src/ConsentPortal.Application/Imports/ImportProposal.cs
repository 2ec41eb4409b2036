using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Imports;

/// <summary>What an import would do, row by row, without writing.</summary>
public static class ImportProposal
{
    // Enough to share the cost of a look-up; nothing is kept of them.
    private const int RowsAtOnce = 1_000;

    private const int BatchesAhead = 2;

    /// <summary>The proposal for a portal that has no database yet: nobody is known, and there is no purpose to choose.</summary>
    public static async Task<Result<ImportSummary>> WithoutDatabaseAsync(
        Actor actor, ImportRequest request, long largestFile, DateTimeOffset now, ImportWatch watch, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        if (!(await ImportWork.PrepareAsync(request, largestFile, now, cancellationToken)).TryGet(out var work, out var failure))
            return failure;
        return await MakeAsync(work, ImportTerms.None, now, watch, _ => Task.FromResult(KnownPeople.Nobody), cancellationToken);
    }

    internal static async Task<ImportSummary> MakeAsync(
        ImportWork work, ImportTerms terms, DateTimeOffset now, ImportWatch watch, Func<IReadOnlyList<ImportRow>, Task<KnownPeople>> load, CancellationToken cancellationToken)
    {
        var judge = new RowJudge(work.Numbers, terms, now);
        watch.LongestRun?.Invoke(work.Numbers.LongestRun);
        var summary = ImportSummary.Zero;
        await foreach (var rows in work.RowsAsync(RowsAtOnce, cancellationToken).AheadAsync(BatchesAhead, cancellationToken))
        {
            var people = await load(rows);
            foreach (var outcome in rows.Select(row => judge.Judge(row, people)))
            {
                summary = summary.With(outcome);
                watch.Row?.Invoke(outcome);
            }

            watch.Progress?.Invoke(new ImportProgress(summary.Total, work.File.Rows));
        }

        return summary;
    }
}
