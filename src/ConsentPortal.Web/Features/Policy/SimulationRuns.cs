using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>The simulations at work in this process, one for the version of a draft. A stopped one leaves nothing; a result is the draft's.</summary>
public sealed class SimulationRuns(SimulatePolicy simulate, ILogger<SimulationRuns> log) : BackgroundRuns<RunningSimulation, SimulationProgress>(log)
{
    /// <param name="seenHash">Of the draft on the screen.</param>
    /// <returns>As soon as it judges texts, or why it did not begin.</returns>
    public async Task<Result<RunningSimulation>> StartAsync(Actor actor, int version, string seenHash)
    {
        actor.Require(Permissions.EditPolicy);
        var run = new RunningSimulation(version);
        if (!TryStart(run, async () => (await simulate.ExecuteAsync(actor, version, seenHash, run, run.Stop)).Failure, other => other.Version == version))
            return new SimulationRunsAlready();
        await run.Begun;
        return run.Failure is { } refused ? refused : run;
    }

    /// <returns>Null where none is at work, or one in another process.</returns>
    public RunningSimulation? Find(int version) => Running.FirstOrDefault(run => run.Version == version);

    public void Stop(Actor actor, int version)
    {
        actor.Require(Permissions.EditPolicy);
        Find(version)?.Cancel();
    }

    protected override Failure Stopped(RunningSimulation run) => new SimulationStopped();

    protected override Failure Broke() => new SimulationBroke();
}

public sealed record SimulationStopped() : Failure("The simulation was stopped. Nothing of it was kept.");

public sealed record SimulationBroke() : Failure("The simulation ended because of an error, which is in the log. Nothing of it was kept; simulate again.");
