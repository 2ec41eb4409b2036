using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>Canada's anti-spam law: express consent, or consent implied by a dealing that is not too long ago.</summary>
internal sealed class Canada : Country
{
    private const int PurchaseMonths = 24;
    private const int InquiryMonths = 6;

    private static readonly PolicyRule OptIn = new(
        "CASL-02", Gate.Consent, "A commercial text needs express consent, or consent implied by a dealing; a text that asks for consent is itself commercial.",
        "S.C. 2010, c. 23, s. 6(1), 10(1); CRTC 2012-548", RuleStanding.Verified);

    private static readonly PolicyRule Implied = new(
        "CASL-04", Gate.ConsentExpiry, "Implied consent ends two years after a purchase and six months after an inquiry; on the anniversary itself it is over.",
        "S.C. 2010, c. 23, s. 10(9)(a), (10), (14)", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Identity = new(
        "CASL-06", Gate.Content, "A commercial text says who sends it, how to reach them, and how to unsubscribe.",
        "S.C. 2010, c. 23, s. 6(2)-(3), 11; SOR/2012-36 s. 2", RuleStanding.Verified);

    private static readonly PolicyRule Footer = new(
        "CASL-08", Gate.Content, "Texts about a transaction need no consent but keep the unsubscribe line.",
        "S.C. 2010, c. 23, s. 6(6)", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Hours = new(
        "CASL-10", Gate.Window, "The hours of telemarketing applied to texts: weekdays 09:00–21:30, weekends 10:00–18:00.",
        "CRTC Unsolicited Telecommunications Rules, part III", RuleStanding.CheckWithCounsel, IsPreset: true);

    private static readonly PolicyRule RestrictedTopics = new(
        "CT-15-CA", Gate.Content, "Subjects that carriers restrict wait for a person.", "Canadian Common Short Code guidelines", RuleStanding.CheckWithCounsel);

    public override IReadOnlyList<string> Regions { get; } = ["CA"];

    public override RuleSet[] Sets(string region, string? state) =>
    [
        new RuleSet(state is null ? "CA" : $"CA-{state}", "Canada")
        {
            Facts =
            [
                Consents.NoPrecheckedBox(OptIn, MessageClasses.Recurring),
                new(OptIn, MessageClasses.Recurring, Consent),
                new(Implied, MessageClasses.Recurring, Anniversary),
                Bodies.SaysHowToStop(Identity, MessageClasses.Marketing),
                Bodies.LeadsToIdentity(Identity, MessageClasses.Marketing),
                new(Footer, MessageClasses.Transactional, (in view) => view.Answer is null && view.Facts.Body is { Signals.HasOptOut: false }
                    ? Verdict.Warn(SendReason.OptOutMissing)
                    : Verdict.Pass),
                Bodies.NoRestrictedTopics(RestrictedTopics),
            ],
            Hours = [new(Hours, WeekHours.Of("09-21:30", "10-18", "10-18"), MessageClasses.Recurring)],
        },
    ];

    private static Verdict Consent(in SendView view)
    {
        if (view.NeedsNoConsent || IsExpress(in view))
            return Verdict.Pass;
        var state = view.Facts.Consent?.State ?? ConsentStatus.None;
        if (state is ConsentStatus.Withdrawn or ConsentStatus.Voided)
            return Verdict.Block(state == ConsentStatus.Withdrawn ? SendReason.Withdrawn : SendReason.ConsentVoided);
        if (ImpliedUntil(in view) is not null || state == ConsentStatus.Expired)
            return Verdict.Pass;
        return Verdict.Block(state == ConsentStatus.Pending ? SendReason.ConsentPending : SendReason.NoConsent);
    }

    // Days are UTC days on both sides, so that the distance does not depend on where the phone is.
    private static Verdict Anniversary(in SendView view)
    {
        if (view.NeedsNoConsent || IsExpress(in view) || ImpliedUntil(in view) is not { } end)
            return Verdict.Pass;
        return view.Instant.UtcDateTime.Date >= end ? Verdict.Block(SendReason.ConsentExpired) : Verdict.Pass;
    }

    private static bool IsExpress(in SendView view) =>
        view.Facts.Consent is { State: ConsentStatus.Granted, Level: >= ConsentLevel.Express, Method: not CaptureMethod.PrecheckedBox } consent && !(consent.GrantedAt > view.Instant);

    /// <returns>Null where no dealing has happened by the instant.</returns>
    private static DateTime? ImpliedUntil(in SendView view)
    {
        var byPurchase = End(view.Facts.PurchaseAt, PurchaseMonths, view.Instant);
        var dealing = view.Facts.Consent?.ImpliedFrom;
        var byDealing = End(dealing?.At, dealing?.Kind == ImpliedKind.Inquiry ? InquiryMonths : PurchaseMonths, view.Instant);
        return byDealing is null || byPurchase > byDealing ? byPurchase : byDealing;
    }

    private static DateTime? End(DateTimeOffset? dealing, int months, DateTimeOffset instant) =>
        dealing is { } at && at <= instant ? Calendar.AddMonths(at.ToUniversalTime(), months).Date : null;
}
