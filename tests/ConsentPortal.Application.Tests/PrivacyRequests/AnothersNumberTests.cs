using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>A number that was given to somebody else: neither owner sees, changes or loses what is the other's.</summary>
public sealed class AnothersNumberTests : IAsyncLifetime
{
    private static readonly PhoneNumber Number = new("+12125552368", "US");
    private static readonly Actor Visitor = Actor.Subscriber("preference-code", null);

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _former;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _former = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_former);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_the_former_owner_opens_for_whoever_has_the_number_now(bool byText)
    {
        var period = await PeriodAsync();
        var (link, session) = (_portal.Get<PreferenceLinks>().LinkFor(period), _portal.Get<PreferenceLinks>().SessionFor(period));
        await _portal.Get<TextPreferenceCode>().ExecuteAsync(Visitor, Number, default);
        var code = await CodeAsync();
        await ReassignAsync(byText);
        var self = Actor.Subscriber(_former.ToString(), null);

        Assert.IsType<CodeRefused>((await _portal.Get<ReadPreferenceCode>().ExecuteAsync(Visitor, Number, code, default)).Failure);
        Assert.IsType<CodeRefused>((await _portal.Get<ReadPreferenceCode>().ExecuteAsync(self, _former, code, default)).Failure);
        Assert.IsType<PreferenceLinkVoid>((await _portal.Get<PreferenceCentre>().FindAsync(link, default)).Failure);
        Assert.IsType<PreferenceLinkVoid>((await _portal.Get<PreferenceCentre>().FindAsync(session, default)).Failure);
        Assert.IsType<SubscriberNotFound>((await _portal.Get<PreferenceCentre>().GetAsync(self, _former, ["en"], default)).Failure);
        Assert.IsType<SubscriberNotFound>((await _portal.Get<DownloadOwnData>().ExecuteAsync(self, _former, isNumberProven: true, default)).Failure);
        Assert.IsType<SubscriberNotFound>((await _portal.Get<AskForErasure>().ExecuteAsync(self, _former, isNumberProven: true, default)).Failure);
        Assert.IsType<NumberIsAnothersNow>((await _portal.Get<CopyPreferenceLink>().ExecuteAsync(_portal.Staff, _former, default)).Failure);
    }

    [Fact]
    public async Task Whoever_asks_for_a_code_learns_nothing_and_none_is_texted_to_the_record_of_the_former_owner()
    {
        await ReassignAsync(byText: true);

        var anothers = await _portal.Get<TextPreferenceCode>().ExecuteAsync(Visitor, Number, default);
        var unknown = await _portal.Get<TextPreferenceCode>().ExecuteAsync(Visitor, new PhoneNumber("+12125552399", "US"), default);

        Assert.True(anothers.IsSuccess && unknown.IsSuccess);
        await using var db = _portal.Database.Open();
        Assert.Empty(await db.OneTimeCodes.ToListAsync());
        Assert.DoesNotContain(await db.OutboundMessages.ToListAsync(), m => m.Kind == MessageKind.OneTimeCode);
    }

    [Fact]
    public async Task What_the_new_owner_writes_stands_in_a_record_of_their_own()
    {
        await ReassignAsync(byText: true);

        await TextAsync("What do you sell?");
        await _portal.Get<TextPreferenceCode>().ExecuteAsync(Visitor, Number, default);

        await using var db = _portal.Database.Open();
        var added = await db.Subscribers.SingleAsync(s => s.Id != _former);
        Assert.Equal(added.Id, (await db.InboundMessages.OrderBy(m => m.Id).LastAsync()).SubscriberId);
        Assert.Equal(added.Id, (await db.OneTimeCodes.SingleAsync()).SubscriberId);
    }

    [Fact]
    public async Task A_code_from_the_number_proves_nothing_about_the_former_owner_and_another_way_does()
    {
        await ReassignAsync(byText: false);
        var id = await _desk.ReceiveAsync(_former, PrivacyRequestKind.Access);

        Assert.IsType<CodeProvesNothing>((await _portal.Get<VerifyRequester>().ExecuteAsync(_desk.First, id, IdentityTable.ByCode.Name, null, default)).Failure);
        Assert.Null((await _desk.VerifyAsync(id)).Failure);
        await _desk.ReviewAsync(id);
        Assert.True((await _portal.Get<MakeAccessPackage>().ExecuteAsync(_desk.First, id, default)).IsSuccess);
    }

    [Fact]
    public async Task What_a_code_had_verified_is_not_carried_out_once_the_number_is_known_to_be_anothers()
    {
        var access = await _desk.VerifiedAsync(_former, PrivacyRequestKind.Access);
        var correction = await _desk.VerifiedAsync(_former, PrivacyRequestKind.Rectification);
        var erasure = await _desk.ApprovedErasureAsync(_former);
        await _portal.Database.WriteAsync(db => db.PrivacyRequests.ExecuteUpdateAsync(r => r.SetProperty(x => x.VerifiedBy, IdentityTable.ByCode.Name)), default);
        await ReassignAsync(byText: true);

        Assert.IsType<VerifiedByAnothersCode>((await _portal.Get<MakeAccessPackage>().ExecuteAsync(_desk.First, access, default)).Failure);
        Assert.IsType<VerifiedByAnothersCode>((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, correction, "Changed the name", default)).Failure);
        Assert.IsType<VerifiedByAnothersCode>((await _desk.EraseAsync(erasure)).Failure);
    }

    [Fact]
    public async Task A_package_tells_of_another_owners_stops_only_how_far_those_in_force_reach()
    {
        await StopAsync("They said that they are ill", _portal.Now.AddDays(-400), SuppressionScope.Marketing);
        await StopAsync("Lifted long ago", _portal.Now.AddDays(-500), SuppressionScope.All, lifted: _portal.Now.AddDays(-450));
        await StopAsync("Their own", _portal.Now, SuppressionScope.All);
        await SaysAsync(_portal.Now.AddDays(-400), "+12025550111");
        await SaysAsync(_portal.Now, "+12025550112");

        var data = await DataAsync(_former);

        Assert.Equal([("marketing", "earlier"), ("all", "staff")], data.Stops.Select(s => (s.Scope, s.Source)));
        Assert.DoesNotContain(data.Stops, s => s.Reason.Contains("ill", StringComparison.Ordinal) && s.Source != "earlier");
        Assert.Equal(["+12025550112"], data.ProviderSays.Select(p => p.Sender));
    }

    [Fact]
    public async Task A_package_of_the_former_owner_ends_where_their_time_ended()
    {
        await StopAsync("Their own", _portal.Now, SuppressionScope.Marketing);
        await ReassignAsync(byText: false);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await StopAsync("Of the new owner", _portal.Now, SuppressionScope.Marketing);
        await SaysAsync(_portal.Now, "+12025550111");

        var data = await DataAsync(_former);

        Assert.Equal(["Their own"], data.Stops.Where(s => s.Source == "staff").Select(s => s.Reason));
        Assert.Empty(data.ProviderSays);
    }

    [Fact]
    public async Task Stops_of_a_number_that_was_theirs_before_are_theirs_for_its_time()
    {
        await StopAsync("Their own", _portal.Now, SuppressionScope.Marketing);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        var version = await VersionAsync();
        Assert.Null((await _portal.Get<ChangeNumber>().ExecuteAsync(_portal.Staff, _former, new NumberChange(version, new PhoneNumber("+12125552399", "US"), "New contract", "The person, by phone", IsAskedByPerson: true), default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await StopAsync("Of the new owner", _portal.Now, SuppressionScope.All);

        var data = await DataAsync(_former);

        Assert.Equal(["Their own"], data.Stops.Select(s => s.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erasing_one_of_two_with_the_same_number_leaves_the_other_their_words_and_their_texts(bool wasReassigned)
    {
        var id = await _desk.ReceiveAsync(_former, PrivacyRequestKind.Erasure);
        await _portal.Get<VerifyRequester>().ExecuteAsync(_desk.First, id, "Two matching facts", null, default);
        await _desk.AskAsync(id);
        await _desk.ApproveAsync(id, _desk.Second);
        if (wasReassigned)
            await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == _former).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Reassigned)), default);
        var other = await _portal.AddTwinAsync();
        await _portal.ConsentAsync(other);
        var (theirs, own, nobodys) = (await _portal.ReceiveAsync(other, "Size 9?", _portal.Now), await _portal.ReceiveAsync(_former, "Size 8?", _portal.Now), await _portal.ReceiveAsync(null, "", _portal.Now));

        Assert.Null((await _desk.EraseAsync(id)).Failure);

        await using var db = _portal.Database.Open();
        var texts = await db.InboundMessages.ToDictionaryAsync(m => m.Id);
        Assert.NotNull(texts[theirs].BodySealed);
        Assert.NotEqual(NumberPeriod.NoHash, texts[theirs].FromHash);
        Assert.Null(texts[own].BodySealed);
        Assert.Equal(NumberPeriod.NoHash, texts[nobodys].FromHash);
        Assert.Empty(await db.Suppressions.Where(s => s.LiftedAt == null).ToListAsync());
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.SingleAsync(r => r.SubscriberId == other)).Status);
        Assert.Equal(DecisionKind.Allow, ((await _portal.Get<TextNow>().AskAsync(_portal.Staff, other, _portal.Offers.Id, default)).Value).Kind);
        Assert.Contains("another person", (await _portal.AuditAsync("subscriber.erased")).Single().GetRawText(), StringComparison.Ordinal);
        Assert.Contains(await db.PrivacyRequestEntries.Where(e => e.RequestId == id).Select(e => e.Text).ToListAsync(), text => text.Contains("another person", StringComparison.Ordinal));
        Assert.Empty((await DataAsync(other)).Stops);
    }

    [Theory]
    [InlineData("reassigned")]
    [InlineData("changed")]
    [InlineData("erased")]
    public async Task A_request_that_came_between_two_owners_of_a_number_is_in_the_package_of_neither(string how)
    {
        if (how == "reassigned")
            await ReassignAsync(byText: false);
        else if (how == "changed")
            Assert.Null((await _portal.Get<ChangeNumber>().ExecuteAsync(_portal.Staff, _former, new NumberChange(await VersionAsync(), new PhoneNumber("+12125552399", "US"), "New contract", "The person, by phone", IsAskedByPerson: true), default)).Failure);
        else
            Assert.True((await _desk.EraseAsync(await _desk.ApprovedErasureAsync(_former))).IsSuccess);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await _portal.Get<OpenUnrecordedRequest>().ExecuteAsync(_desk.First, new NewUnrecordedRequest(Number, PrivacyRequestKind.Access, null, "Phone", _portal.Now), default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        var owner = await _portal.AddPersonAsync();

        Assert.Empty((await DataAsync(owner)).Requests);
        if (how != "erased")
            Assert.Empty((await DataAsync(_former)).Requests);
    }

    private async Task ReassignAsync(bool byText)
    {
        if (byText)
            await TextAsync("Wrong number!");
        else
            Assert.True((await _portal.Get<RecordReassignedAnswers>().RecordOneAsync(_portal.Staff, _former, ReassignedAnswer.Yes, _portal.Now, default)).IsSuccess);
    }

    private Task TextAsync(string words) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), Number.E164, "+12025550111", words, _portal.Now, null), default);

    private async Task<NumberPeriodId> PeriodAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.Where(s => s.Id == _former).Select(s => s.CurrentPeriodId).SingleAsync();
    }

    private async Task<Guid> VersionAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.Where(s => s.Id == _former).Select(s => s.Version).SingleAsync();
    }

    private async Task<string> CodeAsync()
    {
        await using var db = _portal.Database.Open();
        var person = await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == _former);
        var text = await db.OutboundMessages.SingleAsync(m => m.Kind == MessageKind.OneTimeCode);
        var words = _portal.Get<SubscriberVault>().OpenField(person.Id, person.WrappedKey, text.BodySealed, SealedField.MessageBody)!;
        return System.Text.RegularExpressions.Regex.Match(words, "[0-9]{6}").Value;
    }

    private async Task<PersonData> DataAsync(SubscriberId id)
    {
        await using var db = _portal.Database.Open();
        var vault = _portal.Get<SubscriberVault>();
        var records = await PersonRecord.AllOfAsync(db, vault, await db.Subscribers.SingleAsync(s => s.Id == id), default);
        return await new PersonDataReader(db, vault, records!).ReadAsync(_portal.Now, default);
    }

    private async Task StopAsync(string reason, DateTimeOffset at, SuppressionScope scope, DateTimeOffset? lifted = null) => await _portal.Database.WriteAsync(
        db => Task.FromResult(db.Suppressions.Add(new Suppression
        {
            PhoneHash = _portal.Get<LookupHash>().Phone(Number), Scope = scope, Source = SuppressionSource.Staff, Reason = reason, At = at, LiftedAt = lifted,
        })), default);

    private async Task SaysAsync(DateTimeOffset at, string sender) => await _portal.Database.WriteAsync(
        db => Task.FromResult(db.ProviderVerdicts.Add(new ProviderVerdict
        {
            PhoneHash = _portal.Get<LookupHash>().Phone(Number), Sender = sender, Word = ProviderWord.Blocked,
            Evidence = ProviderEvidence.Barred, SaidAt = at, RecordedAt = at,
        })), default);
}
