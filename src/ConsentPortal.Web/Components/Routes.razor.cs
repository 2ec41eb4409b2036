using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components;

public sealed partial class Routes(IHostEnvironment environment, CurrentActor actor)
{
    [Parameter, EditorRequired]
    public required BrowserChoices Choices { get; set; }

    /// <summary>The IP address from which the page was asked for.</summary>
    [Parameter]
    public string? Address { get; set; }

    private IHostEnvironment Environment => environment;

    protected override void OnInitialized() => actor.CameFrom(Address);
}
