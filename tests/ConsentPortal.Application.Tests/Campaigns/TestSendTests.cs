using System.Text.RegularExpressions;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Campaigns.TestSends;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Messaging.Simulator;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed partial class TestSendTests : IAsyncLifetime
{
    private const string Number = "+12125552368";
    private const string Text = "Aurora: hello {{ firstName | default: \"there\" }}. {{ stopLine }}";

    private PeoplePortal _portal = null!;
    private SimulatedProvider _provider = null!;
    private StaffTexter _texter = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync("https://t.example");
        _provider = await SimulatedProvider.StartAsync();
        _texter = new StaffTexter(_portal.Database, _provider.Client, _portal.Get<SendingStopNotice>(), Options.Create(new DispatchOptions()), _portal.Clock);
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task A_code_that_is_read_back_makes_the_number_ones_own()
    {
        await AskForCodeAsync();
        Assert.Empty(await RecipientsAsync());

        Assert.Null((await ReadBackAsync(LastCode())).Failure);

        Assert.Equal(["+1 212 ••• 2368"], (await RecipientsAsync()).Select(r => r.MaskedPhone));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Assert.Single(await _portal.AuditAsync("staffNumber.verified")).GetProperty("before").ValueKind);
    }

    [Fact]
    public async Task What_is_done_to_a_number_says_what_was_there_before()
    {
        await VerifyAsync();
        var first = _portal.Now;
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        await AskForCodeAsync("+12125552369");
        Assert.NotNull((await ReadBackAsync("000000")).Failure);
        Assert.Null((await ReadBackAsync(LastCode())).Failure);
        Assert.Null((await _portal.Get<RemoveStaffNumber>().ExecuteAsync(_portal.Staff, default)).Failure);

        var wrong = Assert.Single(await _portal.AuditAsync("staffNumber.codeWrong"));
        Assert.Equal((0, 1), (wrong.GetProperty("before").GetProperty("attempts").GetInt32(), wrong.GetProperty("after").GetProperty("attempts").GetInt32()));
        var verified = (await _portal.AuditAsync("staffNumber.verified"))[1];
        Assert.Equal((first, _portal.Now), (verified.GetProperty("before").GetProperty("verifiedAt").GetDateTimeOffset(), verified.GetProperty("after").GetProperty("verifiedAt").GetDateTimeOffset()));
        Assert.Equal(_portal.Now, Assert.Single(await _portal.AuditAsync("staffNumber.removed")).GetProperty("before").GetProperty("verifiedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_code_that_takes_the_place_of_a_waiting_number_says_since_when_that_one_waited_and_whether_it_is_the_same()
    {
        await VerifyAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        var first = _portal.Now;
        await AskForCodeAsync("+12125552369");
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskForCodeAsync("+12125552369");
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskForCodeAsync("+12125552370");

        var texted = await _portal.AuditAsync("staffNumber.codeTexted");
        Assert.Equal(4, texted.Count);
        // The number that was verified before waits for nothing, and stays.
        Assert.All(texted.Take(2), entry => Assert.Equal(System.Text.Json.JsonValueKind.Null, entry.GetProperty("before").ValueKind));
        Assert.Equal(
            [(first, true), (first.AddMinutes(1), false)],
            texted.Skip(2).Select(entry => (entry.GetProperty("before").GetProperty("waitingSince").GetDateTimeOffset(), entry.GetProperty("before").GetProperty("isSameNumber").GetBoolean())));
        Assert.Equal(_portal.Now, texted[3].GetProperty("after").GetProperty("waitingSince").GetDateTimeOffset());
        Assert.All(texted, entry => Assert.DoesNotContain("5552369", entry.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        await AskForCodeAsync();
        await ReadBackAsync(LastCode());
        await _portal.Get<RemoveStaffNumber>().ExecuteAsync(_portal.Staff, default);

        Assert.IsType<CodeRefused>((await ReadBackAsync(LastCode())).Failure);
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_code_is_worth_nothing()
    {
        await AskForCodeAsync();
        var code = LastCode();
        for (var i = 0; i < 5; i++)
            await ReadBackAsync(code == "000000" ? "111111" : "000000");

        Assert.IsType<CodeRefused>((await ReadBackAsync(code)).Failure);
        Assert.Empty(await RecipientsAsync());
    }

    [Fact]
    public async Task After_ten_minutes_the_code_is_worth_nothing()
    {
        await AskForCodeAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.IsType<CodeRefused>((await ReadBackAsync(LastCode())).Failure);
    }

    [Fact]
    public async Task The_fourth_code_of_an_hour_does_not_leave_whichever_number_it_is_for()
    {
        for (var i = 0; i < 3; i++)
            await AskForCodeAsync($"+1212555236{i}");

        Assert.IsType<TooManyCodes>((await CodeAsync("+12125552369")).Failure);
        Assert.Equal(3, Journal().Count);
    }

    [Fact]
    public async Task The_number_stands_nowhere_in_the_database_as_it_is_read()
    {
        await VerifyAsync();

        await using var db = _portal.Database.Open();
        var row = await db.StaffNumbers.AsNoTracking().SingleAsync();
        Assert.Equal(_portal.Get<LookupHash>().Phone(Number), row.PhoneHash);
        Assert.DoesNotContain("2125552368", System.Text.Encoding.UTF8.GetString(row.PhoneSealed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_leaves_as_it_is_written_and_is_kept_in_the_audit_trail()
    {
        var number = await VerifyAsync();

        var result = Assert.Single((await SendAsync(number)).Value);

        Assert.True(result.HasLeft);
        Assert.Equal("Aurora: hello Alex. Reply STOP to opt out.", Journal()[^1]);
        var entry = Assert.Single(await _portal.AuditAsync("campaign.testSent"));
        Assert.Equal(Text, entry.GetProperty("after").GetProperty("text").GetString());
        Assert.DoesNotContain("2368", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_stands_in_no_ledger_of_subscribers_though_one_has_the_same_number()
    {
        var id = await _portal.AddPersonAsync();
        await SendAsync(await VerifyAsync());

        await using var db = _portal.Database.Open();
        Assert.Equal(0, await db.OutboundMessages.CountAsync());
        Assert.Null((await db.Subscribers.SingleAsync(s => s.Id == id)).LastTextAt);
    }

    [Fact]
    public async Task A_test_is_as_long_as_the_preview_where_clicks_are_counted_and_its_links_lead_on_uncounted()
    {
        const string Page = "https://aurora.example/autumn/boots-and-coats/for-cold-days";
        const string Linked = $"Aurora: boots at {Page} today. {{{{ stopLine }}}}";
        var number = await VerifyAsync();
        var preview = (await _portal.Get<CampaignPreview>().GetAsync(_portal.Staff, new PreviewQuestion(_portal.Offers.Id, null, Linked, null, _portal.Now, true) { CountsClicks = true }, default)).Value;

        Assert.True(Assert.Single((await SendAsync(number, text: Linked, countsClicks: true)).Value).HasLeft);

        var sent = Journal()[^1];
        Assert.Equal(preview.Text.Length, sent.Length);
        Assert.DoesNotContain(Page, sent, StringComparison.Ordinal);
        var token = sent[(sent.IndexOf(ShortLinks.Path, StringComparison.Ordinal) + ShortLinks.Path.Length)..][..LinkTokens.Length];
        var opened = await _portal.Get<OpenTrackedLink>().ExecuteAsync(Actor.Subscriber("short-link", null), token, new LinkVisit("GET", "Mozilla/5.0", ""), default);
        Assert.Equal(Page, opened?.AbsoluteUri);
        await using var db = _portal.Database.Open();
        Assert.Equal(0, await db.SubscriberFacts.CountAsync());
        Assert.Equal(preview.Measure.Parts, (await db.StaffTexts.SingleAsync(t => t.Kind == StaffTextKind.Test)).Parts);
    }

    [Fact]
    public async Task A_number_whose_code_was_not_read_back_gets_no_test()
    {
        await AskForCodeAsync();
        await using var db = _portal.Database.Open();

        var refused = await SendAsync(await db.StaffNumbers.Select(n => n.Id).SingleAsync());

        Assert.IsType<NumberNotVerified>(refused.Failure);
        Assert.Single(Journal());
    }

    [Fact]
    public async Task Somebody_who_is_suspended_gets_no_test()
    {
        var number = await VerifyAsync();
        await _portal.Database.WriteAsync(db => db.Users.ExecuteUpdateAsync(s => s.SetProperty(x => x.SuspendedAt, _portal.Now)), default);

        Assert.IsType<NumberNotVerified>((await SendAsync(number)).Failure);
        Assert.Empty(await RecipientsAsync());
    }

    [Fact]
    public async Task A_stop_of_the_number_holds_for_tests_too()
    {
        var number = await VerifyAsync();
        await _portal.Database.WriteAsync(
            db => Task.FromResult(db.Suppressions.Add(new Application.Consent.Suppression
            {
                PhoneHash = _portal.Get<LookupHash>().Phone(Number), Scope = SuppressionScope.All, Source = SuppressionSource.Keyword, Reason = "STOP", At = _portal.Now,
            })),
            default);

        Assert.IsType<NumberSaidStop>((await SendAsync(number)).Failure);
    }

    [Fact]
    public async Task While_the_provider_refuses_the_account_one_test_a_minute_finds_out()
    {
        var number = await VerifyAsync();
        _provider.Settings.ApiSecret = "wrong";
        _provider.Settings.ApplicationId = "";
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.False(Assert.Single((await SendAsync(number)).Value).HasLeft);
        Assert.NotNull(await _portal.Get<SendingStopNotice>().FindAsync(_portal.Staff, default));
        Assert.IsType<ProviderTakesNothing>((await SendAsync(number)).Failure);

        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await SendAsync(number)).IsSuccess);
    }

    [Fact]
    public async Task A_receipt_says_of_a_test_that_it_arrived()
    {
        await SendAsync(await VerifyAsync());
        await using var db = _portal.Database.Open();
        var row = await db.StaffTexts.AsNoTracking().SingleAsync(t => t.Kind == StaffTextKind.Test);

        await _portal.Get<ReceiveDeliveryReceipt>().ExecuteAsync(
            Actor.Provider("vonage"), new DeliveryReceipt(row.ProviderMessageId!, row.ClientRef, DeliveryStatus.Delivered, null, null, _portal.Now, 1, null, "d1"), default);

        Assert.Equal(MessageState.Delivered, Assert.Single(await _portal.Get<StaffNumberList>().LastAsync(_portal.Staff, default)).State);
    }

    [Fact]
    public async Task The_list_of_tests_says_in_which_language_each_was()
    {
        var number = await VerifyAsync();
        await SendAsync(number);
        await SendAsync(number, "es");

        Assert.Equal(["es", null], (await _portal.Get<StaffNumberList>().LastAsync(_portal.Staff, default)).Select(t => t.Language));
    }

    [Fact]
    public async Task At_night_a_test_leaves_and_says_that_a_subscriber_would_wait()
    {
        var number = await VerifyAsync();
        _portal.Clock.Advance(TimeSpan.FromHours(12));

        var result = Assert.Single((await SendAsync(number)).Value);

        Assert.True(result.HasLeft);
        Assert.Equal(DecisionKind.Defer, result.Rules.Kind);
    }

    [Fact]
    public async Task A_preview_for_a_person_has_their_name_and_the_decision_and_counts_as_a_look()
    {
        var id = await _portal.AddPersonAsync();
        var question = new PreviewQuestion(_portal.Offers.Id, null, Text, null, _portal.Now, true);

        var shown = (await _portal.Get<PreviewForPerson>().ExecuteAsync(_portal.Staff, question, id, default)).Value;

        Assert.StartsWith("Aurora: hello Ada.", shown.Text, StringComparison.Ordinal);
        Assert.Equal((DecisionKind.Block, SendReason.NoConsent), (shown.Decision.Kind, shown.Decision.Reason));
        var look = Assert.Single((await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, id, null, default)).Entries);
        Assert.True(look is { IsReveal: true, Kind: LookKind.Text });
    }

    [Fact]
    public async Task A_preview_for_a_person_takes_the_right_to_see_people()
    {
        var writer = await _portal.AddStaffAsync("Mara Lindt", [Permissions.ViewCampaigns, Permissions.EditCampaigns]);
        var question = new PreviewQuestion(_portal.Offers.Id, null, Text, null, _portal.Now, true);

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<PreviewForPerson>().ExecuteAsync(writer, question, SubscriberId.New(_portal.Now), default));
    }

    private async Task<Guid> VerifyAsync()
    {
        await AskForCodeAsync();
        Assert.Null((await ReadBackAsync(LastCode())).Failure);
        return Assert.Single(await RecipientsAsync()).Id;
    }

    private async Task AskForCodeAsync(string number = Number) => Assert.Null((await CodeAsync(number)).Failure);

    private Task<Result<string>> CodeAsync(string number) =>
        new TextStaffCode(_portal.Database, _portal.Get<StaffNumberVault>(), _portal.Get<PreferenceCodes>(), _texter, _portal.Clock).ExecuteAsync(_portal.Staff, number, null, default);

    private Task<Result<Done>> ReadBackAsync(string code) => _portal.Get<VerifyStaffNumber>().ExecuteAsync(_portal.Staff, code, default);

    private Task<Result<IReadOnlyList<TestResult>>> SendAsync(Guid number, string? language = null, string text = Text, bool countsClicks = false) =>
        new SendTest(_portal.Database, _portal.Get<StaffNumberVault>(), _texter, _portal.Get<PublicAddress>(), _portal.Get<ShortLinks>(), _portal.Clock)
            .ExecuteAsync(_portal.Staff, new TestQuestion(null, null, _portal.Offers.Id, text, null, [number], true) { Language = language, CountsClicks = countsClicks }, default);

    private Task<IReadOnlyList<TestRecipient>> RecipientsAsync() => _portal.Get<StaffNumberList>().VerifiedAsync(_portal.Staff, default);

    private string LastCode() => Code().Match(Journal().Last(text => text.Contains("code", StringComparison.Ordinal))).Value;

    private List<string> Journal() => [.. _provider.Simulator.Journal.Page(0, 1_000).Select(t => t.Text)];

    [GeneratedRegex("[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
