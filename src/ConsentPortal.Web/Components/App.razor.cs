using ConsentPortal.Web.Components.Theme;
using ConsentPortal.Web.PublicPages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace ConsentPortal.Web.Components;

/// <summary>
/// The document around every page. Staff pages run in a circuit without prerendering, so that a page asks the database,
/// and writes "viewed" into the audit trail, once and not twice. Account and subscriber pages are plain HTML.
/// </summary>
public sealed partial class App
{
    private static readonly InteractiveServerRenderMode InCircuit = new(prerender: false);

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private BrowserChoices Choices => BrowserChoices.From(HttpContext.Request.Cookies);

    /// <summary>Set for the pages that people outside see: a document of its own, in their language.</summary>
    private PublicVisit? Outside => HttpContext.Features.Get<PublicVisit>();

    /// <summary>Those pages have no base address, so that a link to a part of the page stays on it.</summary>
    private string Asset(string name) => "/" + Assets[name];

    private IComponentRenderMode? PageRenderMode => HttpContext.AcceptsInteractiveRouting() ? InCircuit : null;
}
