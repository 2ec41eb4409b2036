using System.Text;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>A campaign in English and Spanish, and people who read Spanish, German, Mexican Spanish, English, or nobody knows what.</summary>
public sealed class CampaignLanguagesTests : IAsyncLifetime
{
    private const string Spanish = "Aurora: {{ firstName | default: \"hola\" }}, ven a https://shop.example/es {{ stopLine }}";

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync("https://t.example");
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Everybody_is_texted_in_their_language_and_the_row_says_in_which()
    {
        var readers = await ReadersAsync();
        var id = await _desk.LaunchedAsync(InTwo());

        var sent = await SendAsync(id);

        Assert.Equal("Aurora: Ada, ven a https://shop.example/es Responde STOP para cancelar.", sent[readers["es"]]);
        Assert.Equal(sent[readers["es"]], sent[readers["es-MX"]]);
        Assert.Equal("Aurora: Ada, come in. STOP zum Abmelden.", sent[readers["de"]]);
        Assert.Equal("Aurora: Ada, come in. Reply STOP to opt out.", sent[readers[""]]);
        var rows = (await _desk.TextsAsync(id)).ToDictionary(t => t.SubscriberId, t => t.Language);
        Assert.Equal(["en", "en", "es", "es"], new[] { "", "de", "es", "es-MX" }.Select(language => rows[readers[language]]));
    }

    [Fact]
    public async Task The_dry_run_counts_people_by_language_and_who_gets_the_usual_words_for_want_of_their_own()
    {
        await ReadersAsync();

        var run = (await _desk.ViewAsync(await _desk.InReviewAsync(InTwo()))).DryRun!.Detail;

        Assert.Equal(new Dictionary<string, int> { ["en"] = 2, ["es"] = 2 }, run.Languages);
        Assert.Equal(new Dictionary<string, int> { [""] = 1, ["de"] = 1 }, run.FallBacks);
    }

    [Fact]
    public async Task A_campaign_in_one_language_says_nothing_of_languages()
    {
        await ReadersAsync();
        var id = await _desk.LaunchedAsync();
        await SendAsync(id);

        var run = (await _desk.ViewAsync(id)).DryRun!.Detail;

        Assert.Empty(run.Languages);
        Assert.Empty(run.FallBacks);
        Assert.All(await _desk.TextsAsync(id), text => Assert.Null(text.Language));
    }

