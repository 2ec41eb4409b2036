using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>France with its overseas departments, on their own clocks (N-01).</summary>
internal sealed class France : Country
{
    private static readonly PolicyRule Hours = new(
        "FR", Gate.Window, "Texts arrive 08:00–20:00, never on Sundays or public holidays.",
        "Practice of operators and providers, reported consistently; no statute seen", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule VoiceHours = new(
        "FR-STRICT", Gate.Window, "The hours of calls applied to texts: weekdays 10:00–13:00 and 14:00–20:00.",
        "Code de la consommation, art. D.223-9", RuleStanding.Verified, IsPreset: true);

    private static readonly PolicyRule StopMention = new(
        "FR-STOP", Gate.Content, "Each marketing text says how to stop.", "CPCE art. L34-5", RuleStanding.Verified);

    private static readonly PolicyRule MarketingSender = new(
        "FR-SENDER", Gate.Sender, "Marketing comes from a short code 36xxx or a name, not from 06 or 07 numbers or from 38xxx.",
        "ARCEP decision 2018-0881", RuleStanding.Verified);

    private static readonly RuleSet Strict = new("FR-STRICT", "France, hours of calls")
    {
        Hours = [new(VoiceHours, WeekHours.Of("10-13 14-20", null, null), MessageClasses.Recurring) { Holidays = FrenchHolidays.National }],
    };

    public override IReadOnlyList<string> Regions { get; } = ["FR", "RE", "GP", "MQ", "GF", "YT", "BL", "MF", "PM"];

    public override bool IsUnderGdpr => true;

    public override RuleSet[] Sets(string region, string? state) =>
    [
        new RuleSet(region, $"France ({region})")
        {
            Facts =
            [
                .. Gdpr.Facts(Gdpr.SoftOptIn, minAge: 15),
                Bodies.SaysHowToStop(StopMention, MessageClasses.Marketing),
                new(MarketingSender, MessageClasses.Marketing, Sender),
            ],
            Hours = [new(Hours, WeekHours.Of("08-20", "08-20", null), MessageClasses.Recurring) { Holidays = FrenchHolidays.Of(region, state) }],
        },
    ];

    public override RuleSet[] Strictest(string region, string? state) => [Elsewhere.StrictHours, Strict];

    private static Verdict Sender(in SendView view)
    {
        if (view.Facts.Sender?.Number is not { } number || !(number.Length > 0 && (char.IsDigit(number[0]) || number[0] == '+')))
            return Verdict.Pass;
        var national = number.StartsWith("+33", StringComparison.Ordinal) ? string.Concat("0", number.AsSpan(3)) : number;
        var isMobile = national.Length == 10 && (national.StartsWith("06", StringComparison.Ordinal) || national.StartsWith("07", StringComparison.Ordinal));
        var isServiceCode = national.Length == 5 && national.StartsWith("38", StringComparison.Ordinal);
        return isMobile || isServiceCode ? Verdict.Block(SendReason.SenderNotAllowed) : Verdict.Pass;
    }
}
