using ConsentPortal.Application.Policy;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>A simulation at work, as the page of its draft sees it. It has begun as soon as texts are judged.</summary>
/// <param name="version">Of the draft.</param>
public sealed class RunningSimulation(int version) : BackgroundRun<SimulationProgress>(new SimulationProgress(0, 0)), IProgress<SimulationProgress>
{
    public int Version { get; } = version;

    public override string Subject => $"The simulation of policy version {Version}";

    void IProgress<SimulationProgress>.Report(SimulationProgress value)
    {
        Report(value);
        Begin();
    }
}
