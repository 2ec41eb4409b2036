using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>A simulation at work, as the page of its draft sees it.</summary>
public sealed class RunningSimulation() : BackgroundRun<SimulationProgress>(new SimulationProgress(0, 0)), IProgress<SimulationProgress>
{
    /// <summary>Done as soon as texts are judged, or with why they are not.</summary>
    public TaskCompletionSource<Failure?> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    void IProgress<SimulationProgress>.Report(SimulationProgress value)
    {
        Report(value);
        Begun.TrySetResult(null);
    }
}
