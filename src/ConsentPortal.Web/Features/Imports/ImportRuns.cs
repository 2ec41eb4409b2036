using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>The imports at work in this process. One that the portal's stop interrupts is completed by the same file.</summary>
public sealed class ImportRuns(ImportSubscribers import, ILogger<ImportRuns> log) : BackgroundRuns<RunningImport, ImportProgress>(log)
{
    /// <summary>Starts an import whose file is deleted at its end.</summary>
    /// <returns>The import's id as soon as it has one, or why it did not begin.</returns>
    public async Task<Result<ImportBatchId>> StartAsync(Actor actor, ImportRequest request)
    {
        actor.Require(Permissions.ImportSubscribers);
        var run = new RunningImport();
        TryStart(run, () => WorkAsync(actor, request, run));
        await run.Begun;
        return run.Batch is { } batch ? batch : run.Failure!;
    }

    /// <returns>Null for an import that has ended, or runs elsewhere.</returns>
    public RunningImport? Find(ImportBatchId id) => Running.FirstOrDefault(run => run.Batch == id);

    /// <summary>Of what was written before the stop, the import itself tells.</summary>
    protected override Failure? Stopped(RunningImport run) => run.Batch is null ? new ImportStopped() : null;

    protected override Failure Broke() => new ImportBroke();

    private async Task<Failure?> WorkAsync(Actor actor, ImportRequest request, RunningImport run)
    {
        try
        {
            var watch = new ImportWatch(Progress: run.Report, Begun: run.Begin);
            var outcome = request.ApprovedBatch is null
                ? await import.ExecuteAsync(actor, request, watch, run.Stop)
                : await import.ExecuteApprovedAsync(actor, request, watch, run.Stop);
            return outcome.Failure;
        }
        finally
        {
            ImportUploads.Delete(request.FilePath);
        }
    }
}

public sealed record ImportStopped() : Failure("The import was stopped before it wrote anything.");

public sealed record ImportBroke() : Failure(
    "The import ended because of an error, which is in the log. What it had written until then is kept; run the same file again to complete it.");
