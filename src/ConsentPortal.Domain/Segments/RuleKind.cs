using System.Collections.Frozen;
using System.Reflection;

namespace ConsentPortal.Domain.Segments;

/// <summary>The name under which a kind of rule is stored. Never rename one: saved segments hold it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RuleKindAttribute(string name) : Attribute
{
    public string Name => name;
}

/// <summary>All kinds of rules, found by their attribute.</summary>
public static class RuleKinds
{
    public static IReadOnlyDictionary<string, Type> ByName { get; } = typeof(SegmentRule).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(SegmentRule)) && !type.IsAbstract)
        .ToFrozenDictionary(type => type.GetCustomAttribute<RuleKindAttribute>()!.Name, StringComparer.Ordinal);
}
