using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>What holds for every number of the world, whichever country's rules come on top.</summary>
internal static class Everywhere
{
    internal static readonly PolicyRule ValidNumber = new(
        "O-01", Gate.Number, "A text goes only to a number that matches an assigned pattern of its numbering plan.",
        "ITU-T E.164; national numbering plans", RuleStanding.Verified);

    internal static readonly PolicyRule TextableLine = new(
        "O-02", Gate.Number, "Toll-free, premium, shared-cost, personal, pager and voicemail numbers get no texts; landlines and unknown lines wait for a person.",
        "National numbering plans", RuleStanding.Verified);

    internal static readonly PolicyRule ReservedRange = new(
        "O-05", Gate.ReservedRange, "Numbers set aside for fiction, tests and documentation get no texts.",
        "ATIS-0300115 (555 line numbers); Ofcom, Bundesnetzagentur, ACMA, ARCEP and PTS numbers for drama", RuleStanding.Verified);

    internal static readonly PolicyRule WorkingNumber = new(
        "P-06", Gate.Number, "Marketing waits for a person where texts to the number failed several times in a row, until one is delivered or somebody says that the number works.",
        "Policy of the house; CTIA Messaging Principles (May 2023) § 5.1.5 (deactivated numbers)", RuleStanding.Verified, IsPreset: true);

    internal static readonly PolicyRule StopWins = new(
        "C-10", Gate.Suppression, "A stop that arrives before the text leaves wins, whenever the text was planned.",
        "47 CFR 64.1200(a)(10), (d)(3); GDPR art. 7(3), 21(3)", RuleStanding.Verified);

    internal static readonly PolicyRule Restriction = new(
        "EU-13", Gate.Suppression, "While processing is restricted the data may be stored and nothing else.",
        "GDPR art. 18", RuleStanding.Verified);

    internal static readonly PolicyRule AnswerInTime = new(
        "US-16", Gate.Suppression, "The one confirmation of a stop leaves within 300 seconds or not at all, and holds no marketing.",
        "47 CFR 64.1200(a)(12)", RuleStanding.Verified);

    internal static readonly PolicyRule LiveConsent = new(
        "O-09", Gate.ConsentExpiry, "A consent that was withdrawn, voided or has run out allows nothing; only an act of the person begins a new one.",
        "GDPR art. 7(3); 47 CFR 64.1200(a)(10); CASL s. 10-11", RuleStanding.Verified);

    internal static readonly PolicyRule OneScope = new(
        "CT-07", Gate.Scope, "One opt-in covers only the programme and the seller it was given for and cannot be handed on.",
        "CTIA Messaging Principles (May 2023) § 5.1.2.2; 47 CFR 64.1200(f)(9)", RuleStanding.Verified);

    internal static readonly PolicyRule Reassigned = new(
        "US-26", Gate.Reassignment, "A number that the Reassigned Numbers Database calls disconnected since the consent gets no text; without data a person decides.",
        "47 CFR 64.1200(m); FCC DA 21-1649", RuleStanding.Verified);

    internal static readonly PolicyRule KnownClock = new(
        "C-05", Gate.RuleSets, "Every zone in which the phone may be must allow the moment; without a known zone a person decides.",
        "47 CFR 64.1200(c)(1) (called party's location)", RuleStanding.Verified);

    internal static readonly PolicyRule AllowedCountry = new(
        "P-01", Gate.RuleSets, "The policy names the countries to which nothing is sent.",
        "Policy of the house", RuleStanding.Verified, IsPreset: true);

    internal static readonly PolicyRule Preference = new(
        "C-13", Gate.Caps, "The person's chosen frequency, the promised frequency and the legal cap hold together; the lowest wins.",
        "CTIA Messaging Principles § 5.1.1 (disclosed frequency); choice of the person", RuleStanding.Verified);

    internal static readonly PolicyRule GuardBeforeEnd = new(
        "C-04", Gate.Window, "Submitting ends some minutes before a window does, because the law counts when a text is received.",
        "RCW 80.36.390(8) (\"will be received\")", RuleStanding.Verified);

    internal static readonly PolicyRule HouseCaps = new(
        "P-02", Gate.Caps, "Caps that the house has set for itself.", "Policy of the house", RuleStanding.Verified, IsPreset: true);

    internal static readonly PolicyRule HouseHours = new(
        "P-03", Gate.Window, "Hours that the house has set for a country.", "Policy of the house", RuleStanding.Verified, IsPreset: true);

    internal static readonly PolicyRule CampaignTiming = new(
        "P-05", Gate.Window, "A campaign starts, and keeps to its hours, by the clock of each person.", "Choice of the campaign", RuleStanding.Verified, IsPreset: true);

