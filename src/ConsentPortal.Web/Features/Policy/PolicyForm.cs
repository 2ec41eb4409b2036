using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>The settings of a draft while somebody fills them in; what it says is checked by <see cref="PolicySettings"/>.</summary>
public sealed class PolicyForm
{
    public PolicyForm(PolicyVersion policy)
    {
        (Preset, OptOutScope, Establishment) = (policy.Preset, policy.OptOutScope, policy.Establishment);
        (GuardMinutes, DoubleOptInHours, HelpMinutes) = ((int)policy.DispatchGuard.TotalMinutes, (int)policy.DoubleOptInLifetime.TotalHours, (int)policy.HelpInterval.TotalMinutes);
        (AsksWhatToKeep, KeepAnswerHours) = (policy.AsksWhatToKeep, (int)policy.KeepAnswerLifetime.TotalHours);
        (CapsIgnoreSubject, MaxParts, RecheckDays) = (policy.CapsIgnoreSubject, policy.MaxParts, policy.ReassignedRecheckDays);
        (Fcc2667, RevokeAll) = (policy.Fcc2667EffectiveOn, policy.RevokeAllEffectiveOn);
        Caps = [.. policy.Caps.Select(cap => new CapDraft { Count = cap.Count, Hours = (int)cap.Period.TotalHours })];
        Countries = [.. policy.Countries.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new CountryDraft(c.Key, c.Value))];
    }

    public PolicyPreset Preset { get; set; }

    public int GuardMinutes { get; set; }

    public OptOutScope OptOutScope { get; set; }

    public bool AsksWhatToKeep { get; set; }

    public int KeepAnswerHours { get; set; }

    public int DoubleOptInHours { get; set; }

    public int HelpMinutes { get; set; }

    public string? Establishment { get; set; }

    public List<CapDraft> Caps { get; }

    public bool CapsIgnoreSubject { get; set; }

    public int MaxParts { get; set; }

    public DateOnly? Fcc2667 { get; set; }

    /// <summary>Null while the field is empty, which no version can be.</summary>
    public DateOnly? RevokeAll { get; set; }

    public int RecheckDays { get; set; }

    public List<CountryDraft> Countries { get; }

    public PolicySettings Settings => new()
    {
        Preset = Preset, DispatchGuard = TimeSpan.FromMinutes(GuardMinutes), OptOutScope = OptOutScope,
        AsksWhatToKeep = AsksWhatToKeep, KeepAnswerLifetime = TimeSpan.FromHours(KeepAnswerHours), DoubleOptInLifetime = TimeSpan.FromHours(DoubleOptInHours),
        HelpInterval = TimeSpan.FromMinutes(HelpMinutes), Establishment = Establishment, Caps = [.. Caps.Select(cap => new HouseCap(cap.Count, TimeSpan.FromHours(cap.Hours)))],
        CapsIgnoreSubject = CapsIgnoreSubject, MaxParts = MaxParts, Fcc2667EffectiveOn = Fcc2667, RevokeAllEffectiveOn = RevokeAll ?? DateOnly.MinValue,
        ReassignedRecheckDays = RecheckDays, Countries = Countries.ToDictionary(c => c.Country, c => c.Choice),
    };
}

/// <summary>At most so many texts in so many hours.</summary>
public sealed class CapDraft
{
    public int Count { get; set; } = 2;

    public int Hours { get; set; } = 168;
}

/// <summary>What the house chooses for one country.</summary>
public sealed class CountryDraft(string country, CountryOverride choice)
{
    public string Country { get; } = country;

    public bool IsAllowed { get; set; } = choice.IsAllowed;

    public TimeOnly? From { get; set; } = choice.From;

    public TimeOnly? To { get; set; } = choice.To;

    public bool NoSundays { get; set; } = choice.NoSundays;

    public bool ReplacesPreset { get; set; } = choice.ReplacesPreset;

    public CountryOverride Choice => new(IsAllowed, From, To, NoSundays, ReplacesPreset);
}
