using System.Net;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.PublicPages;

/// <summary>What a person sees and changes behind a link or after a code, and what neither opens.</summary>
public sealed class CentrePageTests(OutsidePortal outside) : IClassFixture<OutsidePortal>
{
    [Fact]
    public async Task A_link_shows_the_person_in_their_language_without_their_number()
    {
        var person = await outside.AddPersonAsync(language: "de");
        await outside.ConsentAsync(person);
        using var browser = outside.OpenBrowser(("Accept-Language", "fr"));

        var page = await browser.GetAsync(outside.LinkTo(person));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(("de", "Ihre SMS-Einstellungen"), (page.Document.DocumentElement.GetAttribute("lang"), page.Heading));
        Assert.DoesNotContain(outside.NumberOf(person)[2..], page.Html);
        Assert.Contains("no-store", page.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("fr", (await browser.GetAsync(outside.LinkTo(person) + "?lang=fr")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Receipts_show_the_words_that_were_agreed_to()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();

        var receipt = (await browser.GetAsync(outside.LinkTo(person))).Document.QuerySelector(".receipts li")!;

        Assert.Contains("Offers – Agreed", System.Text.RegularExpressions.Regex.Replace(receipt.TextContent, @"\s+", " "));
        Assert.StartsWith("I agree that Aurora Outfitters may send me", receipt.QuerySelector("blockquote")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Off_ends_a_purpose_at_once_as_the_persons_own_act()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();

        var answer = await SubmitAsync(browser, person, $"off-{await OffersAsync()}");

        Assert.EndsWith("?said=off", answer.Location);
        Assert.Equal(ConsentStatus.Withdrawn, await outside.StatusAsync(person.Id));
        await using var db = outside.Portal.Open();
        var e = await db.ConsentEvents.OrderBy(e => e.Id).LastAsync(e => e.SubscriberId == person.Id);
        Assert.Equal((ConsentChannel.PreferenceCentre, ActorKind.Subscriber, person.Id.ToString(), true), (e.Channel, e.ActorKind, e.ActorId, e.IsActOfPerson));
        var stop = await db.Suppressions.SingleAsync(s => s.PhoneHash == person.PhoneHash);
        Assert.Equal((SuppressionScope.Purpose, SuppressionSource.PreferenceCentre), (stop.Scope, stop.Source));
        var (_, leaf) = (await outside.AuditAsync(person.Id)).Single(a => a.Action == "consent.withdrawn");
        Assert.Contains("\"ip\":null", leaf);
        Assert.Contains($"\"actor\":{{\"id\":\"{person.Id}\",\"kind\":\"subscriber\"", leaf);
    }

    [Fact]
    public async Task A_link_alone_does_not_bring_back_what_was_stopped()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();
        await SubmitAsync(browser, person, $"off-{await OffersAsync()}");

        var answer = await SubmitAsync(browser, person, $"on-{await OffersAsync()}");

        Assert.EndsWith("?said=needscode", answer.Location);
        Assert.Equal(ConsentStatus.Withdrawn, await outside.StatusAsync(person.Id));
    }

    [Fact]
    public async Task A_link_alone_switches_on_only_after_the_numbers_yes()
    {
        var person = await outside.AddPersonAsync();
        using var browser = outside.OpenBrowser();

        var answer = await SubmitAsync(browser, person, $"on-{await OffersAsync()}");

        Assert.EndsWith("?said=pending", answer.Location);
        Assert.Equal((ConsentStatus.Pending, 1), (await outside.StatusAsync(person.Id), await outside.TextsAsync(person.Id, MessageKind.DoubleOptInPrompt)));
        await outside.TextAsync(outside.NumberOf(person), "YES");
        Assert.Equal(ConsentStatus.Granted, await outside.StatusAsync(person.Id));
    }

    [Fact]
    public async Task After_a_code_a_stopped_purpose_comes_back_at_once_with_its_words()
    {
        var person = await JoinedAsync();
        await outside.TextAsync(outside.NumberOf(person), "STOP");
        using var browser = await ProvenAsync(person);

        var answer = await browser.SubmitAsync("/p", $"on-{await OffersAsync()}");

        Assert.Equal("/p?said=on", answer.Location);
        Assert.Contains("Done. It is switched on", (await browser.GetAsync(answer.Location!)).Html);
        await using var db = outside.Portal.Open();
        var record = await db.ConsentRecords.SingleAsync(r => r.SubscriberId == person.Id);
        Assert.Equal((ConsentStatus.Granted, DoubleOptIn.Sms, ConsentChannel.PreferenceCentre), (record.Status, record.DoubleOptInBy, record.Channel));
        // Whatever was not switched on stays stopped.
        var stops = await db.Suppressions.Where(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null).ToListAsync();
        Assert.All(stops, s => Assert.Equal(SuppressionScope.Purpose, s.Scope));
        Assert.Equal(await db.Purposes.Where(p => p.RetiredAt == null && p.Id != record.PurposeId).CountAsync(), stops.Count(s => s.PurposeId != record.PurposeId));
    }

    [Fact]
    public async Task What_the_business_stopped_itself_is_not_lifted_by_the_page()
    {
        var person = await JoinedAsync();
        await outside.Portal.Get<WithdrawConsent>().ExecuteAsync(
            Actor.Job("test"), person.Id, new Withdrawal(SuppressionScope.All, SuppressionSource.Complaint, ConsentChannel.Staff, "Complained in the shop", TimeProvider.System.GetUtcNow()), default);
        using var browser = await ProvenAsync(person);

        var answer = await browser.SubmitAsync("/p", $"on-{await OffersAsync()}");

        Assert.Equal("/p?said=held", answer.Location);
        Assert.Equal(ConsentStatus.Withdrawn, await outside.StatusAsync(person.Id));
    }

    [Fact]
    public async Task Stop_everything_needs_no_proof_and_leaves_nothing_planned()
    {
        var person = await JoinedAsync();
        await outside.ConsentAsync(person, "Store events");
        using var browser = outside.OpenBrowser();

        var answer = await SubmitAsync(browser, person, "stop");

        Assert.EndsWith("?said=stopped", answer.Location);
        Assert.Equal((ConsentStatus.Withdrawn, ConsentStatus.Withdrawn), (await outside.StatusAsync(person.Id), await outside.StatusAsync(person.Id, "Store events")));
        Assert.Contains("All texts are stopped.", (await browser.GetAsync(outside.LinkTo(person))).Html);
    }

    [Fact]
    public async Task Frequency_pause_and_language_are_kept_and_audited()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddMonths(2);

        var answer = await SubmitAsync(browser, person, "rhythm", ("Input.Frequency", "Weekly"), ("Input.Pause", day.ToString("yyyy-MM-dd")), ("Input.Language", "fr"));

        Assert.EndsWith("?said=saved", answer.Location);
        var changed = await AgainAsync(person);
        Assert.Equal((FrequencyPreference.Weekly, "fr", day.AddDays(1)), (changed.Frequency, changed.Language, DateOnly.FromDateTime(changed.PausedUntil!.Value.UtcDateTime)));
        Assert.Contains(await outside.AuditAsync(person.Id), a => a.Action == "preferences.changed" && a.Leaf.Contains("\"frequency\":\"weekly\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2020-01-01", "Weekly", "pause")]
    [InlineData("2099-01-01", "Weekly", "pause")]
    [InlineData("soon", "Weekly", "pause")]
    [InlineData("", "Hourly", "failed")]
    [InlineData("", "17", "failed")]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_changed(string pause, string frequency, string said)
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();

        var answer = await SubmitAsync(browser, person, "rhythm", ("Input.Frequency", frequency), ("Input.Pause", pause));

        Assert.EndsWith($"?said={said}", answer.Location);
        Assert.Equal((FrequencyPreference.Every, null), ((await AgainAsync(person)).Frequency, (await AgainAsync(person)).PausedUntil));
    }

    [Fact]
    public async Task The_browsers_privacy_signal_is_heard_with_the_first_button_and_shown_as_done()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser(("Sec-GPC", "1"));

        Assert.Contains("Global Privacy Control", (await browser.GetAsync(outside.LinkTo(person))).Html);
        Assert.Null((await AgainAsync(person)).SharingOptOutAt);
        await SubmitAsync(browser, person, "rhythm", ("Input.Frequency", "Every"));

        Assert.NotNull((await AgainAsync(person)).SharingOptOutAt);
        Assert.Contains("Opt-out request honored", (await browser.GetAsync(outside.LinkTo(person))).Html);
        Assert.Contains(await outside.AuditAsync(person.Id), a => a.Action == "sharing.optedOut" && a.Leaf.Contains("globalPrivacyControl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_signal_a_button_ends_sharing()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();

        await SubmitAsync(browser, person, "rhythm", ("Input.Frequency", "Every"));
        Assert.Null((await AgainAsync(person)).SharingOptOutAt);
        Assert.EndsWith("?said=sharing", (await SubmitAsync(browser, person, "sharing")).Location);

        Assert.NotNull((await AgainAsync(person)).SharingOptOutAt);
    }

    [Fact]
    public async Task Data_is_handed_over_only_after_a_code()
    {
        var person = await JoinedAsync();
        using var stranger = outside.OpenBrowser();
        var page = await stranger.GetAsync(outside.LinkTo(person));
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var sent = await stranger.PostAsync("/p/data", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        Assert.Equal("/preferences", sent.Location);

        // Nor does a link become a proof because somebody puts it where the session belongs.
        using var forger = outside.OpenBrowser(("Cookie", $"consentportal-preferences={outside.LinkTo(person)[3..]}"));
        var forged = await forger.GetAsync("/p");
        Assert.Equal("Your text preferences", forged.Heading);
        Assert.Null(forged.Document.QuerySelector("form[action='/p/data']"));
        var refused = await outside.Portal.Get<DownloadOwnData>().ExecuteAsync(Actor.Subscriber(person.Id.ToString(), null), person.Id, isNumberProven: false, default);
        Assert.IsType<CodeNeeded>(refused.Failure);

        using var browser = await ProvenAsync(person);
        var form = (await browser.GetAsync("/p")).Document.QuerySelector("form[action='/p/data']")!;
        var answer = await browser.SendAsync("/p/data", form);

        using var json = JsonDocument.Parse(answer.Html);
        Assert.Equal(outside.NumberOf(person), json.RootElement.GetProperty("profile").GetProperty("number").GetString());
        Assert.Equal("Offers", json.RootElement.GetProperty("consents")[0].GetProperty("purpose").GetString());
        Assert.Contains(await outside.AuditAsync(person.Id), a => a.Action == "data.downloaded");
    }

    [Theory]
    [InlineData(true, "DE", PrivacyRequestStatus.Verified)]
    // California wants a second matching fact (CA-07).
    [InlineData(true, "US", PrivacyRequestStatus.Received)]
    [InlineData(false, "DE", PrivacyRequestStatus.Received)]
    public async Task Asking_for_deletion_opens_one_request_with_what_was_proven(bool isProven, string home, PrivacyRequestStatus status)
    {
        var person = await JoinedAsync();
        await outside.Portal.Get<PortalDatabase>().WriteAsync(db => db.Subscribers.Where(s => s.Id == person.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.DeclaredRegion, home)), default);
        using var browser = isProven ? await ProvenAsync(person) : outside.OpenBrowser();
        var path = isProven ? "/p" : outside.LinkTo(person);

        Assert.Equal("Tick the box first. Nothing was asked for.", (await browser.SubmitAsync(path, "erase")).Problem);
        var page = await browser.SubmitAsync(path, "erase", ("Input.Sure", "true"));
        await browser.SubmitAsync(path, "erase", ("Input.Sure", "true"));

        await using var db = outside.Portal.Open();
        var request = await db.PrivacyRequests.SingleAsync(r => r.SubscriberId == person.Id);
        Assert.Equal((PrivacyRequestKind.Erasure, status, "Preference page"), (request.Kind, request.Status, request.Source));
        Assert.Equal(isProven, request.NumberProvenAt is not null);
        Assert.Contains($"DSR-{request.Number}", page.Html);
    }

    [Fact]
    public async Task A_changed_link_is_404_an_old_one_410_and_both_show_the_way_on()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();
        var link = outside.LinkTo(person);

        foreach (var place in new[] { 4, 12, 30, link.Length - 1 })
        {
            var changed = link[..place] + (link[place] == 'A' ? 'B' : 'A') + link[(place + 1)..];
            var broken = await browser.GetAsync(changed);
            Assert.Equal((HttpStatusCode.NotFound, "This link is not complete"), (broken.Status, broken.Heading));
            Assert.NotNull(broken.Document.QuerySelector("main a[href='/preferences']"));
        }

        var expired = await browser.GetAsync(outside.LinkTo(person, TimeSpan.FromDays(402)));
        Assert.Equal((HttpStatusCode.Gone, "This link has expired"), (expired.Status, expired.Heading));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(outside.LinkTo(person, TimeSpan.FromDays(399)))).Status);
    }

