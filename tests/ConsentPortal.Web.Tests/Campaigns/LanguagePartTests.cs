using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Tests.Components;

namespace ConsentPortal.Web.Tests.Campaigns;

/// <summary>The parts of campaign pages that tell languages apart.</summary>
public sealed class LanguagePartTests : ComponentTest
{
    [Fact]
    public void A_language_of_the_audience_is_offered_first_and_the_usual_one_never()
    {
        var bar = Render<LanguageBar>(p => p.Add(c => c.Usual, "en").Add(c => c.Languages, ["de"]).Add(c => c.Audience, ["de", "en", "fr", null]));

        Assert.Equal(["fr"], bar.FindAll("optgroup[label='Read in the audience'] option").Select(o => o.GetAttribute("value")));
        var offered = bar.FindAll("select[aria-label='Add a language'] option").Select(o => o.GetAttribute("value")).ToList();
        Assert.DoesNotContain("en", offered);
        Assert.DoesNotContain("de", offered);
        Assert.Contains("es", offered);
    }

    [Fact]
    public void With_one_language_there_is_nothing_but_the_offer_of_another()
    {
        var bar = Render<LanguageBar>(p => p.Add(c => c.Usual, "en").Add(c => c.Languages, []));

        Assert.Empty(bar.FindAll("button"));
        Assert.DoesNotContain("Usual language", bar.Markup, StringComparison.Ordinal);
        Assert.Equal("Add a language …", bar.Find("option").TextContent);
    }

    [Fact]
    public void A_language_is_added_shown_and_taken_out()
    {
        var told = new List<string?>();
        var bar = Render<LanguageBar>(p => p.Add(c => c.Usual, "en").Add(c => c.Languages, ["de", "pt-br"]).Add(c => c.Shown, "de")
            .Add(c => c.OnAdd, told.Add).Add(c => c.OnShow, told.Add).Add(c => c.OnRemove, told.Add).Add(c => c.UsualChanged, told.Add));

        Assert.Equal(["English · usual", "German", "Portuguese (Brazil)", "Take out German"], bar.FindAll("button").Select(b => b.TextContent.Trim()));
        Assert.Equal(["false", "true", "false"], bar.FindAll("button[aria-pressed]").Select(b => b.GetAttribute("aria-pressed")));
        bar.Find("select[aria-label='Add a language']").Change("es");
        bar.FindAll("button")[2].Click();
        bar.FindAll("button")[0].Click();
        bar.FindAll("button")[3].Click();
        bar.Find("label select").Change("fr");

        Assert.Equal(["es", "pt-br", null, "de", "fr"], told);
    }

    [Fact]
    public void The_dry_run_says_who_gets_which_language_and_how_many_fall_back()
    {
        var panel = Render<DryRunPanel>(p => p.Add(c => c.Run, Run(new Dictionary<string, int> { ["de"] = 30, ["en"] = 70 }, new Dictionary<string, int> { [""] = 5, ["fr"] = 10, ["it"] = 2 })));

        Assert.Equal(
            "By language: German for 30 people, English for 70 people. The usual words stand in where 12 people read a language that it is not written in (French 10, Italian 2), and of 5 people nobody knows the language.",
            panel.Find("[data-testid=languages]").TextContent);
    }

    [Fact]
    public void The_dry_run_says_when_nobody_falls_back_and_nothing_of_languages_where_there_is_one()
    {
        var two = Render<DryRunPanel>(p => p.Add(c => c.Run, Run(new Dictionary<string, int> { ["de"] = 1, ["en"] = 2 }, new Dictionary<string, int>())));
        var one = Render<DryRunPanel>(p => p.Add(c => c.Run, Run(new Dictionary<string, int>(), new Dictionary<string, int>())));

        Assert.EndsWith("Nobody needs the usual words for want of their own.", two.Find("[data-testid=languages]").TextContent, StringComparison.Ordinal);
        Assert.Empty(one.FindAll("[data-testid=languages]"));
    }

    [Fact]
    public void A_finding_is_confirmed_for_the_language_that_it_is_about()
    {
        var ticked = new List<(string Key, bool IsConfirmed)>();
        var finding = new LintFinding(RuleBook.Find("CT-15")!, LintSeverity.Warns, "It is about beer.", "Look at it.") { NeedsConfirmation = true };
        var view = CampaignPartTests.View() with
        {
            Language = "en", Translations = [new TranslatedText('A', "de", "Bier")], Findings = [new TextFinding(null, finding), new TextFinding(null, finding, "de")],
        };
        var panel = Render<LintPanel>(p => p.Add(c => c.Campaign, view).Add(c => c.OnConfirm, ((string, bool) tick) => ticked.Add(tick)));

        Assert.Equal(["in English", "in German"], panel.FindAll("h3").Select(h => h.TextContent.Trim()));
        panel.FindAll("input[type=checkbox]")[1].Change(true);

        Assert.Equal([("de CT-15", true)], ticked);
    }

    [Fact]
    public void A_campaign_shows_its_words_in_each_language_under_its_name()
    {
        var view = CampaignPartTests.View() with { Language = "en", Translations = [new TranslatedText('A', "de", "Aurora: hallo"), new TranslatedText('A', "pt-br", "Aurora: oi")] };

        var panel = Render<CampaignContentPanel>(p => p.Add(c => c.Campaign, view));

        Assert.Equal(["English for whoever reads none of the others", "German", "Portuguese (Brazil)"], panel.FindAll("h4").Select(h => h.TextContent));
        Assert.Equal([("en", "Aurora: hello"), ("de", "Aurora: hallo"), ("pt-br", "Aurora: oi")], panel.FindAll(".bubble").Select(b => (b.GetAttribute("lang"), b.TextContent)));
    }

    [Fact]
    public void Results_by_language_lead_to_the_people_of_each()
    {
        var table = Render<LanguageTable>(p => p
            .Add(c => c.Languages, [new LanguageFigures('A', "de", 10, 9, 8, 1, 2), new LanguageFigures('B', "en", 20, 18, 18, 0, 1)])
            .Add(c => c.Address, filter => $"?text={filter.Variant}&language={filter.Language}"));

        Assert.Equal(["?text=A&language=de", "?text=B&language=en"], table.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["German", "A", "10", "9", "8 88.9 %", "1 11.1 %", "2 22.2 %"], table.FindAll("tbody tr")[0].Children.Select(cell => cell.TextContent.Trim()));
    }

    private static DryRunView Run(Dictionary<string, int> languages, Dictionary<string, int> fallBacks) => new(
        Guid.CreateVersion7(Noon), Noon, 100, 100, 0, 0,
        new DryRunDetail(Noon, 1, [], [new DryRunHour(Noon, 100)], new Dictionary<int, int> { [1] = 100 }, new Dictionary<string, int> { [nameof(SmsEncoding.Gsm7)] = 100 }, new Dictionary<string, int>())
        {
            Languages = languages, FallBacks = fallBacks,
        },
        IsCurrent: true, new Dictionary<Guid, string>());
}
