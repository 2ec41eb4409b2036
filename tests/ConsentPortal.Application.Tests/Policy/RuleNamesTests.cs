using System.Reflection;
using ConsentPortal.Domain.Policy.Rules;
using Xunit.Sdk;

namespace ConsentPortal.Application.Tests.Policy;

/// <summary>
/// Every rule is named by tests, on both sides of what it says: by <c>[Trait("Rule", id)]</c>, or by the rows of a theory that
/// has a parameter called <c>rule</c>. A rule that gates ask is named by the walks through the book; one that the book only
/// explains has tests against the code that carries it out, and a new one fails here until it does.
/// </summary>
public sealed class RuleNamesTests
{
    private const string Trait = "Rule";

    /// <summary>Rules that judge no text, so that the book does not hold them: how windows, days and months are read, places, the size of a text, carriers, the clocks of requests and breaches, and how long records are kept.</summary>
    private static readonly string[] BesideTheBook =
        ["C-03", "C-08", "C-09", "C-11", "CA-02", "CA-03", "CA-04", "CASL-07", "CT-13", "CT-19", "EU-07", "EU-16", "EU-20", "EU-23", "N-01", "N-02", "N-03", "N-04", "N-05", "N-06", "N-07", "O-07", "O-10", "UK-02"];

    /// <summary>The cases that the rules were written against; numbers that are missing were never given.</summary>
    private static readonly int[] ComplianceCases =
        [1, 3, 5, 6, 8, 9, 11, 13, 15, 18, 19, 21, 22, 23, 26, 28, 29, 32, 33, 34, 35, 37, 38, 40, 42, 44, 45, 47, 48, 49, 52, 54, 55, 56, 58, 60, 62];

    private static readonly MethodInfo[] Tests =
    [
        .. new[] { typeof(RuleNamesTests).Assembly, typeof(Domain.Tests.Policy.RuleBookTests).Assembly }
            .SelectMany(a => a.GetExportedTypes()).SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null }),
    ];

    [Fact]
    public void Every_rule_is_named_by_at_least_two_cases()
    {
        var named = Tests.SelectMany(Names).CountBy(id => id).ToDictionary();
        Assert.Empty(RuleBook.All.Select(r => r.Id).Concat(BesideTheBook).Where(id => named.GetValueOrDefault(id) < 2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_test_names_a_rule_that_does_not_exist() =>
        Assert.Empty(Tests.SelectMany(Traits).Distinct().Except(RuleBook.All.Select(r => r.Id)).Except(BesideTheBook).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_case_that_the_rules_were_written_against_is_a_test_with_its_number() =>
        Assert.All(ComplianceCases, number => Assert.Contains(Tests, test => test.Name.StartsWith($"Case_{number:00}_", StringComparison.Ordinal)));

    /// <summary>The rules that a test names, once for each of its cases.</summary>
    private static IEnumerable<string> Names(MethodInfo test)
    {
        var traits = Traits(test).ToList();
        var at = Array.FindIndex(test.GetParameters(), p => p.Name == "rule" && p.ParameterType == typeof(string));
        if (traits.Count == 0 && at < 0)
            return [];
        var rows = test.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(test)).ToList();
        var cases = Enumerable.Range(0, Math.Max(1, rows.Count)).SelectMany(_ => traits);
        return at < 0 ? cases : cases.Concat(rows.Select(row => row[at]).OfType<string>());
    }

    private static IEnumerable<string> Traits(MethodInfo test) => test.GetCustomAttributesData().Concat(test.ReflectedType!.GetCustomAttributesData())
        .Where(a => a.AttributeType == typeof(TraitAttribute) && (string?)a.ConstructorArguments[0].Value == Trait)
        .Select(a => (string)a.ConstructorArguments[1].Value!);
}
