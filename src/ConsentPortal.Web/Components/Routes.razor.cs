using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components;

public sealed partial class Routes(IHostEnvironment environment)
{
    [Parameter, EditorRequired]
    public required BrowserChoices Choices { get; set; }

    private IHostEnvironment Environment => environment;
}
