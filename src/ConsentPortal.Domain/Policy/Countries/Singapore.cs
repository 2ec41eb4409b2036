using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The Personal Data Protection Act with its do-not-call registers; no hours.</summary>
internal sealed class Singapore : Country
{
    private const int ResultDays = 21;

    private static readonly PolicyRule Consent = new(
        "SG-CONSENT", Gate.Consent, "A marketing text needs consent, express or deemed.", "PDPA 2012 s. 13-15", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Register = new(
        "SG", Gate.DoNotCall, "The do-not-call register is asked within 21 days before the text, unless there is clear consent in written form.",
        "PDPA 2012 s. 43, 47", RuleStanding.Verified);

    private static readonly RuleSet Set = new("SG", "Singapore")
    {
        Facts = [Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Implied), new(Register, MessageClasses.Marketing, Scrub)],
    };

    public override IReadOnlyList<string> Regions { get; } = ["SG"];

    public override RuleSet[] Sets(string region, string? state) => [Set];

    private static Verdict Scrub(in SendView view)
    {
        if (Consents.Counts(in view, ConsentLevel.ExpressWritten, view.Instant))
            return Verdict.Pass;
        if (view.Facts.Dnc is not { IsListed: { } isListed, ScrubbedAt: { } scrubbedAt })
            return Verdict.Block(SendReason.DncStale);
        if (view.Instant - scrubbedAt > TimeSpan.FromDays(ResultDays))
            return Verdict.Block(SendReason.DncStale, (view.Instant - scrubbedAt).Days);
        return isListed ? Verdict.Block(SendReason.DncListed) : Verdict.Pass;
    }
}