    [Theory]
    [InlineData("period")]
    [InlineData("merged")]
    [InlineData("erased")]
    [InlineData("reassigned")]
    public async Task A_link_opens_nothing_once_the_number_is_no_longer_the_persons(string how)
    {
        var person = await JoinedAsync();
        var link = outside.LinkTo(person);
        using var browser = outside.OpenBrowser();
        var form = (await browser.GetAsync(link)).Document.QuerySelectorAll("form").Single(f => f.QuerySelector("input[value=stop]") is not null);
        await EndAsync(person, how);

        var page = await browser.GetAsync(link);
        var before = await outside.FootprintAsync(person.Id);
        var posted = await browser.SendAsync(link, form);

        Assert.Equal((HttpStatusCode.Gone, "This link no longer works"), (page.Status, page.Heading));
        Assert.NotEqual(HttpStatusCode.Found, posted.Status);
        Assert.Equal(before.Events, (await outside.FootprintAsync(person.Id)).Events);
    }

    [Fact]
    public async Task A_number_that_is_anothers_now_is_answered_like_one_that_nobody_has()
    {
        var person = await JoinedAsync();
        using var proven = await ProvenAsync(person);
        await EndAsync(person, "reassigned");
        using var browser = outside.OpenBrowser();

        var anothers = await browser.SubmitAsync("/preferences", "number", ("Input.Country", "US"), ("Input.Phone", outside.NumberOf(person)));
        var nobodys = await browser.SubmitAsync("/preferences", "number", ("Input.Country", "US"), ("Input.Phone", outside.NewNumber()));
        var (refusedAnothers, refusedNobodys) = (await browser.SubmitCodeAsync(anothers, "123456"), await browser.SubmitCodeAsync(nobodys, "123456"));

        Assert.Equal((nobodys.Status, Words(nobodys)), (anothers.Status, Words(anothers)));
        Assert.Equal((refusedNobodys.Status, Words(refusedNobodys)), (refusedAnothers.Status, Words(refusedAnothers)));
        Assert.Equal(HttpStatusCode.Gone, (await proven.GetAsync("/p")).Status);

        static string Words(Answer page) => page.Document.QuerySelector("main")!.TextContent;
    }

