using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>The Spam Act 2003: consent may be inferred, each text names its sender and a way to unsubscribe.</summary>
internal sealed class Australia : Country
{
    private static readonly PolicyRule Consent = new(
        "AU-CONSENT", Gate.Consent, "A commercial text needs consent, express or inferred from the relationship.",
        "Spam Act 2003 s. 16, Sch. 2", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule Unsubscribe = new(
        "AU-UNSUBSCRIBE", Gate.Content, "Each commercial text holds a working, free way to unsubscribe.", "Spam Act 2003 s. 18", RuleStanding.CheckWithCounsel);

    private static readonly PolicyRule SenderName = new(
        "AU-SENDER", Gate.Sender, "A name that is not on the ACMA register is shown as \"Unverified\".",
        "ACMA SMS Sender ID Register, since 2026-07-01", RuleStanding.Verified, From: new DateOnly(2026, 7, 1));

    private static readonly PolicyRule Hours = new(
        "AU", Gate.Window, "The hours of calls applied to texts: weekdays 09:00–20:00, Saturday 09:00–17:00, not on Sundays or national holidays.",
        "Telemarketing and Research Industry Standard 2017", RuleStanding.CheckWithCounsel, IsPreset: true);

    private static readonly PolicyRule OptOutDeadline = new(
        "AU-02", Gate.Suppression, "A withdrawal takes effect at the end of five business days, the day of the request being the first.",
        "Spam Act 2003 Sch. 2 cl. 6", RuleStanding.CheckWithCounsel);

    public override IReadOnlyList<string> Regions { get; } = ["AU", "CX", "CC", "NF"];

    public override RuleSet[] Sets(string region, string? state) =>
    [
        new RuleSet(region, $"Australia ({region})")
        {
            Facts =
            [
                Consents.AtLeast(Consent, MessageClasses.Recurring, ConsentLevel.Implied),
                Bodies.SaysHowToStop(Unsubscribe, MessageClasses.Marketing),
                new(SenderName, MessageClasses.Consented, (in view) =>
                    view.Facts.Sender is { IsName: true, IsRegistered: not true } && SenderName.GovernsOn(DateOnly.FromDateTime(view.Instant.UtcDateTime))
                        ? Verdict.Warn(SendReason.SenderNotRegistered)
                        : Verdict.Pass),
            ],
            Hours = [new(Hours, WeekHours.Of("09-20", "09-17", null), MessageClasses.Recurring) { Holidays = AustralianHolidays.Of(state) }],
            Notes = [OptOutDeadline],
        },
    ];
}
