using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>The lists at work in this process. What is not whole when the portal stops is taken away, so that a list is always all of its people.</summary>
public sealed class FreezeRuns(FreezeSegment freeze, ILogger<FreezeRuns> log) : BackgroundRuns<RunningFreeze, FreezeProgress>(log)
{
    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<RunningFreeze> All => [.. Running.OrderBy(run => run.Name, StringComparer.CurrentCulture)];

    /// <returns>At once; what came of it is known when it has ended.</returns>
    public RunningFreeze Start(Actor actor, SegmentRule rule, string name)
    {
        actor.Require(Permissions.EditSegments);
        var run = new RunningFreeze(name.Trim());
        TryStart(run, () => WorkAsync(actor, rule, run));
        return run;
    }

    public static void Stop(Actor actor, RunningFreeze run)
    {
        actor.Require(Permissions.EditSegments);
        run.Cancel();
    }

    protected override Failure Stopped(RunningFreeze run) => new FreezeStopped();

    protected override Failure Broke() => new FreezeBroke();

    private async Task<Failure?> WorkAsync(Actor actor, SegmentRule rule, RunningFreeze run)
    {
        var made = await freeze.ExecuteAsync(actor, rule, run.Name, run.Report, run.Stop);
        if (made.TryGet(out var list, out var failure))
            run.List = list;
        return failure;
    }
}

public sealed record FreezeStopped() : Failure("The list was stopped before all of its people were written. Nothing of it was kept.");

public sealed record FreezeBroke() : Failure("The list ended because of an error, which is in the log. Nothing of it is kept; make it again.");
