using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>What GDPR and the ePrivacy directive ask in every country that has them, the United Kingdom included.</summary>
internal static class Gdpr
{
    internal static readonly PolicyRule Consent = new(
        "EU-01", Gate.Consent, "Consent is a freely given, specific, informed and clear affirmative act; silence and pre-ticked boxes are none.",
        "GDPR art. 4(11), recital 32; Directive 2002/58/EC art. 13(1)", RuleStanding.CheckWithCounsel);

    internal static readonly PolicyRule SoftOptIn = new(
        "EU-21", Gate.Consent, "Soft opt-in needs a sale, similar own products, and a free refusal offered at collection and in each text.",
        "Directive 2002/58/EC art. 13(2), (4); UWG § 7(3); CPCE L34-5", RuleStanding.Verified);

    private static readonly PolicyRule Children = new(
        "EU-06", Gate.Content, "No marketing to children below the age of digital consent of their country.",
        "GDPR art. 8", RuleStanding.CheckWithCounsel);

    /// <param name="softOptIn">The rule of the country's own soft opt-in.</param>
    /// <param name="minAge">Age of digital consent in years, 13 to 16.</param>
    public static FactRule[] Facts(PolicyRule softOptIn, int minAge) =>
    [
        Consents.NoPrecheckedBox(Consent, MessageClasses.Recurring),
        Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.SoftOptIn),
        Consents.SoftOptInConditions(softOptIn),
        Consents.SoftOptInTextSaysHowToStop(softOptIn),
        new(Children, MessageClasses.Marketing, (in view) => view.Facts.AgeYears < minAge ? Verdict.Block(SendReason.Underage, minAge) : Verdict.Pass),
    ];

    /// <summary>What follows a controller established in the Union to recipients elsewhere (GDPR art. 3(1)).</summary>
    public static RuleSet ForEstablishment { get; } = new("GDPR", "GDPR by establishment")
    {
        Facts = [Consents.NoPrecheckedBox(Consent, MessageClasses.Recurring), Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Implied)],
    };
}
