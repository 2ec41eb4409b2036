using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Countries;

/// <summary>Germany and Austria, where only an answer from the number itself proves consent.</summary>
internal sealed class GermanyAndAustria : Country
{
    private static readonly PolicyRule DoubleOptIn = new(
        "EU-24", Gate.Consent, "Marketing needs a double opt-in by a text to that number; a tick or a confirmed mail address proves nothing about a phone.",
        "UWG § 7(2); BGH 2011-02-10, I ZR 164/09", RuleStanding.Verified);

    private static readonly PolicyRule GermanHours = new(
        "DE", Gate.Window, "Texts arrive Mon–Sat 08:00–20:00, not on Sundays or holidays of the Land: good practice, no statute sets hours.",
        "Preset of the portal", RuleStanding.CheckWithCounsel, IsPreset: true);

    private static readonly PolicyRule AustrianHours = GermanHours with
    {
        Id = "AT",
        Sentence = "Texts arrive Mon–Sat 08:00–20:00, not on Sundays or public holidays: good practice, no statute sets hours.",
    };

    public override IReadOnlyList<string> Regions { get; } = ["DE", "AT"];

    public override bool IsUnderGdpr => true;

    public override RuleSet[] Sets(string region, string? state) =>
    [
        new RuleSet(region, region == "DE" ? "Germany" : "Austria")
        {
            Facts = [.. Gdpr.Facts(Gdpr.SoftOptIn, region == "DE" ? 16 : 14), Consents.ConfirmedBySms(DoubleOptIn)],
            Hours =
            [
                new(region == "DE" ? GermanHours : AustrianHours, WeekHours.Of("08-20", "08-20", null), MessageClasses.Recurring)
                {
                    Holidays = region == "DE" ? GermanHolidays.Of(state) : AustrianHolidays.National,
                },
            ],
        },
    ];
}