    [Fact]
    public async Task A_post_without_the_forms_token_is_400()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();
        await browser.GetAsync(outside.LinkTo(person));

        var answer = await browser.PostAsync(outside.LinkTo(person), new Dictionary<string, string> { ["_handler"] = "stop" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/p/data", new Dictionary<string, string>())).Status);
        Assert.Equal(ConsentStatus.Granted, await outside.StatusAsync(person.Id));
    }

    [Fact]
    public async Task Known_and_unknown_numbers_are_asked_for_their_code_alike()
    {
        var person = await JoinedAsync();
        var answers = new List<string>();
        foreach (var number in new[] { outside.NumberOf(person), outside.NewNumber() })
        {
            using var browser = outside.OpenBrowser();
            var page = await browser.SubmitAsync("/preferences", "number", ("Input.Country", "US"), ("Input.Phone", number));
            var wrong = await browser.SubmitCodeAsync(page, "000000");
            answers.Add(OutsidePortal.Comparable(page.Html, number) + OutsidePortal.Comparable(wrong.Html, number));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(1, await outside.TextsAsync(person.Id, MessageKind.OneTimeCode));
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        var person = await JoinedAsync();
        using var browser = await ProvenAsync(person);
        var code = await outside.CodeAsync(person);
        using var another = outside.OpenBrowser();
        // The second text is not asked for, so that the first code stays the latest.
        var again = await outside.Portal.Get<ReadPreferenceCode>().ExecuteAsync(Actor.Subscriber("test", null), new PhoneNumber(outside.NumberOf(person), "US"), code, default);

        Assert.IsType<CodeRefused>(again.Failure);
        Assert.Equal("Your text preferences", (await browser.GetAsync("/p")).Heading);
        Assert.Equal("/preferences", (await another.GetAsync("/p")).Location);
    }

    [Fact]
    public async Task Five_wrong_tries_end_a_code_and_ten_minutes_do_too()
    {
        var (guessed, late) = (await JoinedAsync(), await JoinedAsync());
        var self = Actor.Subscriber("test", null);
        var (text, read) = (outside.Portal.Get<TextPreferenceCode>(), outside.Portal.Get<ReadPreferenceCode>());
        var phone = new PhoneNumber(outside.NumberOf(guessed), "US");
        await text.ExecuteAsync(self, phone, default);
        var code = await outside.CodeAsync(guessed);
        for (var i = 0; i < 5; i++)
            await read.ExecuteAsync(self, phone, code == "111111" ? "222222" : "111111", default);

        Assert.IsType<CodeRefused>((await read.ExecuteAsync(self, phone, code, default)).Failure);

        var other = new PhoneNumber(outside.NumberOf(late), "US");
        await text.ExecuteAsync(self, other, default);
        await outside.Portal.Get<PortalDatabase>().WriteAsync(
            async db => await db.OneTimeCodes.Where(c => c.SubscriberId == late.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.ExpiresAt, TimeProvider.System.GetUtcNow())), default);
        Assert.IsType<CodeRefused>((await read.ExecuteAsync(self, other, await outside.CodeAsync(late), default)).Failure);
    }

    [Fact]
    public async Task A_number_gets_only_a_few_codes_however_often_they_are_asked_for()
    {
        var person = await JoinedAsync();

        for (var i = 0; i < 6; i++)
        {
            using var browser = outside.OpenBrowser();
            await browser.SubmitAsync("/preferences", "number", ("Input.Country", "US"), ("Input.Phone", outside.NumberOf(person)));
        }

        Assert.Equal(3, await outside.TextsAsync(person.Id, MessageKind.OneTimeCode));
    }

    [Fact]
    public async Task A_code_leaves_through_the_ledger_even_after_a_stop_and_staff_cannot_read_it()
    {
        var person = await JoinedAsync();
        await outside.TextAsync(outside.NumberOf(person), "STOP");
        using var browser = outside.OpenBrowser();

        await browser.SubmitAsync("/preferences", "number", ("Input.Country", "US"), ("Input.Phone", outside.NumberOf(person)));

        OutboundMessage? sent = null;
        for (var i = 0; i < 100 && sent?.SentAt is null; i++)
        {
            await Task.Delay(100);
            await using var db = outside.Portal.Open();
            sent = await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.SubscriberId == person.Id && m.Kind == MessageKind.OneTimeCode);
        }

        Assert.NotNull(sent!.SentAt);
        var seen = await outside.Portal.Get<SubscriberConversation>().PageAsync(Actor.Job("test"), person.Id, null, default);
        Assert.Null(seen.Texts.OfType<ConversationText.Out>().Single(t => t.Kind == MessageKind.OneTimeCode).Body);
    }

