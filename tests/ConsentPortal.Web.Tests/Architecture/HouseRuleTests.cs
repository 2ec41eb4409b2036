using System.Reflection;
using ConsentPortal.Application.Demo;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>Conventions that a reader relies on, each cheap to check and dear to miss.</summary>
public sealed class HouseRuleTests
{
    private const int LongestFile = 400;

    /// <summary>The demo business is the exception: it plays the parts of several people in one act.</summary>
    [Fact]
    public void Who_acts_is_the_first_parameter_of_every_use_case_and_read() => Assert.Empty(
        from type in PortalArchitecture.Written(PortalArchitecture.UseCases)
        where type is { IsAbstract: false, IsClass: true } && type.Namespace != typeof(DemoPortal).Namespace
        from method in PortalArchitecture.AsyncMethods(type)
        where !method.IsStatic
        let place = Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(Actor))
        where place > 0
        select $"{type.Name}.{method.Name} takes the actor as parameter {place + 1}");

    [Fact]
    public void The_cancellation_token_is_the_last_parameter_and_never_optional() => Assert.Empty(
        from type in PortalArchitecture.Written(PortalArchitecture.UseCases)
        from method in PortalArchitecture.AsyncMethods(type)
        from parameter in method.GetParameters()
        where parameter.ParameterType == typeof(CancellationToken) && !IsOfTheFramework(method)
        where parameter.Position != method.GetParameters().Length - 1 || parameter.IsOptional || parameter.Name != "cancellationToken"
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void Whatever_takes_an_actor_and_works_asynchronously_can_be_cancelled() => Assert.Empty(
        from type in PortalArchitecture.Written(PortalArchitecture.UseCases)
        from method in PortalArchitecture.AsyncMethods(type)
        where method.GetParameters() is [{ } first, ..] && first.ParameterType == typeof(Actor)
        where method.GetParameters()[^1].ParameterType != typeof(CancellationToken)
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void Nobody_inherits_from_a_use_case_or_a_rule_by_accident() => Assert.Empty(
        from type in PortalArchitecture.Written(PortalArchitecture.UseCases).Concat(PortalArchitecture.Written(PortalArchitecture.Rules))
        where type is { IsClass: true, IsSealed: false, IsAbstract: false }
        select type.FullName);

    [Fact]
    public void A_file_is_one_idea_and_not_a_book()
    {
        var source = Path.Combine(RootSettings.RepositoryRoot()!.FullName, "src");

        Assert.Empty(Directory.EnumerateFiles(source, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (Name: Path.GetRelativePath(source, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Name} has {file.Lines} lines"));
    }

    [Fact]
    public void Folders_are_words_of_the_business()
    {
        string[] empty = ["Common", "Helpers", "Utils", "Utilities", "Managers", "Services", "Infrastructure", "Core", "Misc"];

        Assert.Empty(
            from assembly in new[] { PortalArchitecture.Rules, PortalArchitecture.UseCases, PortalArchitecture.Faces }
            from name in PortalArchitecture.Written(assembly).Select(type => type.Namespace).OfType<string>().Distinct()
            where name.StartsWith("ConsentPortal.", StringComparison.Ordinal) && name.Split('.').Intersect(empty).Any()
            select name);
    }

    /// <summary>Signatures that the framework dictates, such as an interceptor's or a service's.</summary>
    private static bool IsOfTheFramework(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType != method.DeclaringType
        || method.DeclaringType!.GetInterfaces().Any(contract => contract.Assembly != method.DeclaringType.Assembly && IsFrom(contract, method));

    private static bool IsFrom(Type contract, MethodInfo method) => Array.IndexOf(method.DeclaringType!.GetInterfaceMap(contract).TargetMethods, method) >= 0;
}
