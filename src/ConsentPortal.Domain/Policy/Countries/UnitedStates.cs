using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>
/// Federal law (TCPA, FCC and FTC rules), the carriers' rules, and one row for each state. Territories fall under federal
/// law alone (N-01); an unknown state under the strictest row (ST-ZZ).
/// </summary>
internal sealed class UnitedStates : Country
{
    private static readonly PolicyRule Hours = new(
        "US-09", Gate.Window, "No marketing text before 08:00 or after 21:00 where the called party is.",
        "47 CFR 64.1200(c)(1); 16 CFR 310.4(c)", RuleStanding.Verified);

    private static readonly PolicyRule HoursForInformation = new(
        "US-10", Gate.Window, "Recurring informational texts keep the same hours, because it is disputed whether consent lifts them.",
        "47 CFR 64.1200(f)(15); King v. Bon Charge (D. Del. 2026)", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule SafeHours = new(
        "SAFE-US", Gate.Window, "Marketing and informational texts arrive Mon–Sat 09:00–20:00, Sun 12:00–20:00, not on federal holidays, three in 24 hours at most.",
        "Preset of the portal", RuleStanding.Verified, IsPreset: true);

    private static readonly PolicyRule SafeCap = SafeHours with { Id = "SAFE-US-CAP", Gate = Gate.Caps, Sentence = "At most three marketing and informational texts in 24 hours, whatever they are about." };

    private static readonly RuleSet Federal = new("US", "United States, federal")
    {
        Facts = UnitedStatesFacts.All,
        Hours =
        [
            new(Hours, WeekHours.EveryDay("08-21"), MessageClasses.Marketing),
            new(HoursForInformation, WeekHours.EveryDay("08-21"), MessageClasses.Informational),
        ],
        Notes = [.. UnitedStatesFacts.Notes, .. UnitedStatesRevocation.Notes],
    };

    private static readonly RuleSet SafeSet = new("SAFE-US", "Safe-US preset")
    {
        Hours = [new(SafeHours, WeekHours.Of("09-20", "09-20", "12-20"), MessageClasses.Recurring) { Holidays = UsHolidays.Federal }],
        Caps = [new(SafeCap, 3, TimeSpan.FromHours(24), MessageClasses.Recurring, PerSubject: false)],
    };

    public override IReadOnlyList<string> Regions { get; } = ["US", "PR", "GU", "VI", "AS", "MP", "UM"];

    public override RuleSet[] Safe => [SafeSet];

    public override RuleSet[] Sets(string region, string? state)
    {
        if (region != "US" || (state is not null && Regions.Contains(state)))
            return [Federal];
        if (state is null)
            return [Federal, StateRows.UnknownState];
        return StateRows.Of(state) is { } row ? [Federal, row] : [Federal];
    }

    public override RuleSet[] Strictest(string region, string? state) => [StateRows.Strictest];

    public override IEnumerable<RuleSet> AllSets() => [Federal, SafeSet, .. StateRows.All];
}
