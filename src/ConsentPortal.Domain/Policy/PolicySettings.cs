using ConsentPortal.Domain.Policy.Places;

namespace ConsentPortal.Domain.Policy;

/// <summary>What staff can choose in a policy. Named in problems, so that a page can show each beside its field.</summary>
public enum PolicyField
{
    Preset = 1,
    DispatchGuard = 2,
    OptOutScope = 3,
    DoubleOptIn = 4,
    Help = 5,
    Establishment = 6,
    Caps = 7,
    MaxParts = 8,
    Fcc2667 = 9,
    RevokeAll = 10,
    ReassignedRecheck = 11,
    Countries = 12,
    StopQuestion = 13,
}

/// <param name="Sentence">What is wrong and what would be right.</param>
public sealed record PolicyProblem(PolicyField Field, string Sentence);

/// <summary>
/// The choices of one policy as somebody entered them, right or wrong; <see cref="ToVersion"/> makes a version of them or
/// says everything that stands in the way. Ranges are inclusive.
/// </summary>
public sealed record PolicySettings
{
    /// <summary>Facts reach back 32 days, so that no cap can look further.</summary>
    public const int LongestCapDays = 31;

    public const int MostCaps = 10;
    public const int MostTextsOfCap = 1_000;
    public const int MostParts = 255;
    public const int MostRecheckDays = 365;

    public static readonly TimeSpan LongestGuard = TimeSpan.FromHours(1);
    public static readonly TimeSpan ShortestKeepAnswer = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestKeepAnswer = TimeSpan.FromDays(7);
    public static readonly TimeSpan ShortestDoubleOptIn = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestDoubleOptIn = TimeSpan.FromDays(30);
    public static readonly TimeSpan LongestHelpInterval = TimeSpan.FromDays(7);

    /// <summary>Revocation by any reasonable means began on this day; nothing about it can be earlier (47 CFR 64.1200(a)(10)).</summary>
    public static readonly DateOnly EarliestDate = new(2025, 4, 11);

    public static readonly DateOnly LatestDate = new(2040, 12, 31);

    public required PolicyPreset Preset { get; init; }

    public required TimeSpan DispatchGuard { get; init; }

    public required OptOutScope OptOutScope { get; init; }

    public bool AsksWhatToKeep { get; init; }

    public required TimeSpan KeepAnswerLifetime { get; init; }

    public required TimeSpan DoubleOptInLifetime { get; init; }

    public required TimeSpan HelpInterval { get; init; }

    public string? Establishment { get; init; }

    public IReadOnlyList<HouseCap> Caps { get; init; } = [];

    public bool CapsIgnoreSubject { get; init; }

    public required int MaxParts { get; init; }

    public DateOnly? Fcc2667EffectiveOn { get; init; }

    public required DateOnly RevokeAllEffectiveOn { get; init; }

    public required int ReassignedRecheckDays { get; init; }

    public IReadOnlyDictionary<string, CountryOverride> Countries { get; init; } = new Dictionary<string, CountryOverride>();

    public static PolicySettings Of(PolicyVersion policy) => new()
    {
        Preset = policy.Preset, DispatchGuard = policy.DispatchGuard, OptOutScope = policy.OptOutScope, AsksWhatToKeep = policy.AsksWhatToKeep,
        KeepAnswerLifetime = policy.KeepAnswerLifetime, DoubleOptInLifetime = policy.DoubleOptInLifetime,
        HelpInterval = policy.HelpInterval, Establishment = policy.Establishment, Caps = policy.Caps, CapsIgnoreSubject = policy.CapsIgnoreSubject,
        MaxParts = policy.MaxParts, Fcc2667EffectiveOn = policy.Fcc2667EffectiveOn, RevokeAllEffectiveOn = policy.RevokeAllEffectiveOn,
        ReassignedRecheckDays = policy.ReassignedRecheckDays, Countries = policy.Countries,
    };

