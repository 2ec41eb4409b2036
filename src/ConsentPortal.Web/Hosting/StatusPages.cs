using Microsoft.AspNetCore.Diagnostics;

namespace ConsentPortal.Web.Hosting;

/// <summary>Answers that have a status and no body get a page that says in words what it means.</summary>
internal static class StatusPages
{
    /// <param name="path">Of the page; {0} stands for the status.</param>
    public static IApplicationBuilder UsePageOfStatus(this IApplicationBuilder app, string path) => app
        .UseStatusCodePagesWithReExecute(path, createScopeForStatusCodePages: true)
        .Use((request, next) =>
        {
            // The page is read, whatever was sent to the address that it stands for.
            if (request.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                request.Request.Method = HttpMethods.Get;
            return next(request);
        });
}
