using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The regulator's rules on marketing by text.</summary>
internal sealed class UnitedArabEmirates : Country
{
    private static readonly PolicyRule Hours = new(
        "AE", Gate.Window, "Marketing texts arrive 07:00–21:00.", "TDRA regulatory policy on spam", RuleStanding.Verified);

    private static readonly PolicyRule Consent = new(
        "AE-CONSENT", Gate.Consent, "Marketing needs a recorded opt-in.", "TDRA regulatory policy on spam", RuleStanding.Verified);

    private static readonly PolicyRule Sender = new(
        "AE-SENDER", Gate.Sender, "The sender of a marketing text starts with \"AD-\".", "TDRA regulatory policy on spam", RuleStanding.Verified);

    private static readonly RuleSet Set = new("AE", "United Arab Emirates")
    {
        Facts =
        [
            Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Express),
            new(Sender, MessageClasses.Marketing, (in view) => view.Facts.Sender?.Number is { } number && !number.StartsWith("AD-", StringComparison.OrdinalIgnoreCase)
                ? Verdict.Block(SendReason.SenderNotAllowed)
                : Verdict.Pass),
        ],
        Hours = [new(Hours, WeekHours.EveryDay("07-21"), MessageClasses.Marketing)],
    };

    public override IReadOnlyList<string> Regions { get; } = ["AE"];

    public override RuleSet[] Sets(string region, string? state) => [Set];
}
