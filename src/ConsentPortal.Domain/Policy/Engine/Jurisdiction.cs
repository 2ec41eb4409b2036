using System.Collections.Concurrent;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>
/// The rule sets and the clocks under which one kind of recipient is judged (N-02): joined once for each combination of
/// number, address, SIM, establishment and preset, then shared by all decisions about it.
/// </summary>
internal sealed class Jurisdiction
{
    /// <summary>Combinations come from data that people enter; past this many the oldest work is thrown away and done again.</summary>
    private const int MaxRemembered = 200_000;

    private static readonly ConcurrentDictionary<Key, Jurisdiction> Remembered = new();

    private readonly FactRule[][] _facts = new FactRule[16][];

    private Jurisdiction(RuleSet[] sets, ZoneClock[] clocks, string[] countries)
    {
        Sets = sets;
        Clocks = clocks;
        Countries = countries;
        Hours = sets.SelectMany(s => s.Hours).Distinct().ToArray();
        Caps = sets.SelectMany(s => s.Caps).Distinct().ToArray();
        NeedsConsentForTransactional = sets.Any(s => s.NeedsConsentForTransactional);
        IsUnderUsLaw = sets.Any(s => s.Code == "US");
        foreach (var gate in Enum.GetValues<Gate>())
            _facts[(int)gate] = sets.SelectMany(s => s.Facts).Where(f => f.Gate == gate).Distinct().ToArray();
    }

    public RuleSet[] Sets { get; }

    /// <summary>Empty when nothing tells where the phone is.</summary>
    public ZoneClock[] Clocks { get; }

    /// <summary>ISO codes of the number's, the address's and the SIM's country.</summary>
    public string[] Countries { get; }

    public HoursRule[] Hours { get; }

    public CapRule[] Caps { get; }

    public bool NeedsConsentForTransactional { get; }

    public bool IsUnderUsLaw { get; }

    public FactRule[] FactsOf(Gate gate) => _facts[(int)gate];

    /// <summary>The same with one more rule set joined; whatever it says, nothing gets milder (C-06).</summary>
    public Jurisdiction And(RuleSet set) => new([.. Sets.Append(set).Distinct()], Clocks, Countries);

    public static Jurisdiction Of(SendFacts facts, PolicyVersion policy)
    {
        var key = new Key(
            facts.To.Place, facts.DeclaredCountry, facts.DeclaredState, facts.DeclaredZone, facts.SimCountry, policy.Establishment,
            facts.Preset ?? policy.Preset);
        if (Remembered.TryGetValue(key, out var known))
            return known;
        if (Remembered.Count >= MaxRemembered)
            Remembered.Clear();
        return Remembered.GetOrAdd(key, Join(key));
    }

    private static Jurisdiction Join(Key key)
    {
        var places = Places(key);
        var sets = new List<RuleSet> { Everywhere.Rules };
        foreach (var (region, state) in places)
            sets.AddRange(RuleBook.For(region, state));
        if (Iso(key.Establishment) is { } establishment && RuleBook.CountryOf(establishment).IsUnderGdpr)
            sets.Add(Gdpr.ForEstablishment);
        foreach (var (region, state) in places)
            sets.AddRange(OfPreset(key.Preset, region, state));
        return new Jurisdiction(sets.Distinct().ToArray(), ClocksOf(key, places), places.Select(p => p.Region).Distinct().ToArray());
    }

    /// <summary>The number's places first, then those of the address and the SIM.</summary>
    private static List<(string Region, string? State)> Places(Key key)
    {
        var places = new List<(string Region, string? State)>();
        var number = key.Number;
        var country = Iso(key.Country) ?? number.Region;
        var state = country is null ? null : StateNames.Code(country, key.State);
        if (number.Region is { } region)
        {
            foreach (var ofNumber in number.States)
                places.Add((region, ofNumber));

            // Where the number tells no state, the address of the same country does.
            if (number.States.Length == 0)
                places.Add((region, country == region ? state : null));
        }

        if (country is not null && !IsTold(places, country, state))
            places.Add((country, state));
        if (Iso(key.Sim) is { } sim && !IsTold(places, sim, null))
            places.Add((sim, null));
        return places;
    }

    // An address that only repeats the number's country adds nothing: an unknown state is not a stricter one (N-04).
    private static bool IsTold(List<(string Region, string? State)> places, string country, string? state) =>
        state is null
            ? places.Any(p => p.Region == country || (country == "US" && RuleBook.CountryOf(p.Region) is Policy.Countries.UnitedStates))
            : places.Contains((country, state));

    internal static RuleSet[] OfPreset(PolicyPreset preset, string region, string? state) => preset switch
    {
        PolicyPreset.Statute => [],
        PolicyPreset.SafeUs => RuleBook.CountryOf(region).Safe,
        PolicyPreset.Strictest => RuleBook.CountryOf(region).Strictest(region, state),
    };

    private static ZoneClock[] ClocksOf(Key key, List<(string Region, string? State)> places)
    {
        if (ZoneClock.Find(key.Zone) is { } confirmed)
            return [confirmed];
        var number = key.Number;
        var clocks = new List<ZoneClock>(number.Clocks);
        if (number.Region is not null && clocks.Count == 0)
            return [];
        foreach (var (region, state) in places)
        {
            if (region != number.Region || (state is not null && number.States.Length > 0 && !number.States.Contains(state)))
                clocks.AddRange(RegionZones.Of(region, state));
        }

        var distinct = clocks.Distinct().ToArray();
        return distinct.Length > NumberPlace.MaxZones ? [] : distinct;
    }

    private static string? Iso(string? country) =>
        country is { Length: 2 } && char.IsAsciiLetter(country[0]) && char.IsAsciiLetter(country[1]) ? country.ToUpperInvariant() : null;

    private readonly record struct Key(
        NumberPlace Number, string? Country, string? State, string? Zone, string? Sim, string? Establishment, PolicyPreset Preset);
}
