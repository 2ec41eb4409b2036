namespace ConsentPortal.Domain.Policy;

/// <summary>How sure the portal is of a rule.</summary>
public enum RuleStanding
{
    /// <summary>The statute, agency paper or contract was read.</summary>
    Verified = 1,

    /// <summary>Sources conflict, are second-hand, or apply a voice-era text by caution: ask a lawyer before relaxing it.</summary>
    CheckWithCounsel = 2,
}

/// <summary>One rule as it stands in the book: what it says, where it comes from, and from when to when it governs.</summary>
/// <param name="Id">Stable: US-09, ST-FL, EU-24. Stored with decisions, cited in reports.</param>
/// <param name="Sentence">In plain words, for staff.</param>
/// <param name="From">First local day on which it governs; null means always.</param>
/// <param name="To">First local day on which it no longer governs.</param>
/// <param name="IsPreset">Good practice or a choice of the portal rather than law or contract.</param>
public sealed record PolicyRule(
    string Id,
    Gate Gate,
    string Sentence,
    string Citation,
    RuleStanding Standing,
    DateOnly? From = null,
    DateOnly? To = null,
    bool IsPreset = false)
{
    /// <summary>Whether the rule governs on a local day.</summary>
    public bool GovernsOn(DateOnly day) => (From is null || day >= From) && (To is null || day < To);

    public override string ToString() => Id;
}
