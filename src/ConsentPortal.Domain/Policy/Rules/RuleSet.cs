using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>
/// The rules of one country, state, industry or preset, as data. Sets are only ever joined, each adding its own
/// refusals, so the strictest rule of all wins and no set can lift another's (C-06).
/// </summary>
internal sealed class RuleSet
{
    /// <param name="code">US, US-FL, FR, PORTAL.</param>
    public RuleSet(string code, string name) => (Code, Name) = (code, name);

    public string Code { get; }

    public string Name { get; }

    public FactRule[] Facts { get; init; } = [];

    public HoursRule[] Hours { get; init; } = [];

    public CapRule[] Caps { get; init; } = [];

    /// <summary>Rules that the engine applies elsewhere (deadlines, replies) or that only explain.</summary>
    public PolicyRule[] Notes { get; init; } = [];

    /// <summary>Whether even asked-for facts need somebody's consent here (US-06).</summary>
    public bool NeedsConsentForTransactional => Facts.Any(f => f.Gate == Gate.Consent && f.Classes.Reach(MessageClass.Transactional));

    /// <summary>Every rule of the set once; a rule may appear in several sets.</summary>
    public IEnumerable<PolicyRule> Rules =>
        Facts.Select(f => f.Rule).Concat(Hours.Select(h => h.Rule)).Concat(Caps.Select(c => c.Rule)).Concat(Notes).Distinct();

    /// <summary>The rules that were asked at a gate.</summary>
    public IEnumerable<PolicyRule> RulesOf(Gate gate) => gate switch
    {
        Gate.BarredDay => Hours.Where(h => h.BarsDays || h.Holidays is not null).Select(h => h.Rule),
        Gate.Window => Hours.Select(h => h.Rule),
        Gate.Caps => Caps.Select(c => c.Rule).Concat(FactsOf(gate).Select(f => f.Rule)),
        _ => FactsOf(gate).Select(f => f.Rule),
    };

    private IEnumerable<FactRule> FactsOf(Gate gate) => Facts.Where(f => f.Gate == gate);
}
