using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>What a person's own act takes back of what they have stopped, and what stays stopped.</summary>
public sealed class OwnStopsTests : IAsyncLifetime
{
    private const string Ours = "+12025550111";
    private const string Theirs = "+12125552368";

    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    [Trait("Rule", "CT-13")]
    public async Task A_start_that_comes_after_a_later_stop_lifts_nothing()
    {
        await _portal.ConsentAsync(_person);
        var early = _portal.Now.AddMinutes(1);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await ReceiveAsync("STOP");
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));

        await ReceiveAsync("START", receivedAt: early);

        Assert.Equal([(SuppressionScope.All, null)], await InForceAsync());
    }

    [Fact]
    [Trait("Rule", "CT-13")]
    public async Task A_start_is_heard_that_came_after_a_stop_although_both_were_read_late()
    {
        await _portal.ConsentAsync(_person);
        var (stopped, started) = (_portal.Now.AddMinutes(1), _portal.Now.AddMinutes(2));
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        await ReceiveAsync("STOP", receivedAt: stopped);
        await ReceiveAsync("START", receivedAt: started);

        Assert.Empty(await InForceAsync());
    }

    [Fact]
    [Trait("Rule", "CT-13")]
    public async Task A_start_that_begins_nothing_lifts_nothing()
    {
        await _portal.ConsentAsync(_person);
        await ReceiveAsync("STOP");
        await _portal.Database.WriteAsync(db => db.Wordings.ExecuteUpdateAsync(w => w.SetProperty(x => x.RetiredAt, _portal.Now)), default);

        await ReceiveAsync("START");

        Assert.Equal([(SuppressionScope.All, null)], await InForceAsync());
    }

    [Fact]
    [Trait("Rule", "CT-07")]
    public async Task A_word_to_one_sender_leaves_the_stop_of_another_one_alone()
    {
        await JoinableAsync(_portal.Offers, "BOOTS");
        var other = await _portal.AddPurposeAsync("Borealis");
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == other.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Sender, "+12025550199")), default);
        await SwitchAsync(other, null);

        await ReceiveAsync("BOOTS");

        Assert.Equal([(SuppressionScope.Purpose, other.Id)], await InForceAsync());
    }

    [Theory]
    [Trait("Rule", "CT-07")]
    [InlineData("BOOTS")]
    [InlineData("START")]
    public async Task What_a_text_does_not_start_stays_stopped_also_where_nothing_was_agreed(string text)
    {
        await JoinableAsync(_portal.Offers, "BOOTS");
        var never = await _portal.AddPurposeAsync("Care");
        await _portal.ConsentAsync(_person);
        await ReceiveAsync("STOP");

        await ReceiveAsync(text);

        Assert.Equal([(SuppressionScope.Purpose, never.Id)], await InForceAsync());
        Assert.Equal(ConsentStatus.Granted, await StatusAsync(_portal.Offers));
    }

    [Fact]
    [Trait("Rule", "CT-07")]
    public async Task What_is_not_switched_on_stays_stopped_also_where_nothing_was_agreed()
    {
        var never = await _portal.AddPurposeAsync("Care");
        await _portal.ConsentAsync(_person);
        await _portal.Get<StopEverything>().ExecuteAsync(Me, _person, default);

        Assert.Equal(ConsentStatus.Granted, (await SwitchAsync(_portal.Offers, _portal.Wording.Id)).Value);

        Assert.Equal([(SuppressionScope.Purpose, never.Id)], await InForceAsync());
    }

    [Fact]
    public async Task Start_brings_back_the_senders_texts_that_need_no_consent_and_a_purposes_word_does_not()
    {
        await JoinableAsync(_portal.Offers, "BOOTS");
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        await _portal.ConsentAsync(_person);
        await ReceiveAsync("STOP");

        await ReceiveAsync("BOOTS");
        Assert.Equal([(SuppressionScope.Purpose, orders.Id)], await InForceAsync());
        await ReceiveAsync("START");
        Assert.Empty(await InForceAsync());
    }

    [Theory]
    [Trait("Rule", "CT-13")]
    [InlineData("staff")]
    [InlineData("request")]
    [InlineData("api")]
    [InlineData("review")]
    [InlineData("overdue")]
    [InlineData("list")]
    public async Task Whoever_wrote_the_stop_down_the_persons_own_start_ends_it(string way)
    {
        await _portal.ConsentAsync(_person);
        await StopAsync(way);
        Assert.Single(await InForceAsync());
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await ReceiveAsync("START");

        Assert.Empty(await InForceAsync());
        Assert.Equal(ConsentStatus.Granted, await StatusAsync(_portal.Offers));
    }

    [Theory]
    [InlineData("staff")]
    [InlineData("request")]
    [InlineData("api")]
    [InlineData("list")]
    public async Task Whoever_wrote_the_stop_down_the_person_ends_it_on_their_page_with_a_code(string way)
    {
        await _portal.ConsentAsync(_person);
        await StopAsync(way);
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(ConsentStatus.Granted, (await SwitchAsync(_portal.Offers, _portal.Wording.Id)).Value);

        Assert.Empty(await InForceAsync());
    }

    [Theory]
    [Trait("Rule", "CT-13")]
    [InlineData("complaint")]
    [InlineData("by hand")]
    public async Task Neither_a_start_nor_the_page_ends_what_is_more_than_the_persons_wish(string way)
    {
        await _portal.ConsentAsync(_person);
        await StopAsync(way);
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));

        await ReceiveAsync("START");

        Assert.Equal([(SuppressionScope.All, null)], await InForceAsync());
        Assert.IsType<StoppedByOthers>((await SwitchAsync(_portal.Offers, _portal.Wording.Id)).Failure);
    }

    [Theory]
    [Trait("Rule", "US-13")]
    [InlineData("START", ConsentStatus.Granted)]
    [InlineData(null, ConsentStatus.Withdrawn)]
    public async Task A_text_that_is_taken_for_a_stop_late_does_not_end_what_the_person_has_started_since(string? since, ConsentStatus status)
    {
        var never = await _portal.AddPurposeAsync("Care");
        await _portal.ConsentAsync(_person);
        await ReceiveAsync("can you cancel my order");
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        var text = await InboundAsync();
        if (since is not null)
            await ReceiveAsync(since);

        await _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, text, InboundOutcome.TakeAsOptOut, default);

        Assert.Equal(status, await StatusAsync(_portal.Offers));
        Assert.Equal(since is null ? [(SuppressionScope.All, null)] : [(SuppressionScope.Purpose, never.Id)], await InForceAsync());
    }

    [Fact]
    [Trait("Rule", "US-13")]
    public async Task A_text_that_nobody_has_read_in_time_does_not_end_what_a_word_or_the_page_has_started_since()
    {
        await JoinableAsync(_portal.Offers, "BOOTS");
        var care = await _portal.AddPurposeAsync("Care");
        var wording = await _portal.AddWordingAsync(care);
        await ReceiveAsync("can you cancel my order");
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await ReceiveAsync("BOOTS");
        await _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, await InboundAsync(), InboundOutcome.NoAction, default);
        await SwitchAsync(care, wording.Id);
        await _portal.Database.WriteAsync(
            db => db.InboundMessages.Where(m => m.Review == ReviewState.NoAction).ExecuteUpdateAsync(m => m.SetProperty(x => x.Review, ReviewState.Waiting)), default);
        _portal.Clock.Advance(TimeSpan.FromDays(4));

        Assert.Equal(1, await _portal.Get<TakeUnreviewedAsOptOut>().TakeOverdueAsync(default));

        Assert.Equal((ConsentStatus.Granted, ConsentStatus.Granted), (await StatusAsync(_portal.Offers), await StatusAsync(care)));
        Assert.Empty(await InForceAsync());
    }

    private async Task StopAsync(string way)
    {
        var now = _portal.Now;
        switch (way)
        {
            case "staff" or "complaint":
                var source = way == "complaint" ? SuppressionSource.Complaint : SuppressionSource.Staff;
                await _portal.Get<WithdrawConsent>().ExecuteAsync(
                    _portal.Staff, _person, new(SuppressionScope.All, source, ConsentChannel.Staff, "Told us on the telephone", now), default);
                break;
            case "request":
                Assert.True((await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(_person, PrivacyRequestKind.Withdrawal, null, "Public form", now), default)).IsSuccess);
                break;
            case "api":
                await _portal.Get<TakeWithdrawal>().ExecuteAsync(_portal.Staff, new HeardWithdrawal(Phone, SuppressionScope.All, null, null, null, null), null, default);
                break;
            case "by hand":
                await _portal.Get<AddSuppression>().ExecuteAsync(_portal.Staff, Phone, SuppressionReach.Everything, "A partner asked us not to", default);
                break;
            case "review":
                await ReceiveAsync("can you cancel my order");
                await _portal.Get<DecideInbound>().ExecuteAsync(_portal.Staff, await InboundAsync(), InboundOutcome.TakeAsOptOut, default);
                break;
            case "overdue":
                await ReceiveAsync("can you cancel my order");
                _portal.Clock.Advance(TimeSpan.FromDays(4));
                await _portal.Get<TakeUnreviewedAsOptOut>().TakeOverdueAsync(default);
                break;
            case "list":
                using (var list = ListFile.Of($"{Theirs},US,Ada,no,,web form"))
                    await _portal.Get<ImportSubscribers>().ExecuteAsync(_portal.Staff, list.Request(), ImportWatch.None, default);
                break;
        }
    }

    private Actor Me => Actor.Subscriber(_person.ToString(), origin: null);

    private static PhoneNumber Phone => new(Theirs, "US");

    private async Task<long> InboundAsync()
    {
        await using var db = _portal.Database.Open();
        return (await db.InboundMessages.OrderBy(m => m.Id).FirstAsync()).Id;
    }

    private Task<Result<ConsentStatus>> SwitchAsync(Purpose purpose, WordingId? wording) => _portal.Get<SwitchPurpose>().ExecuteAsync(
        Me, _person, new PurposeSwitch(purpose.Id, wording, IsNumberProven: true, new ConsentEvidence()), default);

    private async Task JoinableAsync(Purpose purpose, string word) => await _portal.Database.WriteAsync(
        db => db.Purposes.Where(p => p.Id == purpose.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, word)), default);

    private Task ReceiveAsync(string text, DateTimeOffset? receivedAt = null) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), Theirs, Ours, text, receivedAt ?? _portal.Now, null), default);

    private async Task<ConsentStatus> StatusAsync(Purpose purpose)
    {
        await using var db = _portal.Database.Open();
        return (await db.ConsentRecords.SingleAsync(r => r.PurposeId == purpose.Id)).Status;
    }

    private async Task<IReadOnlyList<(SuppressionScope Scope, PurposeId? Purpose)>> InForceAsync()
    {
        await using var db = _portal.Database.Open();
        var hash = _portal.Get<LookupHash>().Phone(Theirs);
        var stops = await db.Suppressions.Where(s => s.LiftedAt == null && s.PhoneHash == hash).OrderBy(s => s.Id).ToListAsync();
        return [.. stops.Select(s => (s.Scope, s.PurposeId))];
    }
}
