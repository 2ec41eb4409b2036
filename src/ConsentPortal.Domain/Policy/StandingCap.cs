using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy;

/// <summary>
/// A rolling cap that binds whoever is somewhere, whatever else is known of them: what can be counted for a million people at once. Such caps
/// never say more than <see cref="SendPolicy.Evaluate"/>, and less in three cases, in which only the person and the text tell: a US state that only the area code
/// gives away, a cap that counts by subject, a cap that dealings lift.
/// </summary>
/// <param name="Count">The most texts in the period.</param>
/// <param name="Period">Rolling: a text counts while it is younger.</param>
/// <param name="Counted">The classes of texts that it counts.</param>
/// <param name="Places">Null for everybody.</param>
public sealed record StandingCap(int Count, TimeSpan Period, IReadOnlyList<MessageClass> Counted, CapPlaces? Places)
{
    /// <summary>Stands for a country that nobody has entered.</summary>
    internal const string NoCountry = "XX";

    /// <summary>Stands for a state without rules of its own.</summary>
    private const string NoState = "--";

    /// <summary>Those that stop texts of a class at an instant (UTC); none for texts that know no caps.</summary>
    public static IReadOnlyList<StandingCap> Of(PolicyVersion policy, MessageClass messageClass, DateTimeOffset instant)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (!MessageClasses.Recurring.Reach(messageClass))
            return [];
        var day = DateOnly.FromDateTime(instant.UtcDateTime);
        bool Binds(CapRule cap) => cap.Classes.Reach(messageClass) && cap.Rule.GovernsOn(day) && cap.LiftedBy is null && (!cap.PerSubject || policy.CapsIgnoreSubject);
        var byCountry = RuleBook.Regions.Append(NoCountry).SelectMany(country => CapsOf(country, NoState, policy).Where(Binds).Select(cap => (Kind.Of(cap), country))).ToLookup(c => c.Item1, c => c.country);
        var byState = StateNames.UsCodes.SelectMany(state => CapsOf("US", state, policy).Where(Binds).Select(cap => (Kind.Of(cap), state))).ToLookup(c => c.Item1, c => c.state);
        return
        [
            .. policy.Caps.Select(cap => new StandingCap(cap.Count, cap.Period, ClassesIn(MessageClasses.Recurring), null)),
            .. byCountry.Select(c => c.Key).Union(byState.Select(c => c.Key))
                .Select(kind => new StandingCap(kind.Count, kind.Period, ClassesIn(kind.Classes), CapPlaces.Of([.. byCountry[kind]], [.. byState[kind]]))),
        ];
    }

    private static IEnumerable<CapRule> CapsOf(string country, string state, PolicyVersion policy) =>
        RuleBook.For(country, state).Concat(Jurisdiction.OfPreset(policy.Preset, country, state)).SelectMany(set => set.Caps);

    private static MessageClass[] ClassesIn(MessageClasses classes) => [.. Enum.GetValues<MessageClass>().Where(c => classes.Reach(c))];

    private readonly record struct Kind(int Count, TimeSpan Period, MessageClasses Classes)
    {
        public static Kind Of(CapRule cap) => new(cap.Count, cap.Period, cap.Classes);
    }
}

/// <summary>Where a cap binds: by the country of the number, by that of the address, and in the US by the state of the address.</summary>
/// <param name="Countries">ISO 3166.</param>
/// <param name="AreExcepted">Whether it binds everywhere but in these countries.</param>
/// <param name="StatesOfUs">Postal codes.</param>
public sealed record CapPlaces(IReadOnlyList<string> Countries, bool AreExcepted, IReadOnlyList<string> StatesOfUs)
{
    internal static CapPlaces Of(IReadOnlyList<string> countries, IReadOnlyList<string> states)
    {
        var isEverywhere = countries.Contains(StandingCap.NoCountry);
        return new CapPlaces(
            [.. RuleBook.Regions.Where(region => region != StandingCap.NoCountry && countries.Contains(region) != isEverywhere).Order(StringComparer.Ordinal)], isEverywhere,
            countries.Contains("US") ? [] : [.. states.Order(StringComparer.Ordinal)]);
    }
}
