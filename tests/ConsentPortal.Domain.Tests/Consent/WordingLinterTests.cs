using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Consent.Linting;

namespace ConsentPortal.Domain.Tests.Consent;

public sealed class WordingLinterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly WordingTexts Good = new(
        "en",
        "I agree that Aurora may send me recurring automated texts about offers to this number (up to 4 texts a month). Consent is not a condition of any purchase. Msg & data rates may apply. Reply HELP for help or STOP to end. Privacy: aurora.example/privacy. Aurora, 1 Main Street, Springfield; help@aurora.example",
        "Aurora: reply YES to confirm that you want our texts (up to 4 texts a month). HELP for help, STOP to end.",
        "Aurora: you are in, up to 4 texts a month. Msg & data rates may apply. Reply HELP for help, STOP to end.",
        "Aurora: up to 4 texts a month. Help: help@aurora.example. Msg & data rates may apply. Reply STOP to end.",
        "Aurora: you are unsubscribed and will get no more texts. Help: help@aurora.example");

    [Fact]
    public void Complete_words_have_no_finding() => Assert.Empty(WordingLinter.Check(Purpose(), Good));

    [Fact]
    public void Case_22_words_that_do_not_say_that_consent_is_no_condition_of_purchase_are_refused() =>
        Found(Good with { Text = Good.Text.Replace("Consent is not a condition of any purchase. ", "", StringComparison.Ordinal) }, WordingPart.Text, "US-03", forbids: true);

    [Theory]
    [InlineData("Aurora: you are unsubscribed and will get no more texts. 10% off if you come back")]
    [InlineData("Aurora: you will get no more texts. We miss you!")]
    public void Case_29_a_stop_reply_with_an_offer_or_a_lure_is_refused(string reply) => Found(Good with { StopReply = reply }, WordingPart.StopReply, "US-16", forbids: true);

    [Theory]
    [InlineData("automated ", "US-03", true)]
    [InlineData("(up to 4 texts a month)", "CT-02", false)]
    [InlineData("Msg & data rates may apply. ", "CT-02", false)]
    [InlineData("Privacy: aurora.example/privacy. ", "CT-02", false)]
    public void A_disclosure_lacks(string part, string rule, bool forbids) =>
        Found(Good with { Text = Good.Text.Replace(part, "", StringComparison.Ordinal).Replace("recurring ", "", StringComparison.Ordinal) }, WordingPart.Text, rule, forbids);

    [Theory]
    [InlineData("Aurora", "CT-04")]
    [InlineData("up to 4 texts a month", "CT-03")]
    [InlineData("Msg & data rates may apply.", "CT-03")]
    [InlineData("Reply HELP for help", "CT-03")]
    [InlineData("STOP to end", "CT-03")]
    public void A_welcome_lacks_one_of_its_five_parts(string part, string rule) =>
        Found(Good with { Confirmation = Good.Confirmation.Replace(part, "", StringComparison.Ordinal) }, WordingPart.Confirmation, rule, forbids: false);

    [Theory]
    [InlineData("Aurora: reply YES for 20% off.", "EU-24")]
    [InlineData("Aurora: do you want our texts?", "EU-24")]
    [InlineData("Aurora: reply YES. More at bit.ly/abc", "CT-14")]
    public void A_question_that_advertises_or_asks_for_no_yes_or_hides_its_link_is_refused(string prompt, string rule) =>
        Found(Good with { DoubleOptInPrompt = prompt }, WordingPart.DoubleOptInPrompt, rule, forbids: true);

    [Fact]
    public void Consent_inside_the_acceptance_of_terms_is_refused() =>
        Found(Good with { Text = "I accept the terms of service and agree to automated texts from Aurora. " + Good.Text }, WordingPart.Text, "EU-05", forbids: true);

    [Fact]
    public void Where_the_purpose_is_not_used_its_rules_do_not_ask()
    {
        var german = Purpose(countries: "DE,AT");
        var texts = Good with { Text = Good.Text.Replace("Consent is not a condition of any purchase. ", "", StringComparison.Ordinal).Replace("Msg & data rates may apply. ", "", StringComparison.Ordinal) };

        Assert.DoesNotContain(WordingLinter.Check(german, texts), f => f.Rule is "US-03" or "CASL-03");
        Assert.True(WordingLinter.NeedsDoubleOptInByLaw(german));
    }

    [Fact]
    public void A_canadian_purpose_names_an_address_and_a_contact() =>
        Found(Good with { Text = Good.Text.Replace("; help@aurora.example", "", StringComparison.Ordinal).Replace(" aurora.example/privacy", "", StringComparison.Ordinal) }, WordingPart.Text, "CASL-03", forbids: false, Purpose(countries: "CA"));

    [Fact]
    public void A_language_that_is_not_known_is_left_to_a_person() =>
        Assert.Contains(WordingLinter.Check(Purpose(), Good with { Language = "fi" }), f => f is { Forbids: false, Rule: "CT-02" });

    private static void Found(WordingTexts texts, WordingPart part, string rule, bool forbids, Purpose? purpose = null) =>
        Assert.Contains(WordingLinter.Check(purpose ?? Purpose(), texts), f => f.Part == part && f.Rule == rule && f.Forbids == forbids);

    private static Purpose Purpose(string? countries = null) => new()
    {
        Id = PurposeId.New(Now), Name = "Offers", Brand = "Aurora", MessageClass = MessageClass.Marketing, Basis = LegalBasis.Consent, Sender = "+12025550111", SenderCanReceive = true,
        NeedsDoubleOptIn = true, Countries = countries,
    };
}
