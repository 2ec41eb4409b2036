using System.Collections.Concurrent;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>
/// The simulation at work in this process, by the version of its draft. It goes on when its page is closed, and leaves
/// nothing when the portal stops; its result is the draft's.
/// </summary>
public sealed partial class SimulationRuns(SimulatePolicy simulate, ILogger<SimulationRuns> log) : IHostedService
{
    private readonly ConcurrentDictionary<int, RunningSimulation> _running = new();

    /// <param name="seenHash">Of the draft on the screen.</param>
    /// <returns>As soon as it judges texts, or why it did not begin.</returns>
    public async Task<Result<RunningSimulation>> StartAsync(Actor actor, int version, string seenHash)
    {
        actor.Require(Permissions.EditPolicy);
        var run = new RunningSimulation();
        if (!_running.TryAdd(version, run))
        {
            run.Dispose();
            return new SimulationRunsAlready();
        }

        run.Work = Task.Run(() => WorkAsync(actor, version, seenHash, run), CancellationToken.None);
        return await run.Begun.Task is { } refused ? refused : run;
    }

    /// <returns>Null where none is at work, or one in another process.</returns>
    public RunningSimulation? Find(int version) => _running.GetValueOrDefault(version);

    public void Stop(Actor actor, int version)
    {
        actor.Require(Permissions.EditPolicy);
        Find(version)?.Cancel();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var run in _running.Values)
            run.Cancel();
        await Task.WhenAll(_running.Values.Select(run => run.Work)).WaitAsync(cancellationToken);
    }

    private async Task WorkAsync(Actor actor, int version, string seenHash, RunningSimulation run)
    {
        try
        {
            run.Failure = (await simulate.ExecuteAsync(actor, version, seenHash, run, run.Stop)).Failure;
        }
        catch (OperationCanceledException)
        {
            run.Failure = new SimulationStopped();
        }
        catch (Exception problem)
        {
            // The work belongs to no request, so nobody else would hear of it.
            SimulationFailed(log, problem, version);
            run.Failure = new SimulationBroke();
        }
        finally
        {
            _running.TryRemove(version, out _);
            run.Begun.TrySetResult(run.Failure);
            run.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The simulation of policy version {Version} failed")]
    private static partial void SimulationFailed(ILogger log, Exception problem, int version);
}

public sealed record SimulationStopped() : Failure("The simulation was stopped. Nothing of it was kept.");

public sealed record SimulationBroke() : Failure("The simulation ended because of an error, which is in the log. Nothing of it was kept; simulate again.");
