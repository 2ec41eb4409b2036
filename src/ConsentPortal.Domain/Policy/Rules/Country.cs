namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>
/// One country's rules. A new country is one new class in the folder Countries: the book finds every heir by itself.
/// </summary>
internal abstract class Country
{
    /// <summary>ISO regions whose numbers and addresses fall under these rules.</summary>
    public abstract IReadOnlyList<string> Regions { get; }

    /// <summary>The sets for an address or a number; called once for each combination.</summary>
    /// <param name="state">Postal code of the state where it is known.</param>
    public abstract RuleSet[] Sets(string region, string? state);

    /// <summary>What <see cref="PolicyPreset.Strictest"/> adds.</summary>
    public virtual RuleSet[] Strictest(string region, string? state) => [Countries.Elsewhere.StrictHours];

    /// <summary>What <see cref="PolicyPreset.SafeUs"/> adds; only the United States know it.</summary>
    public virtual RuleSet[] Safe => [];

    /// <summary>Whether GDPR or UK GDPR follows a controller that is established here (art. 3(1)).</summary>
    public virtual bool IsUnderGdpr => false;

    /// <summary>Every set that the country can give, for the list of all rules.</summary>
    public virtual IEnumerable<RuleSet> AllSets() =>
        Regions.SelectMany(r => Sets(r, null).Concat(Strictest(r, null))).Concat(Safe).Distinct();
}
