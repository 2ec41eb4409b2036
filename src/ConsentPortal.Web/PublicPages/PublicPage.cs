using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>A page for people outside: plain HTML, no circuit. A GET changes nothing, a POST ends in a redirect or in the form with what has to be mended.</summary>
public abstract class PublicPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    internal PublicVisit Visit => PublicVisit.Of(HttpContext);

    internal PublicTexts T => Visit.Texts;

    protected CancellationToken Leaving => HttpContext.RequestAborted;

    protected Actor ActorFor(string form) => Visit.ActorOf(HttpContext, form);

    /// <summary>Gives the answer a status. Set at the last moment: a 404 that stands while a page is drawn makes the framework drop the page.</summary>
    protected void Answer(int status) => HttpContext.Response.OnStarting(() =>
    {
        HttpContext.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    protected void GoTo(string path) => Navigation.NavigateTo(Visit.Link(path));
}
