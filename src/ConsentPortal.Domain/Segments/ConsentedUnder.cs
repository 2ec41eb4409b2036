using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>Agrees to a purpose now, under words that came before a version: who would have to be asked again.</summary>
/// <param name="Language">ISO 639-1 of the wording; every language counts its own versions.</param>
/// <param name="Before">The first version that does not count; at least 2.</param>
[RuleKind("consentedUnder")]
public sealed record ConsentedUnder(PurposeId Purpose, string Language, int Before) : SegmentRule
{
    public override string Describe(RuleNames names) => $"agreed to {names.Purpose(Purpose)} under words before version {Before} ({Language})";

    public override bool Holds(SegmentPerson person) => person.Standing(Purpose) == ConsentStatus.Granted
        && person.Consents[Purpose].Words is { } words && words.Purpose == Purpose && words.Language == Language && words.Version < Before;

    internal override string Seen(SegmentPerson person) => person.Standing(Purpose) != ConsentStatus.Granted ? "no consent in force"
        : person.Consents[Purpose].Words is { } words ? $"agreed under version {words.Version} ({words.Language})" : "agreed, under words that are not recorded";

    internal override IEnumerable<string> Problems()
    {
        if (Purpose.Value == Guid.Empty)
            yield return "Choose the purpose of the consent.";
        if (Language is not { Length: 2 } || !Language.All(char.IsAsciiLetterLower))
            yield return "Choose the language of the words.";
        if (Before < 2)
            yield return "Name version 2 or a later one: nothing came before the first.";
    }
}
