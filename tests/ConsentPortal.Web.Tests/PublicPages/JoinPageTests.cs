using System.Net;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.PublicPages;

/// <summary>The opt-in form that anybody can open and fill in with anybody's number.</summary>
public sealed class JoinPageTests(OutsidePortal outside) : IClassFixture<OutsidePortal>
{
    [Theory]
    [InlineData("", "en-US,en;q=0.9", "en", "I agree that Aurora Outfitters may send me")]
    [InlineData("?lang=de", "en", "de", "Ich willige ein, dass Aurora Outfitters mir")]
    [InlineData("", "fr-FR,fr;q=0.9,en;q=0.1", "fr", "J'accepte que Aurora Outfitters m'envoie")]
    [InlineData("", "pt,es;q=0.5", "es", "Acepto que Aurora Outfitters me envíe")]
    [InlineData("?lang=xx", "ja", "en", "I agree that Aurora Outfitters may send me")]
    public async Task The_words_stand_beside_one_empty_box_in_the_visitors_language(string query, string accepts, string language, string words)
    {
        using var browser = outside.OpenBrowser(("Accept-Language", accepts));

        var page = await browser.GetAsync(OutsidePortal.Offers + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
        var box = Assert.Single(page.Document.QuerySelectorAll("input[type=checkbox]"));
        Assert.False(box.HasAttribute("checked"));
        var purpose = await outside.PurposeAsync("Offers");
        await using var db = outside.Portal.Open();
        var kept = await db.Wordings.SingleAsync(w => w.PurposeId == purpose.Id && w.Language == language);
        Assert.Equal(kept.Text, page.Document.QuerySelector("label[for=agree]")!.TextContent);
        Assert.StartsWith(words, kept.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_a_page_of_its_own_without_staff_navigation_or_a_circuit()
    {
        using var browser = outside.OpenBrowser();

        var html = (await browser.GetAsync(OutsidePortal.Offers)).Html;

        Assert.DoesNotContain("blazor.web", html);
        Assert.DoesNotContain("MudBlazor", html);
        Assert.DoesNotContain("/subscribers", html);
        Assert.Contains("Aurora Outfitters", html);
    }

    [Fact]
    public async Task A_purpose_is_found_by_its_id_too_and_an_unknown_or_retired_one_is_404()
    {
        using var browser = outside.OpenBrowser();
        var purpose = await outside.PurposeAsync("Store events");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/join/{purpose.Id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/join/store-events")).Status);
        await ChangeAsync("Store events", p => p.RetiredAt = TimeProvider.System.GetUtcNow());
        var gone = await browser.GetAsync("/join/store-events");
        await ChangeAsync("Store events", p => p.RetiredAt = null);

        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Equal("This form is closed", gone.Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/join/no-such-thing")).Status);
    }

    [Fact]
    public async Task The_languages_of_a_page_that_says_sorry_lead_to_the_address_that_was_asked_for()
    {
        using var browser = outside.OpenBrowser();

        var sorry = await browser.GetAsync("/verify/a/b");

        Assert.Equal(HttpStatusCode.NotFound, sorry.Status);
        Assert.Equal(["/verify/a/b?lang=en", "/verify/a/b?lang=es", "/verify/a/b?lang=fr", "/verify/a/b?lang=de"], sorry.Document.QuerySelectorAll(".languages a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_form_asks_the_number_and_only_its_yes_grants()
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();

        var answer = await outside.JoinAsync(browser, number, OutsidePortal.Offers + "?lang=es", ("Input.FirstName", " Lucía "), ("Input.Language", "es"));

        Assert.Equal("/join/offers/sent?lang=es", answer.Location);
        var person = (await outside.FindAsync(number))!;
        Assert.Equal(("Web form", "es"), (person.Source, person.Language));
        Assert.Equal(ConsentStatus.Pending, await outside.StatusAsync(person.Id));
        Assert.Equal(1, await outside.TextsAsync(person.Id, MessageKind.DoubleOptInPrompt));
        await outside.TextAsync(number, "SI");
        Assert.Equal(ConsentStatus.Granted, await outside.StatusAsync(person.Id));
    }

    [Fact]
    public async Task What_happened_is_kept_as_evidence_with_the_person_as_actor()
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();

        await outside.JoinAsync(browser, number, OutsidePortal.Offers + "?lang=fr");

        var person = (await outside.FindAsync(number))!;
        await using var db = outside.Portal.Open();
        var e = await db.ConsentEvents.SingleAsync(e => e.SubscriberId == person.Id);
        Assert.Equal((ConsentEventKind.Requested, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, true, ActorKind.Subscriber), (e.Kind, e.Channel, e.Level, e.IsActOfPerson, e.ActorKind));
        Assert.Equal("fr", (await db.Wordings.SingleAsync(w => w.Id == e.WordingId)).Language);
        var evidence = outside.EvidenceOf(person, e);
        Assert.EndsWith("/join/offers", evidence.FormUrl);
        Assert.StartsWith("203.0.113.", evidence.IpAddress);
        Assert.Equal(("Test browser", "Box ticked", "Hosted form /join/offers", "fr", "US"), (evidence.UserAgent, evidence.Words, evidence.CollectionPoint, evidence.Language, evidence.Jurisdiction));
        var (_, leaf) = (await outside.AuditAsync(person.Id)).Single(a => a.Action == "consent.requested");
        Assert.Contains($"\"requestId\":\"{evidence.CorrelationId}\"", leaf);
        Assert.Contains("\"kind\":\"subscriber\"", leaf);
        // The address stands in the sealed evidence alone: a leaf outlives the person's key.
        Assert.Contains("\"ip\":null", leaf);
        Assert.DoesNotContain("203.0.113.", leaf);
        Assert.DoesNotContain(number[2..], leaf);
    }

    /// <summary>Even where a purpose asks nobody else to confirm: the number may be a stranger's.</summary>
    [Fact]
    public async Task A_purpose_that_needs_no_double_opt_in_asks_the_number_all_the_same()
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();

        await outside.JoinAsync(browser, number, "/join/appointment-reminders");

        var person = (await outside.FindAsync(number))!;
        Assert.Equal(ConsentStatus.Pending, await outside.StatusAsync(person.Id, "Appointment reminders"));
        Assert.Equal(1, await outside.TextsAsync(person.Id, MessageKind.DoubleOptInPrompt));
    }

    [Fact]
    public async Task A_number_gets_one_prompt_however_often_and_for_whatever_it_is_typed()
    {
        var number = outside.NewNumber();

        foreach (var path in new[] { OutsidePortal.Offers, OutsidePortal.Offers, "/join/store-events", "/join/appointment-reminders", OutsidePortal.Offers })
        {
            using var browser = outside.OpenBrowser();
            await outside.JoinAsync(browser, number, path);
        }

        var person = (await outside.FindAsync(number))!;
        Assert.Equal(1, await outside.TextsAsync(person.Id, MessageKind.DoubleOptInPrompt));
        // A YES can only mean the prompt that was sent.
        await outside.TextAsync(number, "YES");
        Assert.Equal(ConsentStatus.Granted, await outside.StatusAsync(person.Id));
        Assert.Equal(ConsentStatus.None, await outside.StatusAsync(person.Id, "Store events"));
    }

    [Theory]
    [InlineData("Offers")]
    [InlineData("Store events")]
    public async Task Who_has_stopped_is_not_texted_because_somebody_typed_their_number(string purpose)
    {
        var person = await outside.AddPersonAsync();
        var number = outside.NumberOf(person);
        await outside.ConsentAsync(person);
        await outside.TextAsync(number, "STOP");
        using var browser = outside.OpenBrowser();

        await outside.JoinAsync(browser, number, Paths.JoinPurpose(JoinForm.Slug(purpose)));

        Assert.Equal(0, await outside.TextsAsync(person.Id, MessageKind.DoubleOptInPrompt));
        Assert.Equal(ConsentStatus.Withdrawn, await outside.StatusAsync(person.Id));
        Assert.Equal(purpose == "Offers" ? ConsentStatus.Withdrawn : ConsentStatus.None, await outside.StatusAsync(person.Id, purpose));
        Assert.Contains(await outside.AuditAsync(person.Id), a => a.Action == "join.notAsked" && a.Leaf.Contains("stopped", StringComparison.Ordinal));
        await using var db = outside.Portal.Open();
        Assert.True(await db.Suppressions.AnyAsync(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null));
    }

    [Fact]
    public async Task A_form_does_not_rename_somebody_who_is_known()
    {
        var person = await outside.AddPersonAsync();
        using var browser = outside.OpenBrowser();

        await outside.JoinAsync(browser, outside.NumberOf(person), more: ("Input.FirstName", "Mallory"));

        Assert.Equal(person.ProfileSealed, (await outside.FindAsync(outside.NumberOf(person)))!.ProfileSealed);
    }

    [Fact]
    public async Task The_answer_is_the_same_to_the_byte_for_known_unknown_and_stopped_numbers()
    {
        var known = await outside.AddPersonAsync();
        await outside.ConsentAsync(known);
        var stopped = await outside.AddPersonAsync();
        await outside.ConsentAsync(stopped);
        await outside.TextAsync(outside.NumberOf(stopped), "STOP");
        var answers = new List<(HttpStatusCode, string?, string)>();
        foreach (var number in new[] { outside.NewNumber(), outside.NumberOf(known), outside.NumberOf(stopped) })
        {
            using var browser = outside.OpenBrowser();
            var posted = await outside.JoinAsync(browser, number!);
            answers.Add((posted.Status, posted.Location, OutsidePortal.Comparable((await browser.GetAsync(posted.Location!)).Html, number!)));
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("If the number can receive these texts, we have sent you one message", answers[0].Item3);
    }

    [Theory]
    [InlineData("", "Enter your mobile number.")]
    [InlineData("12", "The number has too few digits for its country.")]
    [InlineData("+1 202 555 0123", "This number is reserved for examples. Enter your own.")]
    [InlineData("+1 800 356 9377", "This kind of number cannot receive texts. Enter a mobile number.")]
    public async Task A_wrong_number_is_told_at_its_field_and_nothing_is_recorded(string number, string sentence)
    {
        using var browser = outside.OpenBrowser();
        var before = await outside.FootprintAsync();

        var page = await outside.JoinAsync(browser, number, more: ("Input.FirstName", "Zoë"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(sentence, page.Document.QuerySelector("#phone-said")!.TextContent);
        Assert.Equal("true", page.Document.QuerySelector("#phone")!.GetAttribute("aria-invalid"));
        Assert.Equal((number, "Zoë"), (page.Document.QuerySelector("#phone")!.GetAttribute("value") ?? "", page.Document.QuerySelector("#first-name")!.GetAttribute("value")));
        Assert.Equal((before.Events, before.Texts, before.People), await CountsAsync());
    }

    [Fact]
    public async Task Without_the_tick_nothing_is_recorded()
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();

        var page = await browser.SubmitAsync(OutsidePortal.Offers, "join", ("Input.Country", "US"), ("Input.Phone", number));

        Assert.Equal("Tick the box if you agree. Without it we send nothing.", page.Document.QuerySelector("#agree-said")!.TextContent);
        Assert.Null(await outside.FindAsync(number));
    }

    [Fact]
    public async Task A_number_of_a_country_that_the_purpose_does_not_name_is_refused_in_a_sentence()
    {
        using var browser = outside.OpenBrowser();
        await ChangeAsync("Store events", p => p.Countries = "DE,AT");

        var page = await outside.JoinAsync(browser, outside.NewNumber(), "/join/store-events");
        await ChangeAsync("Store events", p => p.Countries = null);

        Assert.Equal("These texts are not offered for numbers of this country: United States.", page.Document.QuerySelector("#phone-said")!.TextContent);
    }

    [Fact]
    public async Task A_program_that_fills_in_the_hidden_field_gets_the_usual_answer_and_nothing_happens()
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();

        var answer = await outside.JoinAsync(browser, number, more: ("Input.Website", "https://spam.example"));

        Assert.Equal("/join/offers/sent", answer.Location);
        Assert.Null(await outside.FindAsync(number));
    }

    [Theory]
    [InlineData("Input.Stamp", "forged")]
    [InlineData("Input.Stamp", "")]
    [InlineData("Input.Wording", "0198c1a2-0000-7000-8000-000000000001")]
    public async Task A_form_that_is_not_ours_or_whose_words_changed_has_to_be_read_again(string field, string value)
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();

        var page = await outside.JoinAsync(browser, number, more: (field, value));

        Assert.StartsWith("This page was open for too long, or its words have changed.", page.Problem, StringComparison.Ordinal);
        Assert.Null(await outside.FindAsync(number));
    }

    [Fact]
    public async Task A_post_without_the_forms_token_is_400()
    {
        using var browser = outside.OpenBrowser();
        var number = outside.NewNumber();
        await browser.GetAsync(OutsidePortal.Offers);

        var answer = await browser.PostAsync(OutsidePortal.Offers, new Dictionary<string, string> { ["_handler"] = "join", ["Input.Phone"] = number, ["Input.Country"] = "US", ["Input.Agrees"] = "true" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(await outside.FindAsync(number));
    }

    [Fact]
    public async Task A_thousand_posts_make_as_many_texts_as_the_limit_allows_and_a_friendly_429()
    {
        using var browser = outside.OpenBrowser();
        var form = (await browser.GetAsync(OutsidePortal.Offers)).Document.QuerySelector("form[method=post]")!;
        var before = await outside.FootprintAsync();
        var answers = new List<Answer>();

        for (var i = 0; i < 1000; i++)
            answers.Add(await browser.SendAsync(OutsidePortal.Offers, form, ("Input.Country", "US"), ("Input.Phone", $"+1213736{i:D4}"), ("Input.Agrees", "true")));

        Assert.Equal(20, answers.Count(a => a.Status == HttpStatusCode.Found));
        Assert.Equal(980, answers.Count(a => a.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal("A moment, please", answers[^1].Heading);
        Assert.Equal("600", Assert.Single(answers[^1].Headers.GetValues("Retry-After")));
        await using var db = outside.Portal.Open();
        Assert.Equal(20, await db.Subscribers.CountAsync() - before.People);
        // Reading is never limited.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(OutsidePortal.Offers)).Status);
    }

    [Fact]
    public async Task Opening_pages_changes_nothing()
    {
        var person = await outside.AddPersonAsync();
        await outside.ConsentAsync(person);
        using var browser = outside.OpenBrowser(("Sec-GPC", "1"));
        var before = await outside.FootprintAsync(person.Id);

        foreach (var path in new[] { OutsidePortal.Offers, "/join/offers/sent", "/preferences", "/data-request", "/data-request/sent", "/p", "/verify", outside.LinkTo(person), outside.LinkTo(person) + "?said=stopped" })
            await browser.GetAsync(path);

        Assert.Equal((before.Events, before.Texts, before.Audit), await FootprintOfAsync(person));
        Assert.Null((await outside.FindAsync(outside.NumberOf(person)))!.SharingOptOutAt);
    }

    [Theory]
    [InlineData("+1 212 736 5000", "US", true, "US")]
    [InlineData("030 901820", "DE", true, "DE")]
    [InlineData("555", "US", false, null)]
    public async Task The_check_says_what_the_numbering_plan_says_and_nothing_more(string phone, string country, bool isFine, string? region)
    {
        using var browser = outside.OpenBrowser();

        var answer = await browser.PostAsync("/check-number", new Dictionary<string, string> { ["phone"] = phone, ["country"] = country, ["lang"] = "en" });

        using var json = System.Text.Json.JsonDocument.Parse(answer.Html);
        Assert.Equal(["ok", "country", "text"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal((isFine, region), (json.RootElement.GetProperty("ok").GetBoolean(), json.RootElement.GetProperty("country").GetString()));
    }

    [Fact]
    public async Task The_check_answers_alike_for_known_and_unknown_numbers_and_only_so_often()
    {
        var known = outside.NumberOf(await outside.AddPersonAsync());
        using var browser = outside.OpenBrowser();
        Task<Answer> CheckAsync(string number) => browser.PostAsync("/check-number", new Dictionary<string, string> { ["phone"] = number, ["lang"] = "en" });

        Assert.Equal((await CheckAsync(known)).Html, (await CheckAsync(outside.NewNumber())).Html);
        for (var i = 0; i < 58; i++)
            await CheckAsync(known);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await CheckAsync(known)).Status);
    }

    private async Task<(int, int, int)> CountsAsync()
    {
        var now = await outside.FootprintAsync();
        return (now.Events, now.Texts, now.People);
    }

    private async Task<(int, int, int)> FootprintOfAsync(Application.Subscribers.Subscriber person)
    {
        var now = await outside.FootprintAsync(person.Id);
        return (now.Events, now.Texts, now.Audit);
    }

    private Task ChangeAsync(string name, Action<Purpose> change) => outside.Portal.Get<PortalDatabase>().WriteAsync(async db => change(await db.Purposes.SingleAsync(p => p.Name == name)), default);
}