    [Fact]
    public async Task Whoever_reads_another_language_by_the_time_of_sending_is_texted_in_that_one()
    {
        var readers = await ReadersAsync();
        var id = await _desk.LaunchedAsync(InTwo());
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == readers["de"]).ExecuteUpdateAsync(s => s.SetProperty(x => x.Language, "es")), default);

        Assert.StartsWith("Aurora: Ada, ven a", (await SendAsync(id))[readers["de"]], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_not_there_in_a_language_is_read_in_the_usual_one()
    {
        var readers = await ReadersAsync();
        var edit = InTwo() with { OtherTexts = [new TextEdit("Aurora: come and see us. {{ stopLine }}")] };
        var id = await _desk.LaunchedAsync(edit);

        await SendAsync(id);

        var text = (await _desk.TextsAsync(id)).Single(t => t.SubscriberId == readers["es"]);
        Assert.Equal(text.Variant == 'A' ? "es" : "en", text.Language);
    }

    [Theory]
    [InlineData("Aurora: {{ firstName | default: \"hola\" }}, pasa ya. {{ stopLine }}", "es", "Message in Spanish")]
    [InlineData(Spanish, "fr", "Message in French")]
    public async Task Any_edit_of_any_language_voids_the_approval_and_the_approver_sees_what_differs(string words, string language, string field)
    {
        await ReadersAsync();
        var id = await _desk.ApprovedAsync(InTwo());
        var view = await _desk.ViewAsync(id);

        await _desk.SaveAsync(InTwo() with { Id = id, Version = view.Version, StartAt = view.StartAt, Translations = [new TranslatedText('A', language, words)] });

        var changed = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Draft, SaveCampaign.VoidedBecause), (changed.Status, changed.StatusReason));
        Assert.Contains(changed.SinceApproval!, c => c.Field == field && c.After == words);
    }

    [Fact]
    public async Task A_saved_campaign_comes_back_with_all_its_languages()
    {
        var view = await _desk.ViewAsync(await _desk.SaveAsync(InTwo()));

        Assert.Equal("en", view.Language);
        Assert.Equal([new TranslatedText('A', "es", Spanish)], view.Translations);
    }

    [Fact]
    public async Task Words_that_a_rule_forbids_in_one_language_do_not_go_to_review_and_are_named()
    {
        await ReadersAsync();
        var id = await _desk.SaveAsync(InTwo() with { Translations = [new TranslatedText('A', "es", "Aurora: ven a la tienda. Reply 2 to stop.")] });
        await _desk.DryRunAsync(id);

        var findings = (await _desk.ViewAsync(id)).Findings;
        var refused = Assert.IsType<TextBlocked>((await _desk.SubmitAsync(id)).Failure);

        Assert.All(findings, f => Assert.Equal("es", f.Language));
        Assert.Contains(findings, f => f.Finding.Severity == LintSeverity.Blocks && f.Key == $"es {f.Finding.Rule.Id}");
        Assert.Contains("the text in Spanish can't go out", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usual_words_are_held_against_the_rules_for_those_alone_who_would_read_them()
    {
        await ReadersAsync();
        var ground = (await _portal.Get<CampaignLint>().GroundAsync(_desk.Author, _portal.Offers.Id, _desk.Segment, _portal.Now, null, default)).Value;

        Assert.Equal([null, "de", "es"], ground.Languages);
        Assert.Equal(["de", "en"], CampaignLint.UsualReaders(ground, "en", ["es"]).Order());
        Assert.Equal(["de", "en", "es"], CampaignLint.UsualReaders(ground, "en", ["es-mx"]).Order());
    }

    [Fact]
    public async Task A_link_of_a_further_language_leads_to_what_was_written_there()
    {
        var readers = await ReadersAsync();
        var id = await _desk.LaunchedAsync(InTwo("Aurora: {{ firstName | default: \"hello\" }}, see https://shop.example/en now. {{ stopLine }}") with { CountsClicks = true });

        var sent = await SendAsync(id);

        Assert.Equal("https://shop.example/es", await FollowAsync(sent[readers["es"]]));
        Assert.Equal("https://shop.example/en", await FollowAsync(sent[readers["de"]]));
        var languages = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Languages;
        Assert.Equal([("en", 1), ("es", 1)], languages.Select(l => (l.Language, l.Clicked)));
    }

    [Fact]
    public async Task Results_and_the_file_of_recipients_are_told_by_language()
    {
        var readers = await ReadersAsync();
        var id = await _desk.LaunchedAsync(InTwo());
        await SendAsync(id);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.CampaignId == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Delivered)), default);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, readers["es"], new Withdrawal(Domain.Consent.SuppressionScope.All, Domain.Consent.SuppressionSource.Keyword, Domain.Consent.ConsentChannel.Keyword, "Texted STOP", _portal.Now), default);

        var languages = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Languages;
        using var file = new MemoryStream();
        await _portal.Get<ExportCampaignRecipients>().ExecuteAsync(_desk.Author, new RecipientQuery(id) { Language = "es" }, file, default);

        Assert.Equal([new LanguageFigures(null, "en", 2, 2, 2, 0, 0), new LanguageFigures(null, "es", 2, 2, 2, 0, 1)], languages);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains(",es,", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("es", "es", LanguageMatch.Exact, "Responde STOP")]
    [InlineData("es-MX", "es", LanguageMatch.Base, "Responde STOP")]
    [InlineData("de", "en", LanguageMatch.Usual, "STOP zum Abmelden")]
    [InlineData("", "en", LanguageMatch.Usual, "Reply STOP")]
    public async Task The_preview_of_a_person_shows_the_language_that_they_would_get_and_why(string reads, string language, LanguageMatch match, string stop)
    {
        var readers = await ReadersAsync();
        var question = new PreviewQuestion(_portal.Offers.Id, _desk.Segment, CampaignDesk.Text, null, _portal.Now, true) { Language = "en", Further = [new TranslatedText('A', "es", Spanish)] };

        var shown = (await _portal.Get<PreviewForPerson>().ExecuteAsync(_desk.Author, question, readers[reads], default)).Value;

        Assert.Equal(new LanguageChoice(language, match), shown.Language);
        Assert.Equal(reads.Length == 0 ? null : reads, shown.Reads);
        Assert.Contains(stop, shown.Text, StringComparison.Ordinal);
        Assert.Equal(language == "es", shown.Text.Contains("ven a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_preview_of_one_language_says_how_to_stop_in_it()
    {
        await ReadersAsync();
        var question = new PreviewQuestion(_portal.Offers.Id, _desk.Segment, Spanish, null, _portal.Now, true) { Language = "es" };

        var shown = (await _portal.Get<CampaignPreview>().GetAsync(_desk.Author, question, default)).Value;

        Assert.EndsWith("Responde STOP para cancelar.", shown.Text, StringComparison.Ordinal);
        Assert.Null(shown.Recipient);
    }

    [Fact]
    public async Task An_erased_person_leaves_no_language_in_the_ledger()
    {
        var readers = await ReadersAsync();
        var id = await _desk.LaunchedAsync(InTwo());
        await SendAsync(id);
        var requests = await PrivacyRequests.RequestDesk.OpenAsync(_portal);

        Assert.Null((await requests.EraseAsync(await requests.ApprovedErasureAsync(readers["es"]))).Failure);

        var rows = await _desk.TextsAsync(id);
        Assert.Null(rows.Single(t => t.SubscriberId == readers["es"]).Language);
        Assert.Equal("es", rows.Single(t => t.SubscriberId == readers["es-MX"]).Language);
    }

    [Theory]
    [InlineData("no usual language", nameof(CampaignEdit.Language))]
    [InlineData("the usual one again", nameof(CampaignEdit.Translations))]
    [InlineData("no language", nameof(CampaignEdit.Translations))]
    [InlineData("twice", nameof(CampaignEdit.Translations))]
    [InlineData("of a text that is not there", nameof(CampaignEdit.Translations))]
    [InlineData("a field without a fallback", nameof(CampaignEdit.Translations))]
    [InlineData("too many", nameof(CampaignEdit.Translations))]
    public async Task What_makes_no_sense_of_languages_is_refused_at_its_field(string what, string field)
    {
        var edit = what switch
        {
            "no usual language" => InTwo() with { Language = null },
            "the usual one again" => InTwo() with { Language = "es" },
            "no language" => InTwo() with { Translations = [new TranslatedText('A', "Spanish", Spanish)] },
            "twice" => InTwo() with { Translations = [new TranslatedText('A', "es", Spanish), new TranslatedText('A', "es", "Aurora. {{ stopLine }}")] },
            "of a text that is not there" => InTwo() with { Translations = [new TranslatedText('B', "es", Spanish)] },
            "a field without a fallback" => InTwo() with { Translations = [new TranslatedText('A', "es", "{{ firstName }}")] },
            _ => InTwo() with { Translations = [.. Enumerable.Range(0, TextLanguage.Most + 1).Select(i => new TranslatedText('A', $"a{(char)('a' + i)}", Spanish))] },
        };

        var refused = (await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, edit, default)).Failure;

        Assert.Equal(field, Assert.IsType<FieldRefused>(refused).Field);
    }

    private CampaignEdit InTwo(string text = CampaignDesk.Text) => _desk.Draft(text) with { Language = "en", Translations = [new TranslatedText('A', "es", Spanish)] };

    /// <summary>By the language that they read.</summary>
    private async Task<IReadOnlyDictionary<string, SubscriberId>> ReadersAsync()
    {
        var readers = new Dictionary<string, SubscriberId>();
        foreach (var (i, language) in new[] { "", "de", "es", "es-MX" }.Index())
            readers[language] = await _desk.ReaderAsync(language.Length == 0 ? null : language, $"+1212555{3000 + i}");
        return readers;
    }

    private async Task<IReadOnlyDictionary<SubscriberId, string>> SendAsync(CampaignId id)
    {
        using var planner = _desk.Planner(50);
        await planner.PlanOnceAsync(default);
        await planner.PlanOnceAsync(default);
        return (await _desk.DecideAsync(id)).ToDictionary(t => t.SubscriberId, t => t.Outgoing.Body);
    }

    private async Task<string?> FollowAsync(string text)
    {
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddMinutes(5));
        var token = text.Split("https://t.example/l/")[1].Split(' ')[0];
        var visit = new LinkVisit("GET", "Mozilla/5.0 (iPhone)", null);
        return (await _portal.Get<OpenTrackedLink>().ExecuteAsync(Domain.Staff.Actor.Subscriber("short-link", null), token, visit, default))?.AbsoluteUri;
    }
}
