namespace ConsentPortal.Domain.Policy;

/// <summary>
/// One version of the sending policy: plain data that round-trips through System.Text.Json. Rule sets are code with
/// citations; a policy chooses between readings, sets switches and can add limits of its own. Old versions stay with
/// the decisions made under them.
/// </summary>
public sealed record PolicyVersion
{
    /// <summary>The policy that governs before anybody has activated one.</summary>
    public static PolicyVersion Default { get; } = new();

    public int Number { get; init; } = 1;

    /// <summary>How strict the hours and caps are (compliance presets); facts may name another one.</summary>
    public PolicyPreset Preset { get; init; } = PolicyPreset.SafeUs;

    /// <summary>
    /// Submitting ends this long before a window does, because the law counts when a text is received (C-04). Zero
    /// switches it off; at most one hour.
    /// </summary>
    public TimeSpan DispatchGuard { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What a stop ends by default (US-21).</summary>
    public OptOutScope OptOutScope { get; init; } = OptOutScope.Everything;

    /// <summary>
    /// Whether the one confirmation of a stop to marketing asks which other texts the person wants to keep, where
    /// <see cref="OptOutScope"/> would have let those go on (47 CFR 64.1200(a)(12); US-17). Everything is stopped first, and
    /// only the person's answer brings back what it names.
    /// </summary>
    public bool AsksWhatToKeep { get; init; }

    /// <summary>How long an answer to that question counts as one; 1 hour to 7 days.</summary>
    public TimeSpan KeepAnswerLifetime
    {
        get;
        init => field = Within(value, TimeSpan.FromHours(1), TimeSpan.FromDays(7));
    }
    = TimeSpan.FromHours(24);

    /// <summary>How long a double opt-in prompt may be answered with YES (EU-24); 1 hour to 30 days.</summary>
    public TimeSpan DoubleOptInLifetime
    {
        get;
        init => field = Within(value, TimeSpan.FromHours(1), TimeSpan.FromDays(30));
    }
    = TimeSpan.FromHours(48);

    /// <summary>HELP is answered at most once in this time (CT-10); zero answers each, seven days at most.</summary>
    public TimeSpan HelpInterval
    {
        get;
        init => field = Within(value, TimeSpan.Zero, TimeSpan.FromDays(7));
    }
    = TimeSpan.FromHours(1);

    /// <summary>ISO country of the controller's establishment: GDPR follows it wherever the recipient is (art. 3).</summary>
    public string? Establishment { get; init; }

    /// <summary>Caps of the house, on top of every legal one.</summary>
    public IReadOnlyList<HouseCap> Caps { get; init; } = [];

    /// <summary>Caps that count per subject count every subject instead (C-07, conservative mode).</summary>
    public bool CapsIgnoreSubject { get; init; }

    /// <summary>More parts than this are held; 1 to 255.</summary>
    public int MaxParts { get; init; } = 10;

    /// <summary>From when FCC 26-67 governs revocation (US-20); null until the Federal Register has published it.</summary>
    public DateOnly? Fcc2667EffectiveOn { get; init; }

    /// <summary>From when a stop to one text must end all (US-19); waived until then.</summary>
    public DateOnly RevokeAllEffectiveOn { get; init; } = new(2027, 1, 31);

    /// <summary>Days after which an answer of the Reassigned Numbers Database should be asked again (portal's cadence).</summary>
    public int ReassignedRecheckDays { get; init; } = 30;

    /// <summary>By ISO country of the number or address.</summary>
    public IReadOnlyDictionary<string, CountryOverride> Countries { get; init; } = new Dictionary<string, CountryOverride>();

    private static TimeSpan Within(TimeSpan value, TimeSpan least, TimeSpan most) => value < least ? least : value > most ? most : value;
}

/// <summary>
/// Which reading of the hours and caps governs. In other countries than the US, <see cref="Statute"/> and
/// <see cref="SafeUs"/> both mean the country's row.
/// </summary>
public enum PolicyPreset
{
    /// <summary>The federal rule and the rows of the states that apply.</summary>
    Statute = 1,

    /// <summary>The state rows, and within them 09:00–20:00 (Sunday 12:00–20:00), no federal holidays, three texts in 24 hours.</summary>
    SafeUs = 2,

    /// <summary>The strictest row everywhere: weekdays 10:00–18:00, Saturday 10:00–17:00, no Sundays or holidays.</summary>
    Strictest = 3,
}

public enum OptOutScope
{
    /// <summary>A stop ends everything but emergencies.</summary>
    Everything = 1,

    /// <summary>A stop to marketing ends marketing; a stop to anything else ends everything (US-21).</summary>
    ByMessageClass = 2,

    /// <summary>A stop to marketing ends what comes from the sender that it answers; a stop to anything else ends everything (US-21).</summary>
    BySender = 3,

    /// <summary>A stop to marketing ends the purpose that it answers; a stop to anything else ends everything (US-21).</summary>
    ByPurpose = 4,
}

/// <summary>At most <paramref name="Count"/> texts (marketing and informational) in a rolling <paramref name="Period"/>.</summary>
public sealed record HouseCap(int Count, TimeSpan Period);

/// <summary>What the house decided for one country.</summary>
/// <param name="IsAllowed">False blocks every text to it.</param>
/// <param name="From">Earliest local time for marketing and informational texts, on top of the country's rules.</param>
/// <param name="To">Local time from which no text leaves any more, exclusive.</param>
/// <param name="NoSundays">Bars Sundays.</param>
/// <param name="ReplacesPreset">Drops the country's rows that are good practice rather than law; never a law.</param>
public sealed record CountryOverride(bool IsAllowed = true, TimeOnly? From = null, TimeOnly? To = null, bool NoSundays = false, bool ReplacesPreset = false);
