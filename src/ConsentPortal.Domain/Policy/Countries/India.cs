using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>TCCCPR 2018 with its second amendment of 2025: promotion by day, headers with a suffix, the preference register.</summary>
internal sealed class India : Country
{
    private static readonly PolicyRule Hours = new(
        "IN", Gate.Window, "Promotional texts arrive 10:00–21:00 Indian time.", "TCCCPR 2018, 2nd amendment (2025-02-12)", RuleStanding.Verified);

    private static readonly PolicyRule Consent = new(
        "IN-CONSENT", Gate.Consent, "Promotional texts need express consent.", "TCCCPR 2018; DPDP Act 2023 s. 6", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Register = new(
        "IN-DND", Gate.DoNotCall, "No promotion to numbers on the preference register, consent or not, because it is disputed whether consent overrides it.",
        "TCCCPR 2018", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Header = new(
        "IN-HEADER", Gate.Sender, "A header that ends in -S, -T or -G carries no promotion; promotional headers end in -P.",
        "TCCCPR 2nd amendment, since 2025-05-06", RuleStanding.Verified);

    private static readonly RuleSet Set = new("IN", "India")
    {
        Facts =
        [
            Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Express),
            new(Register, MessageClasses.Marketing, (in view) => view.Facts.Dnc is { IsListed: true } ? Verdict.Block(SendReason.DncListed) : Verdict.Pass),
            new(Header, MessageClasses.Marketing, Suffix),
        ],
        Hours = [new(Hours, WeekHours.EveryDay("10-21"), MessageClasses.Marketing)],
    };

    public override IReadOnlyList<string> Regions { get; } = ["IN"];

    public override RuleSet[] Sets(string region, string? state) => [Set];

    private static Verdict Suffix(in SendView view) =>
        view.Facts.Sender?.Number is { Length: > 2 } header && header[^2] == '-' && char.ToUpperInvariant(header[^1]) is 'S' or 'T' or 'G'
            ? Verdict.Block(SendReason.SenderNotAllowed)
            : Verdict.Pass;
}
