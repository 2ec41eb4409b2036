using System.Collections;
using System.Reflection;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>
/// Whoever may do nothing is refused by everything: a use case or a read that forgets to ask who acts makes this red, on
/// the day that it is written.
/// </summary>
public sealed class NobodyTests(IdlePortal portal) : IClassFixture<IdlePortal>
{
    public static TheoryData<string> Guarded => new(Methods().Select(Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Nobody_may(string useCase)
    {
        var method = Methods().Single(candidate => Name(candidate) == useCase);
        var service = portal.Services.GetService(method.DeclaringType!);
        Assert.True(service is not null, $"{method.DeclaringType} takes an actor, but the portal does not register it. Register it, or let it take no actor.");

        var refusal = await Assert.ThrowsAsync<NotPermitted>(() => CallAsync(service, method));

        Assert.Same(Actor.Nobody, refusal.Actor);
    }

    [Fact]
    public void There_is_something_to_guard() => Assert.True(Methods().Count() > 50, "The use cases were not found; has their shape changed?");

    private static IEnumerable<MethodInfo> Methods() =>
        from assembly in new[] { PortalArchitecture.UseCases, PortalArchitecture.Faces }
        from type in PortalArchitecture.Written(assembly)
        where type is { IsClass: true, IsAbstract: false } && !IsPartOfAUseCase(type)
        from method in PortalArchitecture.PublicMethods(type)
        where !method.IsStatic && method.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(Actor)
        select method;

    /// <summary>Works inside a transaction that a use case opened, after it asked; nobody else can make one.</summary>
    private static bool IsPartOfAUseCase(Type type) =>
        type.IsNotPublic && type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.ParameterType == typeof(PortalDbContext));

    private static string Name(MethodInfo method) =>
        $"{method.DeclaringType!.FullName!.Replace("ConsentPortal.", "", StringComparison.Ordinal)}.{method.Name}({string.Join(", ", method.GetParameters().Skip(1).Select(parameter => parameter.Name))})";

    private static async Task CallAsync(object service, MethodInfo method)
    {
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(Actor) ? Actor.Nobody : Dummy(parameter.ParameterType)).ToArray();
        switch (method.Invoke(service, BindingFlags.DoNotWrapExceptions, null, arguments, null))
        {
            case Task task:
                await task;
                break;
            case { } answer when answer.GetType().GetInterfaces().FirstOrDefault(IsStream) is { } stream:
                await ReadAsync(stream, answer);
                break;
            case IEnumerable items:
                foreach (var _ in items)
                    break;
                break;
        }
    }

    private static bool IsStream(Type contract) => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);

    /// <summary>A stream asks when its first element is wanted.</summary>
    private static async Task ReadAsync(Type stream, object answer)
    {
        var enumerator = stream.GetMethod(nameof(IAsyncEnumerable<int>.GetAsyncEnumerator))!.Invoke(answer, BindingFlags.DoNotWrapExceptions, null, [CancellationToken.None], null)!;
        var next = typeof(IAsyncEnumerator<>).MakeGenericType(stream.GetGenericArguments()).GetMethod(nameof(IAsyncEnumerator<int>.MoveNextAsync))!;
        await (ValueTask<bool>)next.Invoke(enumerator, BindingFlags.DoNotWrapExceptions, null, null, null)!;
    }

    /// <summary>Nothing is read before the actor is asked, so that nothing needs to be sensible.</summary>
    private static object? Dummy(Type type) => type == typeof(string) ? "" : type.IsValueType ? Activator.CreateInstance(type) : null;
}