    /// <param name="number">Of the version that is made.</param>
    public Result<PolicyVersion> ToVersion(int number)
    {
        PolicyProblem[] problems = [.. Problems()];
        if (problems.Length > 0)
            return new PolicyRefused(problems);
        return new PolicyVersion
        {
            Number = number, Preset = Preset, DispatchGuard = DispatchGuard, OptOutScope = OptOutScope, AsksWhatToKeep = AsksWhatToKeep,
            KeepAnswerLifetime = KeepAnswerLifetime, DoubleOptInLifetime = DoubleOptInLifetime,
            HelpInterval = HelpInterval, Establishment = Establishment, Caps = [.. Caps], CapsIgnoreSubject = CapsIgnoreSubject, MaxParts = MaxParts,
            Fcc2667EffectiveOn = Fcc2667EffectiveOn, RevokeAllEffectiveOn = RevokeAllEffectiveOn, ReassignedRecheckDays = ReassignedRecheckDays,
            Countries = Countries.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.Value),
        };
    }

    /// <summary>Everything that is wrong, in the order of the fields; empty when a version can be made.</summary>
    public IEnumerable<PolicyProblem> Problems() => [.. OfTimes(), .. OfNumbers(), .. OfCaps(), .. OfDates(), .. OfPlaces()];

    private IEnumerable<PolicyProblem> OfTimes()
    {
        if (!Enum.IsDefined(Preset))
            yield return new PolicyProblem(PolicyField.Preset, "Choose by statute, safe US or strictest.");
        if (!Enum.IsDefined(OptOutScope))
            yield return new PolicyProblem(PolicyField.OptOutScope, "Choose what a stop ends.");
        if (DispatchGuard < TimeSpan.Zero || DispatchGuard > LongestGuard)
            yield return new PolicyProblem(PolicyField.DispatchGuard, "Sending can end 0 to 60 minutes before a window does.");
        if (KeepAnswerLifetime < ShortestKeepAnswer || KeepAnswerLifetime > LongestKeepAnswer)
            yield return new PolicyProblem(PolicyField.StopQuestion, "The question after a stop can be answered for 1 hour to 7 days (168 hours).");
        if (AsksWhatToKeep && OptOutScope != OptOutScope.ByMessageClass)
            yield return new PolicyProblem(PolicyField.StopQuestion, "Only where a stop ends marketing there is something to ask. Let it end marketing, or ask nothing.");
        if (DoubleOptInLifetime < ShortestDoubleOptIn || DoubleOptInLifetime > LongestDoubleOptIn)
            yield return new PolicyProblem(PolicyField.DoubleOptIn, "A double opt-in can be answered for 1 hour to 30 days (720 hours).");
        if (HelpInterval < TimeSpan.Zero || HelpInterval > LongestHelpInterval)
            yield return new PolicyProblem(PolicyField.Help, "HELP can wait 0 minutes (each one is answered) to 7 days (10,080 minutes) for the next answer.");
    }

    private IEnumerable<PolicyProblem> OfNumbers()
    {
        if (MaxParts is < 1 or > MostParts)
            yield return new PolicyProblem(PolicyField.MaxParts, "A text has 1 to 255 parts.");
        if (ReassignedRecheckDays is < 1 or > MostRecheckDays)
            yield return new PolicyProblem(PolicyField.ReassignedRecheck, "Ask the Reassigned Numbers Database again after 1 to 365 days.");
    }

    private IEnumerable<PolicyProblem> OfCaps()
    {
        if (Caps.Count > MostCaps)
            yield return new PolicyProblem(PolicyField.Caps, "The house can set at most 10 caps of its own.");
        if (Caps.Any(cap => cap.Count is < 1 or > MostTextsOfCap))
            yield return new PolicyProblem(PolicyField.Caps, "A cap allows 1 to 1,000 texts; to send nothing at all, close the country or pause the campaigns.");
        if (Caps.Any(cap => cap.Period < TimeSpan.FromHours(1) || cap.Period > TimeSpan.FromDays(LongestCapDays)))
            yield return new PolicyProblem(PolicyField.Caps, "A cap counts the texts of 1 hour to 31 days (744 hours).");
        if (Caps.GroupBy(cap => cap.Period).Any(same => same.Count() > 1))
            yield return new PolicyProblem(PolicyField.Caps, "Two caps count the same period; keep the lower one.");
    }

    private IEnumerable<PolicyProblem> OfDates()
    {
        if (Fcc2667EffectiveOn < EarliestDate || Fcc2667EffectiveOn > LatestDate)
            yield return new PolicyProblem(PolicyField.Fcc2667, "FCC 26-67 governs from a day between 11 Apr 2025 and 31 Dec 2040, or from none while it is not published.");
        if (RevokeAllEffectiveOn < EarliestDate || RevokeAllEffectiveOn > LatestDate)
            yield return new PolicyProblem(PolicyField.RevokeAll, "A stop to one text ends all from a day between 11 Apr 2025 and 31 Dec 2040.");
    }

    private IEnumerable<PolicyProblem> OfPlaces()
    {
        if (Establishment is { } place && !RegionZones.IsRegion(place))
            yield return new PolicyProblem(PolicyField.Establishment, $"\"{place}\" is no ISO country; choose one, or none.");
        foreach (var (country, chosen) in Countries.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (!RegionZones.IsRegion(country))
                yield return new PolicyProblem(PolicyField.Countries, $"\"{country}\" is no ISO country; choose one.");
            else if ((chosen.From ?? TimeOnly.MinValue) is var from && chosen.To is { } to && to <= from)
                yield return new PolicyProblem(PolicyField.Countries, $"In {country} texts would end at {to:HH:mm}, before they begin at {from:HH:mm}. Give a later end, or send nothing there at all.");
        }
    }
}

public sealed record PolicyRefused(IReadOnlyList<PolicyProblem> Problems)
    : Failure($"The draft was not saved. {string.Join(" ", Problems.Select(problem => problem.Sentence))}");
