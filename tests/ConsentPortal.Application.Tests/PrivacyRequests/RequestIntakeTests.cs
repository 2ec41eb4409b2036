using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Requests that come in without staff, and the package that goes out by its link.</summary>
public sealed class RequestIntakeTests : IAsyncLifetime
{
    private const string Number = "+12125552368";
    private static readonly Actor Anybody = Actor.Subscriber("data-request", null);

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync("https://texts.example.com");

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task The_form_opens_one_unverified_request_and_says_nothing_of_numbers_that_nobody_has()
    {
        var person = await _portal.AddPersonAsync();
        var ask = _portal.Get<AskAboutData>();

        var known = await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber(Number, "US"), PrivacyRequestKind.Erasure, "Please hurry"), default);
        var again = await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber(Number, "US"), PrivacyRequestKind.Erasure, null), default);
        var unknown = await ask.ExecuteAsync(Anybody, new AskedAboutData(new PhoneNumber("+12125550199", "US"), PrivacyRequestKind.Erasure, null), default);

        Assert.Equal((known, known), (again, unknown));
        await using var db = _portal.Database.Open();
        var request = await db.PrivacyRequests.SingleAsync(r => r.SubscriberId == person);
        Assert.Equal((PrivacyRequestStatus.Received, "Web form"), (request.Status, request.Source));
        Assert.Equal("Please hurry", (await db.PrivacyRequestEntries.SingleAsync(e => e.Kind == RequestEntryKinds.Message)).Text);
        var without = await db.PrivacyRequests.SingleAsync(r => r.SubscriberId == null);
        Assert.Equal((request.Status, request.Source, request.DueOn, request.Kind), (without.Status, without.Source, without.DueOn, without.Kind));
    }

    [Theory]
    [InlineData("My data!", PrivacyRequestKind.Access)]
    [InlineData("DELETE MY DATA", PrivacyRequestKind.Erasure)]
    [InlineData("Meine Daten löschen", PrivacyRequestKind.Erasure)]
    [InlineData("mes données", PrivacyRequestKind.Access)]
    public async Task A_text_that_asks_for_ones_data_opens_an_unverified_request_and_is_answered_with_the_page_for_the_code(string text, PrivacyRequestKind kind)
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);

        await TextAsync(text);

        await using var db = _portal.Database.Open();
        var request = await db.PrivacyRequests.SingleAsync();
        Assert.Equal((kind, PrivacyRequestStatus.Received, "SMS"), (request.Kind, request.Status, request.Source));
        Assert.Contains("DSR-1. Confirm your number here: https://texts.example.com/preferences", await WordsAsync(person), StringComparison.Ordinal);
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    [Trait("Rule", "US-12")]
    public async Task What_says_stop_stops_even_where_it_also_asks_for_deletion()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);

        await TextAsync("STOP");
        await TextAsync("stop and delete my data");

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Empty(await db.PrivacyRequests.ToListAsync());
    }

    [Fact]
    public void No_word_of_the_keyword_lists_asks_for_data() => Assert.All(
        ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe", "stop all", "remove", "baja", "arret", "abmelden", "help", "start", "yes", "data", "delete"],
        word => Assert.Null(DataRequestWords.Read(word)));

    [Fact]
    public async Task A_stranger_without_consent_gets_a_request_too_and_twice_is_once()
    {
        await TextAsync("my data");
        await TextAsync("MY DATA");

        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.PrivacyRequests.CountAsync());
    }

    [Fact]
    public async Task The_link_to_a_package_wants_a_code_lasts_seven_days_and_each_download_stands_in_the_trail()
    {
        var desk = await RequestDesk.OpenAsync(_portal);
        var person = await _portal.AddPersonAsync();
        var id = await desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        Assert.IsType<RequestNotReady>((await _portal.Get<CopyPackageLink>().ExecuteAsync(desk.First, id, default)).Failure);
        await desk.VerifyAsync(id);
        await desk.ReviewAsync(id);
        var link = (await _portal.Get<CopyPackageLink>().ExecuteAsync(desk.First, id, default)).Value;
        var handOut = _portal.Get<HandOutPackage>();

        Assert.NotNull((await handOut.ExecuteAsync(Anybody, link, "123456", default)).Failure);
        Assert.Null((await handOut.TextCodeAsync(Anybody, link, default)).Failure);
        var code = System.Text.RegularExpressions.Regex.Match(await WordsAsync(person), @"\b\d{6}\b").Value;
        var file = await handOut.ExecuteAsync(Anybody, link, code, default);

        Assert.Equal("DSR-1-data.zip", file.Value.FileName);
        var entry = Assert.Single(await _portal.AuditAsync(MakeAccessPackage.Downloaded));
        Assert.Equal(("subscriber", person.ToString()), (entry.GetProperty("actor").GetProperty("kind").GetString(), entry.GetProperty("actor").GetProperty("id").GetString()));
        Assert.IsType<PackageLinkRefused>((await handOut.FindAsync(link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1], default)).Failure);
        _portal.Clock.Advance(PackageLinks.Lifetime);
        Assert.IsType<PackageLinkRefused>((await handOut.FindAsync(link, default)).Failure);
    }

    [Fact]
    public async Task The_first_download_by_the_link_hands_the_package_over_and_each_is_counted()
    {
        var desk = await RequestDesk.OpenAsync(_portal);
        var person = await _portal.AddPersonAsync();
        var id = await desk.ReviewedAsync(person, PrivacyRequestKind.Access);
        var link = (await _portal.Get<CopyPackageLink>().ExecuteAsync(desk.First, id, default)).Value;
        Assert.NotNull((await _portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Sent by link", default)).Failure);

        await DownloadAsync(link, person);
        var first = _portal.Now;
        _portal.Clock.Advance(TimeSpan.FromHours(3));
        await DownloadAsync(link, person);

        var request = (await _portal.Get<PrivacyRequestDetail>().GetAsync(desk.First, id, default)).Value;
        Assert.Equal((true, 2, first), (request.Package.IsMade, request.Package.Downloads, request.Package.FirstDownloadAt));
        Assert.Single(request.Entries, e => e.Text == "Handed over: the person downloaded the package by its link.");
        Assert.Single(request.Entries, e => e.Text == "The person downloaded the package again, 2 times now.");
        Assert.Equal([1, 2], (await _portal.AuditAsync(MakeAccessPackage.Downloaded)).Select(e => e.GetProperty("after").GetProperty("download").GetInt32()));
        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Sent by link", default)).Failure);
    }

    [Fact]
    public async Task What_is_written_with_a_second_request_is_kept_with_the_open_one_and_changes_nothing_else_of_it()
    {
        await _portal.AddPersonAsync();
        var phone = new PhoneNumber(Number, "US");
        var ask = _portal.Get<AskAboutData>();
        await ask.ExecuteAsync(Anybody, new AskedAboutData(phone, PrivacyRequestKind.Erasure, null), default);
        await using var db = _portal.Database.Open();
        var before = await db.PrivacyRequests.AsNoTracking().SingleAsync();
        _portal.Clock.Advance(TimeSpan.FromDays(1));

        await ask.ExecuteAsync(Anybody, new AskedAboutData(phone, PrivacyRequestKind.Erasure, "Also my old number"), default);
        await ask.ExecuteAsync(Anybody, new AskedAboutData(phone, PrivacyRequestKind.Erasure, "Also my old number"), default);

        Assert.Equivalent(before, await db.PrivacyRequests.AsNoTracking().SingleAsync(), strict: true);
        Assert.Equal("Also my old number", (await db.PrivacyRequestEntries.SingleAsync(e => e.Kind == RequestEntryKinds.Message)).Text);
        var entry = Assert.Single(await _portal.AuditAsync("request.messageAdded"));
        Assert.DoesNotContain("old number", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_the_package_run_nothing_in_a_spreadsheet()
    {
        var desk = await RequestDesk.OpenAsync(_portal);
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person);
        await _portal.ReceiveAsync(person, "=cmd|' /C calc'!A0", _portal.Now);
        var id = await desk.ReviewedAsync(person, PrivacyRequestKind.Access);

        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream((await _portal.Get<MakeAccessPackage>().ExecuteAsync(desk.First, id, default)).Value.Bytes));
        var messages = await TextOfAsync(zip, "messages.csv");

        Assert.Contains("'=cmd|", messages, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd", messages, StringComparison.Ordinal);
        Assert.Contains("I agree that Aurora may text me offers.", await TextOfAsync(zip, "consents.csv"), StringComparison.Ordinal);
        Assert.StartsWith("﻿At (UTC),Kind", await TextOfAsync(zip, "decisions.csv"), StringComparison.Ordinal);
    }

    private async Task DownloadAsync(string link, SubscriberId person)
    {
        var handOut = _portal.Get<HandOutPackage>();
        Assert.Null((await handOut.TextCodeAsync(Anybody, link, default)).Failure);
        var code = System.Text.RegularExpressions.Regex.Match(await WordsAsync(person), @"\b\d{6}\b").Value;
        Assert.Null((await handOut.ExecuteAsync(Anybody, link, code, default)).Failure);
    }

    private static async Task<string> TextOfAsync(System.IO.Compression.ZipArchive zip, string name)
    {
        await using var file = zip.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private Task TextAsync(string text) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.NewGuid().ToString(), Number, "+12025550111", text, _portal.Now, null), default);

    /// <returns>The words of the last text that is planned to the person.</returns>
    private async Task<string> WordsAsync(SubscriberId person)
    {
        await using var db = _portal.Database.Open();
        var row = await db.Subscribers.SingleAsync(s => s.Id == person);
        var body = await db.OutboundMessages.Where(m => m.SubscriberId == person).OrderByDescending(m => m.Id).Select(m => m.BodySealed).FirstAsync();
        return _portal.Get<SubscriberVault>().OpenField(person, row.WrappedKey, body, SealedField.MessageBody)!;
    }
}
