namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>
/// The rules of one country, state, industry or preset, as data. Sets are only ever joined, each adding its own
/// refusals, so the strictest rule of all wins and no set can lift another's (C-06).
/// </summary>
internal sealed class RuleSet
{
    private readonly FactRule[][] _byGate = new FactRule[16][];

    public RuleSet(string code, string name, FactRule[] facts, PolicyRule[]? other = null)
    {
        Code = code;
        Name = name;
        Rules = [.. facts.Select(f => f.Rule), .. other ?? []];
        foreach (var gate in Enum.GetValues<Gate>())
            _byGate[(int)gate] = facts.Where(f => f.Rule.Gate == gate).ToArray();
    }

    /// <summary>US, US-FL, FR, PORTAL.</summary>
    public string Code { get; }

    public string Name { get; }

    /// <summary>Every rule of the set; a rule may appear in several sets.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; }

    public FactRule[] FactsOf(Gate gate) => _byGate[(int)gate];
}
