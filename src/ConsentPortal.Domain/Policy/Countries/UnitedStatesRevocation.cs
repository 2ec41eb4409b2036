namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>
/// The federal rules of stopping. No gate asks them: the reader of inbound texts and the record of a stop apply them, and what
/// they left behind is what <c>Gate.Suppression</c> sees.
/// </summary>
internal static class UnitedStatesRevocation
{
    private const string Rule = "47 CFR 64.1200(a)(10)";

    private static readonly PolicyRule DefinitiveWords = new(
        "US-12", Gate.Suppression, "The replies stop, quit, end, revoke, opt out, cancel and unsubscribe end consent, whatever else was agreed.",
        $"{Rule}, since 2025-04-11", RuleStanding.Verified);

    private static readonly PolicyRule ReasonableWords = new(
        "US-13", Gate.Suppression, "Other words end consent too if a reasonable person would read them so, and no way of stopping is the only one.",
        Rule, RuleStanding.Verified);

    private static readonly PolicyRule Deadline = new(
        "US-15", Gate.Suppression, "A stop is honoured within a reasonable time, ten business days at most; the portal does it before the next text.",
        $"{Rule}, (d)(3)", RuleStanding.Verified);

    private static readonly PolicyRule ClarifyingQuestion = new(
        "US-17", Gate.Suppression, "The confirmation of a stop may ask what it means; unanswered, it means every text that needs consent.",
        "47 CFR 64.1200(a)(12)", RuleStanding.Verified);

    private static readonly PolicyRule ExclusiveMeans = new(
        "US-20", Gate.Suppression, "Once in force, a seller may name the only way to stop, and a stop to one kind of notice may be kept to it; a stop to an advertisement ends them all. The portal goes on taking any reasonable words.",
        "FCC 26-67 (adopted 2026-09-30, in force 30 days after its publication)", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule ScopeByMessage = new(
        "US-21", Gate.Suppression, "A stop to marketing may leave exempt notices standing; a stop to an exempt notice ends everything but emergencies. The policy decides, and ends everything unless told otherwise.",
        "FCC 24-24", RuleStanding.Verified);

    public static PolicyRule[] Notes { get; } = [DefinitiveWords, ReasonableWords, Deadline, ClarifyingQuestion, ExclusiveMeans, ScopeByMessage];
}
