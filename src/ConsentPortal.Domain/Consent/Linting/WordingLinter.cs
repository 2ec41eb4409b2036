using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Domain.Consent.Linting;

/// <summary>
/// Compares the texts of a wording with what the law and the carriers want them to say, where the purpose is used. A
/// finding names the rule and what mends it; a person who reads the language still decides whether the words are good.
/// </summary>
public static class WordingLinter
{
    // The United States and its territories follow the FCC and the carriers (N-01).
    private static readonly string[] American = ["US", "PR", "GU", "VI", "AS", "MP"];

    private static readonly string[] DoubleOptInByLaw = ["DE", "AT"];

    /// <returns>What forbids the wording first, then in the order of the texts.</returns>
    public static IReadOnlyList<WordingFinding> Check(Purpose purpose, WordingTexts texts)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        ArgumentNullException.ThrowIfNull(texts);
        var findings = new List<WordingFinding>();
        findings.AddRange(SameEverywhere(purpose, texts));
        if (WordingVocabulary.In(texts.Language) is { } words)
        {
            findings.AddRange(AmericanDisclosure(purpose, texts, words));
            findings.AddRange(Disclosure(purpose, texts.Text, words));
            findings.AddRange(Prompt(texts.DoubleOptInPrompt, words));
            findings.AddRange(Confirmation(purpose, texts.Confirmation, words));
            findings.AddRange(HelpReply(purpose, texts.HelpReply, words));
            findings.AddRange(StopReply(texts.StopReply, words));
        }
        else
        {
            findings.Add(new WordingFinding(WordingPart.Text, "CT-02", false, "The portal can't read this language. Let somebody who does check frequency, cost, HELP, STOP and the privacy notice."));
        }

