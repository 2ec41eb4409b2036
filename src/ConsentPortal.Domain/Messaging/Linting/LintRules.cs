using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Messaging.Linting;

/// <summary>The rules that the linter cites: those of the book, and those that only speak of a text as it is written.</summary>
internal static class LintRules
{
    public static readonly PolicyRule Alphabet = new(
        "O-07", Gate.Segments, "One character outside the seven-bit alphabet makes the whole text Unicode: 70 units alone and 67 in each of several parts, instead of 160 and 153.",
        "3GPP TS 23.038, 23.040", RuleStanding.Verified);

    public static readonly PolicyRule MonthlyReminder = new(
        "CT-05-MONTH", Gate.Content, "Recurring texts say how to stop at least once in 30 days.",
        "CTIA Messaging Principles § 5.1.3; practice of carriers", RuleStanding.CheckWithCounsel);

    public static readonly PolicyRule Sensitive = new(
        "P-07", Gate.Content, "A text says nothing about a person that is marked as sensitive, unless they agreed to it.",
        "GDPR art. 5(1)(c), 5(1)(f) and 9; policy of the house", RuleStanding.Verified);

    public static PolicyRule Brand => Everywhere.BrandInText;

    public static PolicyRule HowToStop => Everywhere.SaysHowToStop;

    public static PolicyRule Links => Everywhere.HonestLinks;

    public static PolicyRule Length => Everywhere.PartLimit;

    public static PolicyRule WholeText => Everywhere.WholeText;

    public static PolicyRule OneWay { get; } = RuleBook.Find("US-18")!;

    public static PolicyRule FrenchStop { get; } = RuleBook.Find("FR-STOP")!;
}
