using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The federal and carrier rules that do not look at the clock.</summary>
internal static class UnitedStatesFacts
{
    private static readonly PolicyRule WrittenConsent = new(
        "US-02", Gate.Consent, "Marketing needs prior express written consent that names the seller and the number.",
        "47 CFR 64.1200(a)(2), (f)(9)", RuleStanding.Verified);

    private static readonly PolicyRule AffirmativeAct = new(
        "US-05", Gate.Consent, "Consent is an affirmative act: a box ticked in advance is none.",
        "47 CFR 64.1200(f)(9)(ii); 15 U.S.C. § 7001", RuleStanding.Verified);

    private static readonly PolicyRule ExpressConsent = new(
        "US-06", Gate.Consent, "Informational and transactional texts need prior express consent: the number was knowingly given for that purpose.",
        "47 CFR 64.1200(a)(1)", RuleStanding.Verified);

    private static readonly PolicyRule RevokeAll = new(
        "US-19", Gate.Suppression, "From its date on, a stop to one kind of text ends all consented texts; waived until 2027-01-31 and superseded when FCC 26-67 takes effect.",
        "FCC 24-24; DA 26-12 (2026-01-06); FCC 26-67 (2026-09-30)", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule NationalRegister = new(
        "US-22", Gate.DoNotCall, "Without written consent, no marketing to a number on the do-not-call register, and none on a copy of it older than 31 days.",
        "47 CFR 64.1200(c)(2)(i)(D), (ii), (e)", RuleStanding.Verified);

    private static readonly PolicyRule OneWaySender = new(
        "US-18", Gate.Content, "A sender that cannot get replies says so in each text and gives another way to stop.",
        "47 CFR 64.1200(a)(10)", RuleStanding.Verified);

    private static readonly PolicyRule RestrictedTopics = new(
        "CT-15", Gate.Content, "Sex, hate, alcohol, firearms, tobacco, cannabis, loans and gambling wait for a person; alcohol and tobacco may go to an age-gated list.",
        "CTIA Messaging Principles § 5.3.1; TCR decline codes 701–709", RuleStanding.Verified);

    private static readonly PolicyRule Registration = new(
        "CT-17", Gate.Sender, "A long code that is not registered with The Campaign Registry sends nothing to the US.",
        "TCR; carriers' blocking since February 2025", RuleStanding.Verified);

    private static readonly PolicyRule Relationship = new(
        "US-23", Gate.DoNotCall, "A purchase in the last 18 months or an inquiry in the last 3 lifts the register, never the need for written consent.",
        "47 CFR 64.1200(f)(5)", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Emergencies = new(
        "US-27", Gate.Consent, "Texts necessary for health and safety need no consent; two people approve them.",
        "47 U.S.C. § 227(b)(1)(A); 47 CFR 64.1200(f)(4)", RuleStanding.CheckWithCounsel);

    public static FactRule[] All { get; } =
    [
        new(RevokeAll, MessageClasses.Informational | MessageClasses.Transactional, StopToOneEndsAll),
        Consents.NoPrecheckedBox(AffirmativeAct, MessageClasses.Consented),
        Consents.AtLeast(WrittenConsent, MessageClasses.Marketing, ConsentLevel.ExpressWritten, SendReason.NoWrittenConsent),
        Consents.AtLeast(ExpressConsent, MessageClasses.Informational | MessageClasses.Transactional, ConsentLevel.Express),
        new(NationalRegister, MessageClasses.Marketing, Register),
        Bodies.NoShorteners(Everywhere.HonestLinks),
        Bodies.NoRestrictedTopics(RestrictedTopics),
        Bodies.OneWaySaysHowToStop(OneWaySender),
        new(Registration, MessageClasses.Consented, (in view) => view.Facts.Sender is { IsRegistered: false }
            ? Verdict.Block(SendReason.SenderNotRegistered)
            : Verdict.Pass),
    ];

    public static PolicyRule[] Notes { get; } = [Relationship, Emergencies];

    private static Verdict StopToOneEndsAll(in SendView view)
    {
        var day = DateOnly.FromDateTime(view.Instant.UtcDateTime);
        var governs = day >= view.Policy.RevokeAllEffectiveOn && !(view.Policy.Fcc2667EffectiveOn <= day);
        return governs && view.Facts.Suppression == SuppressionScope.Marketing && !view.NeedsNoConsent
            ? Verdict.Block(SendReason.Suppressed)
            : Verdict.Pass;
    }

    private static Verdict Register(in SendView view)
    {
        if (Consents.Counts(in view, ConsentLevel.ExpressWritten, view.Instant))
            return Verdict.Pass;
        if (view.Facts.Dnc is not { IsListed: { } isListed, ScrubbedAt: { } scrubbedAt })
            return Verdict.Block(SendReason.DncStale);
        if (view.Instant - scrubbedAt > TimeSpan.FromDays(31))
            return Verdict.Block(SendReason.DncStale, (view.Instant - scrubbedAt).Days);
        return isListed && !Consents.HasDealing(in view, view.Instant, purchaseMonths: 18, inquiryMonths: 3)
            ? Verdict.Block(SendReason.DncListed)
            : Verdict.Pass;
    }
}
