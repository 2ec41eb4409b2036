using System.Reflection;
using Microsoft.AspNetCore.Components.Endpoints;

namespace ConsentPortal.Web.Hosting;

/// <summary>Marks a page that exists on a developer's machine and nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DevelopmentOnlyAttribute : Attribute
{
    public static bool Hides(Type page, IHostEnvironment environment) =>
        !environment.IsDevelopment() && page.GetCustomAttribute<DevelopmentOnlyAttribute>() is not null;
}

internal static class DevelopmentOnlyPages
{
    /// <summary>
    /// Outside Development a marked page answers as an address that was never there. The circuit's router asks the same
    /// question in <see cref="Components.Routes"/>.
    /// </summary>
    public static IApplicationBuilder UseDevelopmentOnlyPages(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page && DevelopmentOnlyAttribute.Hides(page.Type, app.Environment))
            context.SetEndpoint(null);
        return next(context);
    });
}
