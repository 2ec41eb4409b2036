using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>A list whose people are being written, as pages see it.</summary>
/// <param name="name">Of the list.</param>
public sealed class RunningFreeze(string name) : BackgroundRun<FreezeProgress>(new FreezeProgress(0, 0))
{
    public string Name { get; } = name;

    public override string Subject => "Keeping the people of a rule as a list";

    /// <summary>Null until it is whole, and where it never is.</summary>
    public SegmentId? List { get; set; }
}
