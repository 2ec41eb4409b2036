using System.Collections.Concurrent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>
/// The lists at work in this process. They go on when their page is closed; what is not whole when the portal stops is taken away, so that a list is always all of
/// its people.
/// </summary>
public sealed partial class FreezeRuns(FreezeSegment freeze, ILogger<FreezeRuns> log) : IHostedService
{
    private readonly ConcurrentDictionary<RunningFreeze, bool> _running = new();

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<RunningFreeze> All => [.. _running.Keys.OrderBy(run => run.Name, StringComparer.CurrentCulture)];

    /// <returns>At once; what came of it is known when it has ended.</returns>
    public RunningFreeze Start(Actor actor, SegmentRule rule, string name)
    {
        actor.Require(Permissions.EditSegments);
        var run = new RunningFreeze(name.Trim());
        _running[run] = true;
        run.Work = Task.Run(() => WorkAsync(actor, rule, run), CancellationToken.None);
        return run;
    }

    public static void Stop(Actor actor, RunningFreeze run)
    {
        actor.Require(Permissions.EditSegments);
        run.Cancel();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var run in _running.Keys)
            run.Cancel();
        await Task.WhenAll(_running.Keys.Select(run => run.Work)).WaitAsync(cancellationToken);
    }

    private async Task WorkAsync(Actor actor, SegmentRule rule, RunningFreeze run)
    {
        try
        {
            var made = await freeze.ExecuteAsync(actor, rule, run.Name, run.Report, run.Stop);
            (run.List, run.Failure) = made.TryGet(out var id, out var failure) ? (id, null) : ((SegmentId?)null, failure);
        }
        catch (OperationCanceledException)
        {
            run.Failure = new FreezeStopped();
        }
        catch (Exception problem)
        {
            // The work belongs to no request, so nobody else would hear of it.
            FreezeFailed(log, problem);
            run.Failure = new FreezeBroke();
        }
        finally
        {
            _running.TryRemove(run, out _);
            run.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Keeping the people of a rule as a list failed")]
    private static partial void FreezeFailed(ILogger log, Exception problem);
}

public sealed record FreezeStopped() : Failure("The list was stopped before all of its people were written. Nothing of it was kept.");

public sealed record FreezeBroke() : Failure("The list ended because of an error, which is in the log. Nothing of it is kept; make it again.");
