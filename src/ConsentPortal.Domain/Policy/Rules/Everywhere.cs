using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>What holds for every number of the world.</summary>
internal static class Everywhere
{
    private static readonly PolicyRule ValidNumber = new(
        "O-01", Gate.Number, "A text goes only to a number that matches an assigned pattern of its numbering plan.",
        "ITU-T E.164; national numbering plans", RuleStanding.Verified);

    private static readonly PolicyRule TextableLine = new(
        "O-02", Gate.Number, "Toll-free, premium, shared-cost, personal, pager and voicemail numbers get no texts; landlines and unknown lines wait for a person.",
        "National numbering plans", RuleStanding.Verified);

    private static readonly PolicyRule ReservedRange = new(
        "O-05", Gate.ReservedRange, "Numbers set aside for fiction, tests and documentation get no texts.",
        "ATIS-0300115 (555 line numbers); Ofcom, Bundesnetzagentur, ACMA, ARCEP and PTS numbers for drama", RuleStanding.Verified);

    private static readonly PolicyRule StopWins = new(
        "C-10", Gate.Suppression, "A stop that arrives before the text leaves wins, whenever the text was planned.",
        "47 CFR 64.1200(a)(10), (d)(3); GDPR art. 7(3), 21(3)", RuleStanding.Verified);

    public static RuleSet Rules { get; } = new("PORTAL", "Everywhere",
    [
        new(ValidNumber, MessageClasses.All, (in view) => view.Facts.To.IsValid ? Verdict.Pass : Verdict.Block(SendReason.InvalidNumber)),
        new(TextableLine, MessageClasses.All, Line),
        new(ReservedRange, MessageClasses.All, (in view) => view.Facts.To.IsReserved ? Verdict.Block(SendReason.FakeRange) : Verdict.Pass),
        new(StopWins, MessageClasses.Consented, Stop),
    ]);

    private static Verdict Line(in SendView view) => view.Facts.To.LineType switch
    {
        LineType.Mobile or LineType.FixedLineOrMobile => Verdict.Pass,
        LineType.Voip => Verdict.Warn(SendReason.VoipLine),
        LineType.FixedLine or LineType.Unknown => view.Facts.To.IsValid ? Verdict.Hold(SendReason.LineType) : Verdict.Pass,
        LineType.TollFree or LineType.PremiumRate or LineType.SharedCost or LineType.PersonalNumber or LineType.Pager
            or LineType.Uan or LineType.Voicemail => Verdict.Block(SendReason.LineType),
    };

    private static Verdict Stop(in SendView view)
    {
        if (view.Facts.Suppression is not { } scope || (scope == SuppressionScope.Marketing && view.Class != MessageClass.Marketing))
            return Verdict.Pass;
        return view.Answer?.Kind is AnswerKind.OptOutConfirmation or AnswerKind.Help ? Verdict.Pass : Verdict.Block(SendReason.Suppressed);
    }
}
