using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>Restricted data are stored, and nothing else (GDPR art. 18(2)).</summary>
[Trait("Rule", "EU-13")]
public sealed class RestrictedDataTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Staff_change_nothing_of_a_restricted_person()
    {
        Assert.IsType<DataRestricted>((await EditAsync()).Failure);
        Assert.IsType<DataRestricted>((await RenumberAsync(asksAgain: false)).Failure);
        Assert.IsType<DataRestricted>((await PreferAsync(_portal.Staff, "Asked at the counter")).Failure);
        var consent = await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, _person, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(FormUrl: "https://aurora.example/join"), _portal.Now, true, "Ticked on the web form"), default);
        Assert.IsType<DataRestricted>(consent.Failure);
    }

    [Fact]
    public async Task What_is_wrong_is_corrected_while_the_person_asks_for_it_and_nobody_texts_them_for_it()
    {
        await (await RequestDesk.OpenAsync(_portal)).ReceiveAsync(_person, PrivacyRequestKind.Rectification);

        Assert.Null((await EditAsync()).Failure);
        Assert.IsType<DataRestricted>((await RenumberAsync(asksAgain: true)).Failure);
        Assert.Null((await RenumberAsync(asksAgain: false)).Failure);
    }

    [Fact]
    public async Task They_may_stop_and_choose_for_themselves_meanwhile()
    {
        var stop = new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Said so at the counter", _portal.Now);
        Assert.Null((await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, _person, stop, default)).Failure);
        var self = new Actor(ActorKind.Subscriber, _person.ToString(), "", new HashSet<string> { Permissions.ManageOwnPreferences }, "");
        Assert.Null((await PreferAsync(self, null)).Failure);
    }

    private async Task<Result<Done>> EditAsync() => await _portal.Get<EditSubscriber>().ExecuteAsync(
        _portal.Staff, _person, new SubscriberEdit(await VersionAsync(), new SubscriberProfile("Ada", "Obi", null), null, null, null, null, FrequencyPreference.Every, null, "Told at the counter"), default);

    private async Task<Result<ChangedNumber>> RenumberAsync(bool asksAgain) => await _portal.Get<ChangeNumber>().ExecuteAsync(
        _portal.Staff, _person, new NumberChange(await VersionAsync(), new PhoneNumber("+12125552377", "US"), "Told at the counter", "Showed their card", true, asksAgain), default);

    private Task<Result<Done>> PreferAsync(Actor actor, string? reason) =>
        _portal.Get<ChangePreferences>().ExecuteAsync(actor, _person, new PreferenceWish(FrequencyPreference.Weekly, null, null, reason), default);

    private async Task<Guid> VersionAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.Where(s => s.Id == _person).Select(s => s.Version).SingleAsync();
    }
}
