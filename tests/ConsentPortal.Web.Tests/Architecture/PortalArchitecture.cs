using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Loader;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Assembly = System.Reflection.Assembly;
using Type = System.Type;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>The three projects as the rules see them: their types, and from the compiled code who uses whom.</summary>
internal static class PortalArchitecture
{
    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Loaded = new(() => new ArchLoader().LoadAssemblies(Rules, UseCases, Faces).Build());

    public static Assembly Rules { get; } = typeof(Actor).Assembly;

    public static Assembly UseCases { get; } = typeof(PortalDatabase).Assembly;

    public static Assembly Faces { get; } = typeof(PortalHost).Assembly;

    /// <summary>The routable components of the portal.</summary>
    public static IReadOnlyList<Type> Pages { get; } = [.. Faces.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];

    /// <summary>Types that somebody wrote: neither the compiler's own nor a migration.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes().Where(type =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && type.DeclaringType?.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) is not true
        && !type.Name.StartsWith('<')
        && type.Namespace?.Contains(".Migrations", StringComparison.Ordinal) is not true);

    /// <summary>Each use of a type by another one, as "user uses used", by full names.</summary>
    public static IEnumerable<(string User, string Used)> Uses(Assembly of) =>
        from type in Loaded.Value.Types
        where type.Assembly.FullName == of.FullName
        from dependency in type.Dependencies
        select (Outermost(type.FullName), dependency.Target.FullName);

    /// <summary>The methods of a type that it declares for others and that work asynchronously.</summary>
    public static IEnumerable<MethodInfo> AsyncMethods(Type type) => PublicMethods(type).Where(method => IsAsync(method.ReturnType));

    public static IEnumerable<MethodInfo> PublicMethods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName);

    private static bool IsAsync(Type answer) =>
        typeof(Task).IsAssignableFrom(answer) || answer == typeof(ValueTask)
        || (answer.IsGenericType && (answer.GetGenericTypeDefinition() == typeof(ValueTask<>) || answer.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static string Outermost(string name) => name.Split('+', '/')[0];
}