    [Fact]
    public async Task The_session_cookie_stays_on_these_pages_and_away_from_scripts()
    {
        using var browser = await ProvenAsync(await JoinedAsync());

        var cookie = browser.CookiesSet.Last(c => c.StartsWith("consentportal-preferences=", StringComparison.Ordinal));

        Assert.Contains("path=/p;", cookie + ";", StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=1800", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Staff_get_a_link_that_opens_the_page_and_the_trail_keeps_it()
    {
        var person = await JoinedAsync();
        using var browser = outside.OpenBrowser();

        var token = (await outside.Portal.Get<CopyPreferenceLink>().ExecuteAsync(Actor.CommandLine, person.Id, default)).Value;

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Paths.PreferencesOf(token))).Status);
        Assert.Contains(await outside.AuditAsync(person.Id), a => a.Action == "preferences.linkCopied");
    }

    [Fact]
    public async Task Staff_change_preferences_on_the_persons_word_with_a_reason()
    {
        var person = await JoinedAsync();
        var change = outside.Portal.Get<ChangePreferences>();

        Assert.IsType<ReasonNeeded>((await change.ExecuteAsync(Actor.CommandLine, person.Id, new PreferenceWish(FrequencyPreference.Monthly, null, null), default)).Failure);
        Assert.True((await change.ExecuteAsync(Actor.CommandLine, person.Id, new PreferenceWish(FrequencyPreference.Monthly, null, null, "Asked at the till"), default)).IsSuccess);

        Assert.Equal(FrequencyPreference.Monthly, (await AgainAsync(person)).Frequency);
        await Assert.ThrowsAsync<NotPermitted>(() => change.ExecuteAsync(Actor.Subscriber("somebody-else", null), person.Id, new PreferenceWish(FrequencyPreference.Daily, null, null), default));
    }

    private async Task<Subscriber> JoinedAsync()
    {
        var person = await outside.AddPersonAsync();
        await outside.ConsentAsync(person);
        return person;
    }

    private async Task<Browser> ProvenAsync(Subscriber person)
    {
        var browser = outside.OpenBrowser();
        var page = await browser.SubmitAsync("/preferences", "number", ("Input.Country", "US"), ("Input.Phone", outside.NumberOf(person)));
        var answer = await browser.SubmitCodeAsync(page, await outside.CodeAsync(person));
        Assert.Equal("/p?said=proven", answer.Location);
        return browser;
    }

    private Task<Answer> SubmitAsync(Browser browser, Subscriber person, string form, params (string Name, string Value)[] fields) => browser.SubmitAsync(outside.LinkTo(person), form, fields);

    private async Task<string> OffersAsync() => (await outside.PurposeAsync("Offers")).Id.ToString();

    private async Task<Subscriber> AgainAsync(Subscriber person)
    {
        await using var db = outside.Portal.Open();
        return await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == person.Id);
    }

    private Task EndAsync(Subscriber person, string how) => outside.Portal.Get<PortalDatabase>().WriteAsync(
        async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var row = await db.Subscribers.SingleAsync(s => s.Id == person.Id);
            if (how == "period")
                (await db.NumberPeriods.SingleAsync(p => p.Id == person.CurrentPeriodId)).To = now;
            else if (how == "merged")
                (row.MergedIntoId, row.MergedAt) = (person.Id, now);
            else if (how == "reassigned")
                row.NumberState = NumberState.Reassigned;
            else
                (row.ErasedAt, row.WrappedKey) = (now, null);
        },
        default);
}

internal static class CodeForm
{
    public static Task<Answer> SubmitCodeAsync(this Browser browser, Answer page, string code) =>
        browser.SendAsync("/preferences", page.Document.QuerySelectorAll("form").Single(f => f.QuerySelector("input[name='Input.Code']") is not null), ("Input.Code", code));
}
