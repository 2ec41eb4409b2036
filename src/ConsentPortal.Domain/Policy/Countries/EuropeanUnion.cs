using System.Collections.Frozen;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The countries of the Union and the EEA that have no class of their own.</summary>
internal sealed class EuropeanUnion : Country
{
    /// <summary>Where the age of digital consent is lower than the 16 years of GDPR art. 8.</summary>
    private static readonly FrozenDictionary<string, int> MinAges = new Dictionary<string, int> { ["ES"] = 14, ["IT"] = 14, ["PT"] = 13 }.ToFrozenDictionary();

    private static readonly PolicyRule Hours = new(
        "EU", Gate.Window, "Texts arrive 08:00–20:00 and not on Sundays: good practice, GDPR knows no hours.",
        "Preset of the portal", RuleStanding.CheckWithCounsel, IsPreset: true);

    public override IReadOnlyList<string> Regions { get; } =
    [
        "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "ES", "FI", "AX", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
        "IS", "LI", "NO", "SJ",
    ];

    public override bool IsUnderGdpr => true;

    public override RuleSet[] Sets(string region, string? state) =>
    [
        new RuleSet(region, $"European Union ({region})")
        {
            Facts = Gdpr.Facts(Gdpr.SoftOptIn, MinAges.GetValueOrDefault(region, 16)),
            Hours = [new(Hours, WeekHours.Of("08-20", "08-20", null), MessageClasses.Recurring)],
        },
    ];
}