    internal static readonly PolicyRule PromotionIsMarketing = new(
        "C-02", Gate.Content, "Any promotional element makes the whole text marketing.",
        "CTIA Messaging Principles, Exhibit II; TCCCPR 2nd amendment (IN) 2025; ICO guidance on service messages", RuleStanding.Verified);

    internal static readonly PolicyRule BrandInText = new(
        "CT-04", Gate.Content, "Each marketing text names the brand.",
        "CTIA Messaging Principles § 5.3, 5.5; 47 CFR 64.1200(d)(4)", RuleStanding.Verified);

    internal static readonly PolicyRule SaysHowToStop = new(
        "CT-05", Gate.Content, "A text says how to stop; the word STOP is the standard.",
        "CTIA Messaging Principles § 5.1.3", RuleStanding.Verified);

    internal static readonly PolicyRule HonestLinks = new(
        "CT-14", Gate.Content, "Links show where they lead: no public shorteners in the US, and nowhere bare IP addresses or user names before the host.",
        "AT&T Code of Conduct (2021-03-01); T-Mobile Code of Conduct § 4.7; CTIA Messaging Principles § 5.3.2", RuleStanding.Verified);

    internal static readonly PolicyRule WholeText = new(
        "P-04", Gate.Content, "A text has words, and no merge field is left open.", "Policy of the house", RuleStanding.Verified, IsPreset: true);

    internal static readonly PolicyRule PartLimit = new(
        "O-06", Gate.Segments, "A text of more parts than the policy allows waits for a person.",
        "3GPP TS 23.038, 23.040", RuleStanding.Verified);

    private static readonly PolicyRule Strictest = new(
        "C-06", Gate.RuleSets, "Of all rule sets that reach a person the strictest counts: windows are cut, barred days and caps are joined, the highest consent is asked.",
        "GDPR art. 3; 47 CFR 64.1200(c)(1); state laws that reach area code and resident alike", RuleStanding.Verified);

    private static readonly PolicyRule RollingCaps = new(
        "C-07", Gate.Caps, "Caps roll: a text counts while it is younger than the period, whichever number it left from; where the law counts by subject, the policy may count all.",
        "Fla. Stat. § 501.616(6)(b); Md. Code, Com. Law § 14-4502(c)", RuleStanding.Verified);

    private static readonly PolicyRule AnswersAtAnyHour = new(
        "C-12", Gate.Window, "Answers to the person's own text (STOP, HELP, START, a prompt they asked for, a code) know no hours.",
        "47 CFR 64.1200(a)(12), (f)(15)", RuleStanding.Verified);

    private static readonly PolicyRule HelpForEverybody = new(
        "CT-10", Gate.Suppression, "STOP, END, CANCEL, UNSUBSCRIBE, QUIT and HELP work on every number and are answered to people who never joined, too.",
        "CTIA Short Code Monitoring Handbook v1.9", RuleStanding.Verified);

    public static RuleSet Rules { get; } = new("PORTAL", "Everywhere")
    {
        Facts =
        [
            new(ValidNumber, MessageClasses.All, (in view) => view.Facts.To.IsValid ? Verdict.Pass : Verdict.Block(SendReason.InvalidNumber)),
            new(TextableLine, MessageClasses.All, Line),
            new(WorkingNumber, MessageClasses.Consented, Doubt),
            new(ReservedRange, MessageClasses.All, (in view) => view.Facts.To.IsReserved ? Verdict.Block(SendReason.FakeRange) : Verdict.Pass),
            new(StopWins, MessageClasses.Consented, Stop),
            new(Restriction, MessageClasses.All, (in view) =>
                // A code is asked for by the person themselves, who needs it to prove that the number is theirs.
                view.Facts.IsRestricted && view.Answer?.Kind != AnswerKind.OneTimeCode ? Verdict.Block(SendReason.Restricted) : Verdict.Pass),
            new(AnswerInTime, MessageClasses.Consented, Answer),
            new(LiveConsent, MessageClasses.Recurring, Ended) { Gate = Gate.Consent },
            new(LiveConsent, MessageClasses.Consented, Expired),
            new(OneScope, MessageClasses.Consented, Scope),
            new(Reassigned, MessageClasses.Consented, Owner),
            new(AllowedCountry, MessageClasses.All, (in view) => view.IsCountryClosed ? Verdict.Block(SendReason.CountryNotAllowed) : Verdict.Pass),
            new(Preference, MessageClasses.Recurring, (in view) => view.Facts.Frequency == FrequencyPreference.UrgentOnly
                ? Verdict.Block(SendReason.FrequencyPreference)
                : Verdict.Pass),
            .. Bodies.OfEverywhere(),
        ],
        Notes = [KnownClock, GuardBeforeEnd, HouseCaps, HouseHours, CampaignTiming, Strictest, RollingCaps, AnswersAtAnyHour, HelpForEverybody],
    };

