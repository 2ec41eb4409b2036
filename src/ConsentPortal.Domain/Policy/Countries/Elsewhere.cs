using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>
/// Every country without a class of its own: express consent and the strictest hours, until somebody has read its law.
/// </summary>
internal sealed class Elsewhere : Country
{
    private static readonly PolicyRule Consent = new(
        "XX-CONSENT", Gate.Consent, "In a country whose law nobody has entered yet, recurring texts need express consent.",
        "Default of the portal", RuleStanding.CheckWithCounsel, IsPreset: true);

    private static readonly PolicyRule Hours = new(
        "XX", Gate.Window, "The strictest hours: weekdays 10:00–18:00, Saturday 10:00–17:00, not on Sundays.",
        "Default of the portal", RuleStanding.CheckWithCounsel, IsPreset: true);

    private static readonly PolicyRule Cap = new(
        "XX-CAP", Gate.Caps, "At most three recurring texts in 24 hours.", "Default of the portal", RuleStanding.CheckWithCounsel, IsPreset: true);

    /// <summary>The strictest hours and cap, which any country gets under the strictest preset.</summary>
    public static RuleSet StrictHours { get; } = new("XX-HOURS", "Strictest hours")
    {
        Hours = [new(Hours, WeekHours.Of("10-18", "10-17", null), MessageClasses.Recurring)],
        Caps = [new(Cap, 3, TimeSpan.FromHours(24), MessageClasses.Recurring, PerSubject: false)],
    };

    private static readonly RuleSet Set = new("XX", "Any other country")
    {
        Facts = [Consents.NoPrecheckedBox(Consent, MessageClasses.Recurring), Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Express)],
        Hours = StrictHours.Hours,
        Caps = StrictHours.Caps,
    };

    public override IReadOnlyList<string> Regions { get; } = ["XX"];

    public override RuleSet[] Sets(string region, string? state) => [Set];
}