        return [.. findings.OrderByDescending(f => f.Forbids).ThenBy(f => f.Part)];
    }

    private static IEnumerable<WordingFinding> SameEverywhere(Purpose purpose, WordingTexts texts)
    {
        foreach (var (part, text) in Parts(texts))
        {
            var signals = BodySignals.Of(text);
            if (!text.Contains(purpose.Brand, StringComparison.OrdinalIgnoreCase))
                yield return new WordingFinding(part, part == WordingPart.Text ? "US-02" : "CT-04", false, $"It does not say who is texting. Name {purpose.Brand}.");
            if (signals.Links.FirstOrDefault(l => l.IsShortener) is { } link)
                yield return new WordingFinding(part, "CT-14", true, $"Carriers bar texts with public link shorteners such as {link.Host}. Use an address of your own.");
        }

        if (IsPromotional(texts.StopReply) is { } offer)
            yield return new WordingFinding(WordingPart.StopReply, "US-16", true, $"The one text after a STOP must hold no marketing, and \"{offer}\" is. Leave it out.");
        if (IsPromotional(texts.DoubleOptInPrompt) is { } lure)
            yield return new WordingFinding(WordingPart.DoubleOptInPrompt, "EU-24", true, $"Whoever is asked to confirm has not agreed yet, so the question must hold no advertising, and \"{lure}\" is. Leave it out.");
        if (SmsMeasure.Of(texts.StopReply) is { Parts: > 1 } measure)
            yield return new WordingFinding(WordingPart.StopReply, "CT-12", false, $"It takes {measure.Parts} texts. Shorten it to one, so that exactly one confirmation arrives.");
    }

    private static IEnumerable<WordingFinding> AmericanDisclosure(Purpose purpose, WordingTexts texts, WordingVocabulary words)
    {
        if (!Reaches(purpose, American))
            yield break;
        // In other languages a purpose that is open to all countries is hardly shown to Americans.
        var isAmerican = texts.Language is "en" or "es";
        if (purpose.MessageClass == MessageClass.Marketing && !words.NotACondition.IsMatch(texts.Text))
            yield return new WordingFinding(WordingPart.Text, "US-03", isAmerican, "It must say that agreeing is not a condition of buying anything: \"Consent is not a condition of purchase.\"");
        if (purpose.MessageClass == MessageClass.Marketing && !words.Automated.IsMatch(texts.Text))
            yield return new WordingFinding(WordingPart.Text, "US-03", isAmerican, "It must say that the texts are automated: \"recurring automated marketing texts\".");
        if (!words.Rates.IsMatch(texts.Text))
            yield return new WordingFinding(WordingPart.Text, "CT-02", false, "It does not say that texts may cost something. Add \"Msg & data rates may apply\".");
    }

    private static IEnumerable<WordingFinding> Disclosure(Purpose purpose, string text, WordingVocabulary words)
    {
        if (words.Bundled.IsMatch(text))
            yield return new WordingFinding(WordingPart.Text, "EU-05", true, "Consent must not hide in the acceptance of terms. Ask for it in a sentence, and with a box, of its own.");
        if (purpose.MessageClass is MessageClass.Marketing or MessageClass.Informational && !words.Frequency.IsMatch(text))
            yield return new WordingFinding(WordingPart.Text, "CT-02", false, "It does not say how often texts come. Add it, such as \"up to 4 texts a month\".");
        if (!words.Withdrawable.IsMatch(text))
            yield return new WordingFinding(WordingPart.Text, "EU-04", false, "It does not say how to stop. Add \"Reply STOP at any time\".");
        if (!words.Privacy.IsMatch(text))
            yield return new WordingFinding(WordingPart.Text, "CT-02", false, "It does not lead to the privacy policy. Name it, with its address.");
        if (Reaches(purpose, ["CA"]) && !BodySignals.Of(text).HasContact)
            yield return new WordingFinding(WordingPart.Text, "CASL-03", false, "In Canada a request for consent gives a mailing address and a phone, mail or web contact. Add them.");
    }

    private static IEnumerable<WordingFinding> Prompt(string text, WordingVocabulary words)
    {
        if (!words.Yes.IsMatch(text))
            yield return new WordingFinding(WordingPart.DoubleOptInPrompt, "EU-24", true, "It does not ask for an answer that the portal takes as a yes. Add \"Reply YES\", in the language of the text.");
    }

    private static IEnumerable<WordingFinding> Confirmation(Purpose purpose, string text, WordingVocabulary words)
    {
        if (!words.Help.IsMatch(text) && !BodySignals.Of(text).HasContact)
            yield return new WordingFinding(WordingPart.Confirmation, "CT-03", false, "It does not say where help is. Add \"Reply HELP for help\".");
        if (!words.Withdrawable.IsMatch(text))
            yield return new WordingFinding(WordingPart.Confirmation, "CT-03", false, "It does not say how to stop. Add \"Reply STOP to end\".");
        if (purpose.MessageClass is MessageClass.Marketing or MessageClass.Informational && !words.Frequency.IsMatch(text))
            yield return new WordingFinding(WordingPart.Confirmation, "CT-03", false, "It does not say how often texts come. Add the frequency that was promised.");
        if (Reaches(purpose, American) && !words.Rates.IsMatch(text))
            yield return new WordingFinding(WordingPart.Confirmation, "CT-03", false, "It does not say that texts may cost something. Add \"Msg & data rates may apply\".");
    }

    private static IEnumerable<WordingFinding> HelpReply(Purpose purpose, string text, WordingVocabulary words)
    {
        if (!BodySignals.Of(text).HasContact)
            yield return new WordingFinding(WordingPart.HelpReply, "CT-11", false, "It gives no way to reach a person. Add a phone number or a mail address.");
        if (!words.Withdrawable.IsMatch(text))
            yield return new WordingFinding(WordingPart.HelpReply, "CT-11", false, "It does not say how to stop. Add \"Reply STOP to end\".");
        if (Reaches(purpose, American) && !words.Rates.IsMatch(text))
            yield return new WordingFinding(WordingPart.HelpReply, "CT-11", false, "It does not say that texts may cost something. Add \"Msg & data rates may apply\".");
    }

    private static IEnumerable<WordingFinding> StopReply(string text, WordingVocabulary words)
    {
        if (!words.Ended.IsMatch(text))
            yield return new WordingFinding(WordingPart.StopReply, "CT-12", false, "It does not say that no more texts will come. Add \"You will get no more texts\".");
        if (words.Luring.Match(text) is { Success: true } lure)
            yield return new WordingFinding(WordingPart.StopReply, "US-16", true, $"The one text after a STOP must not try to win anybody back, and \"{lure.Value}\" does. Leave it out.");
    }

    /// <summary>Whether the law asks for a confirmation from the number itself wherever the purpose is used, which the purpose then should say.</summary>
    public static bool NeedsDoubleOptInByLaw(Purpose purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        return Reaches(purpose, DoubleOptInByLaw);
    }

    private static string? IsPromotional(string text) => BodySignals.Of(text).Promotion;

    private static bool Reaches(Purpose purpose, string[] countries) =>
        purpose.Countries is not { } listed || listed.Split(',', StringSplitOptions.TrimEntries).Any(country => countries.Contains(country, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<(WordingPart Part, string Text)> Parts(WordingTexts texts) =>
    [
        (WordingPart.Text, texts.Text), (WordingPart.DoubleOptInPrompt, texts.DoubleOptInPrompt), (WordingPart.Confirmation, texts.Confirmation),
        (WordingPart.HelpReply, texts.HelpReply), (WordingPart.StopReply, texts.StopReply),
    ];
}
