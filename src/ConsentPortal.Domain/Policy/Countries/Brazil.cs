using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>LGPD, and the hours of the telemarketing sector's own code.</summary>
internal sealed class Brazil : Country
{
    private static readonly PolicyRule Consent = new(
        "BR-CONSENT", Gate.Consent, "Marketing rests on consent that is free, informed and easy to revoke.", "LGPD art. 7 I, 8 § 5", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Hours = new(
        "BR", Gate.Window, "Texts arrive weekdays 09:00–21:00, Saturday 10:00–16:00, not on Sundays.",
        "Self-regulation code of the telemarketing sector", RuleStanding.CheckWithCounsel, IsPreset: true);

    private static readonly RuleSet Set = new("BR", "Brazil")
    {
        Facts = [Consents.NoPrecheckedBox(Consent, MessageClasses.Recurring), Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Express)],
        Hours = [new(Hours, WeekHours.Of("09-21", "10-16", null), MessageClasses.Recurring)],
    };

    public override IReadOnlyList<string> Regions { get; } = ["BR"];

    public override RuleSet[] Sets(string region, string? state) => [Set];
}
