using System.Collections.Concurrent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>
/// The imports at work in this process. They go on when their page is closed, and stop in order when the portal does; the
/// same file then completes them.
/// </summary>
public sealed partial class ImportRuns(ImportSubscribers import, ILogger<ImportRuns> log) : IHostedService
{
    private readonly ConcurrentDictionary<ImportBatchId, RunningImport> _running = new();

    /// <summary>Starts an import whose file is deleted at its end.</summary>
    /// <returns>The import's id as soon as it has one, or why it did not begin.</returns>
    public async Task<Result<ImportBatchId>> StartAsync(Actor actor, ImportRequest request)
    {
        actor.Require(Permissions.ImportSubscribers);
        var run = new RunningImport();
        var begun = new TaskCompletionSource<Result<ImportBatchId>>(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Work = Task.Run(() => WorkAsync(actor, request, run, begun), CancellationToken.None);
        return await begun.Task;
    }

    /// <returns>Null for an import that has ended, or runs elsewhere.</returns>
    public RunningImport? Find(ImportBatchId id) => _running.GetValueOrDefault(id);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var run in _running.Values)
            run.Cancel();
        await Task.WhenAll(_running.Values.Select(run => run.Work)).WaitAsync(cancellationToken);
    }

    private async Task WorkAsync(Actor actor, ImportRequest request, RunningImport run, TaskCompletionSource<Result<ImportBatchId>> begun)
    {
        ImportBatchId? id = null;
        try
        {
            var watch = new ImportWatch(Progress: run.Report, Begun: Begin);
            var outcome = request.ApprovedBatch is null
                ? await import.ExecuteAsync(actor, request, watch, run.Stop)
                : await import.ExecuteApprovedAsync(actor, request, watch, run.Stop);
            if (!outcome.TryGet(out _, out var failure))
                begun.TrySetResult(failure);
        }
        catch (OperationCanceledException)
        {
            begun.TrySetResult(new ImportStopped());
        }
        catch (Exception problem)
        {
            // The work belongs to no request, so nobody else would hear of it.
            ImportFailed(log, problem, id);
            run.Failure = new ImportBroke();
            begun.TrySetResult(run.Failure);
        }
        finally
        {
            ImportUploads.Delete(request.FilePath);
            if (id is { } ended)
                _running.TryRemove(ended, out _);
            run.Dispose();
        }

        void Begin(ImportBatchId batch)
        {
            id = batch;
            _running[batch] = run;
            begun.TrySetResult(batch);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {BatchId} failed")]
    private static partial void ImportFailed(ILogger log, Exception problem, ImportBatchId? batchId);
}

public sealed record ImportStopped() : Failure("The import was stopped before it wrote anything.");

public sealed record ImportBroke() : Failure(
    "The import ended because of an error, which is in the log. What it had written until then is kept; run the same file again to complete it.");
