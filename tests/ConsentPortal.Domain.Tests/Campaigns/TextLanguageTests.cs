using ConsentPortal.Domain.Campaigns;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class TextLanguageTests
{
    private static readonly string[] Codes = ["en", "en-gb", "es", "es-419", "es-mx", "de", "de-at", "fr", "pt", "pt-br", "zh", "zh-hant"];

    private static readonly Gen<string> Code = Gen.Int[0, Codes.Length - 1].Select(i => Codes[i]);

    [Theory]
    [InlineData("de", "en", "de es", "de", LanguageMatch.Exact)]
    [InlineData("pt-BR", "en", "pt pt-br", "pt-br", LanguageMatch.Exact)]
    [InlineData("ES_mx", "en", "es-mx", "es-mx", LanguageMatch.Exact)]
    [InlineData("en", "en", "de", "en", LanguageMatch.Exact)]
    [InlineData("de-AT", "en", "de es", "de", LanguageMatch.Base)]
    [InlineData("en-GB", "en", "de", "en", LanguageMatch.Base)]
    [InlineData("fr", "en", "de es", "en", LanguageMatch.Usual)]
    [InlineData("es", "en", "es-mx", "en", LanguageMatch.Usual)]
    [InlineData("es-AR", "en", "es-mx", "en", LanguageMatch.Usual)]
    [InlineData(null, "en", "de", "en", LanguageMatch.Usual)]
    [InlineData(" ", "en", "de", "en", LanguageMatch.Usual)]
    [InlineData("de", null, "", null, LanguageMatch.Usual)]
    public void A_person_gets_their_language_else_it_without_its_region_else_the_usual_one(string? reads, string? usual, string further, string? language, LanguageMatch match) =>
        Assert.Equal(new LanguageChoice(language, match), TextLanguage.For(reads, usual, further.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Whatever_is_written_and_read_the_closest_words_that_there_are_are_taken() =>
        Gen.Select(Code, Code, Code.HashSet[0, 6]).Sample((reads, usual, further) =>
        {
            further.Remove(usual);
            var written = further.Append(usual).ToHashSet();

            var (language, match) = TextLanguage.For(reads, usual, further);

            Assert.Contains(language!, written);
            Assert.Equal(written.Contains(reads), match == LanguageMatch.Exact);
            Assert.Equal(!written.Contains(reads) && written.Contains(reads[..2]), match == LanguageMatch.Base);
            Assert.Equal(match switch { LanguageMatch.Exact => reads, LanguageMatch.Base => reads[..2], LanguageMatch.Usual => usual }, language);
        });

    [Theory]
    [InlineData("en", true)]
    [InlineData("pt-br", true)]
    [InlineData("zh-hant", true)]
    [InlineData("es-419", true)]
    [InlineData("EN", false)]
    [InlineData("eng", false)]
    [InlineData("en-", false)]
    [InlineData("en-us-x", false)]
    [InlineData("en-english", false)]
    [InlineData("é-br", false)]
    [InlineData("", false)]
    public void A_language_is_two_letters_and_perhaps_a_region(string code, bool isOne) => Assert.Equal(isOne, TextLanguage.IsCode(code));

    [Fact]
    public void Texts_in_further_languages_come_last_in_an_order_of_their_own()
    {
        var campaign = Campaign();
        campaign.Write([("One", 1), ("Two", 1)]);

        campaign.Translate("en", [new TranslatedText('B', "de", "Zwei"), new TranslatedText('A', "es", "Uno"), new TranslatedText('A', "de", "Eins")]);

        Assert.Equal(["One", "Two", "Eins", "Uno", "Zwei"], campaign.Bodies);
    }

    [Fact]
    public void Without_a_further_language_there_is_no_usual_one()
    {
        var campaign = Campaign();
        campaign.Translate("en", [new TranslatedText('A', "es", "Uno")]);

        campaign.Translate("en", []);

        Assert.Null(campaign.Language);
        Assert.Empty(campaign.Translations);
    }

    [Fact]
    public void A_run_has_the_words_of_its_series_in_all_languages_and_counts_clicks_as_it_does()
    {
        var noon = new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
        var (series, purpose) = (Campaign(), CampaignLotsTests.Purpose());
        series.Translate("en", [new TranslatedText('A', "es", "Uno")]);
        series.CountsClicks = true;
        series.Repeat(new Recurrence(RepeatEvery.Day, WeekDays.None, "UTC", null, null, Recurrence.UsualDrift));
        series.DryRunId = Guid.Empty;
        series.Submit(Guid.Empty);
        series.Approve(Guid.CreateVersion7(noon), "hash", noon);
        series.BeginRepeating("hash", noon.AddTicks(-1), noon);

        var run = series.MakeRun(purpose, [], noon);

        Assert.Equal((series.Language, true), (run.Language, run.CountsClicks));
        Assert.Equal(series.Bodies, run.Bodies);
    }

    private static Campaign Campaign() => CampaignLotsTests.Campaign();
}