    private static Verdict Line(in SendView view) => view.Facts.To.LineType switch
    {
        LineType.Mobile or LineType.FixedLineOrMobile => Verdict.Pass,
        LineType.Voip => Verdict.Warn(SendReason.VoipLine),
        LineType.FixedLine or LineType.Unknown => view.Facts.To.IsValid ? Verdict.Hold(SendReason.LineType) : Verdict.Pass,
        LineType.TollFree or LineType.PremiumRate or LineType.SharedCost or LineType.PersonalNumber or LineType.Pager
            or LineType.Uan or LineType.Voicemail => Verdict.Block(SendReason.LineType),
    };

    // Whoever writes from a number, or asks for a code to it, has it; and what the person waits for is the way to learn that a number works again.
    private static Verdict Doubt(in SendView view) => !view.Facts.IsNumberSuspect || view.Answer is not null ? Verdict.Pass
        : view.Class == MessageClass.Marketing ? Verdict.Hold(SendReason.SuspectNumber) : Verdict.Warn(SendReason.SuspectNumber);

    private static Verdict Stop(in SendView view)
    {
        if (view.Facts.Suppression is not { } scope || (scope == SuppressionScope.Marketing && view.Class != MessageClass.Marketing))
            return Verdict.Pass;
        return view.Answer?.Kind is AnswerKind.OptOutConfirmation or AnswerKind.Help or AnswerKind.OneTimeCode ? Verdict.Pass : Verdict.Block(SendReason.Suppressed);
    }

    private static Verdict Answer(in SendView view) =>
        view.Facts.Answers is { Kind: AnswerKind.OptOutConfirmation } answer && view.Instant - answer.ReceivedAt > TimeSpan.FromSeconds(300)
            ? Verdict.Block(SendReason.AnswerTooLate)
            : Verdict.Pass;

    private static Verdict Ended(in SendView view) => view.NeedsNoConsent ? Verdict.Pass : view.Facts.Consent?.State switch
    {
        ConsentStatus.Withdrawn => Verdict.Block(SendReason.Withdrawn),
        ConsentStatus.Voided => Verdict.Block(SendReason.ConsentVoided),
        _ => Verdict.Pass,
    };

    private static Verdict Expired(in SendView view)
    {
        if (view.NeedsNoConsent || view.Facts.Consent is not { } consent || !view.IsConsentNeeded)
            return Verdict.Pass;
        var hasRunOut = consent.State == ConsentStatus.Expired || (consent.State == ConsentStatus.Granted && consent.ExpiresAt <= view.Instant);
        return hasRunOut ? Verdict.Block(SendReason.ConsentExpired) : Verdict.Pass;
    }

    private static Verdict Scope(in SendView view)
    {
        if (view.NeedsNoConsent || view.Facts.Consent is not { State: ConsentStatus.Granted or ConsentStatus.Expired } consent
            || !view.IsConsentNeeded)
            return Verdict.Pass;
        var isOtherPurpose = consent.Purpose is { } agreed && view.Facts.Purpose is { } asked && agreed != asked;
        return isOtherPurpose || !IsSame(consent.Brand, view.Facts.Brand) ? Verdict.Block(SendReason.WrongPurpose, word: consent.Brand) : Verdict.Pass;
    }

    private static bool IsSame(string? agreed, string? asked) =>
        agreed is null || asked is null || agreed.AsSpan().Trim().Equals(asked.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);

    private static Verdict Owner(in SendView view)
    {
        if (view.Facts.Reassigned is not { } check || view.NeedsNoConsent)
            return Verdict.Pass;
        return check.Answer switch
        {
            ReassignedAnswer.Yes => Verdict.Block(SendReason.Reassigned),
            ReassignedAnswer.NoData => view.Class == MessageClass.Transactional || !view.IsUnderUsLaw
                ? Verdict.Warn(SendReason.ReassignmentUnknown)
                : Verdict.Hold(SendReason.ReassignmentUnknown),
            ReassignedAnswer.No => view.Instant - check.CheckedAt > TimeSpan.FromDays(view.Policy.ReassignedRecheckDays)
                ? Verdict.Warn(SendReason.ReassignmentUnknown, view.Policy.ReassignedRecheckDays)
                : Verdict.Pass,
        };
    }
}
