using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Hosting;

/// <summary>An address that was cut short or typed by hand opens its page without the parts that can't be read.</summary>
internal static class ReadableQueries
{
    private static readonly Dictionary<Type, Func<string, bool>> Readers = new()
    {
        [typeof(string)] = _ => true,
        [typeof(bool)] = text => bool.TryParse(text, out _),
        [typeof(int)] = text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        [typeof(long)] = text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        [typeof(Guid)] = text => Guid.TryParse(text, out _),
    };

    /// <summary>What a page takes from its address has a type, and a value that has not would stop the page before it shows anything.</summary>
    public static IApplicationBuilder UseReadableQueries(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { } page)
            return next(context);
        var unreadable = Unreadable(page.Type, context.Request.Query);
        if (unreadable.Count == 0)
            return next(context);
        var kept = new QueryBuilder(context.Request.Query.Where(part => !unreadable.Contains(part.Key)));
        context.Response.Redirect($"{context.Request.PathBase}{context.Request.Path}{kept.ToQueryString()}");
        return Task.CompletedTask;
    });

    /// <returns>The names of the parts that the page would take and can't read.</returns>
    public static IReadOnlySet<string> Unreadable(Type page, IQueryCollection query) => page
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(property => (property.PropertyType, Taken: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>(), property.Name))
        .Where(part => part.Taken is not null && query.TryGetValue(part.Taken.Name ?? part.Name, out var values)
            && !values.All(value => IsReadable(part.PropertyType, value ?? "")))
        .Select(part => part.Taken!.Name ?? part.Name)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool IsReadable(Type type, string text) => Nullable.GetUnderlyingType(type) is { } inner
        ? text.Length == 0 || Readers[inner](text)
        : Readers[type](text);
}
