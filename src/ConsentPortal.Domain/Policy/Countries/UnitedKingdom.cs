using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The United Kingdom, and the crown dependencies, whose own laws follow it (N-01).</summary>
internal sealed class UnitedKingdom : Country
{
    private static readonly PolicyRule SoftOptIn = new(
        "UK-01", Gate.Consent, "Soft opt-in needs a sale or negotiation, similar own products, and a simple free refusal at collection and in each text.",
        "PECR reg. 22(3), 23; Data (Use and Access) Act 2025 s. 114", RuleStanding.Verified);

    private static readonly PolicyRule Hours = new(
        "UK", Gate.Window, "Texts arrive 08:00–20:00: good practice, no statute sets hours.",
        "Preset of the portal", RuleStanding.CheckWithCounsel, IsPreset: true);

    public override IReadOnlyList<string> Regions { get; } = ["GB", "IM", "JE", "GG"];

    public override bool IsUnderGdpr => true;

    public override RuleSet[] Sets(string region, string? state) =>
    [
        new RuleSet(region, $"United Kingdom ({region})")
        {
            Facts = Gdpr.Facts(SoftOptIn, minAge: 13),
            Hours = [new(Hours, WeekHours.EveryDay("08-20"), MessageClasses.Recurring)],
        },
    ];
}
