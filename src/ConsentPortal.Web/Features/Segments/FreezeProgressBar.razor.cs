using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>How far a list is whose people are being written.</summary>
public sealed partial class FreezeProgressBar
{
    [Parameter, EditorRequired]
    public required RunningFreeze Run { get; set; }

    [Parameter]
    public EventCallback OnStop { get; set; }
}
