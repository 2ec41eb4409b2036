using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

/// <summary>A purpose that is open to some countries is closed to the others by every way in.</summary>
public sealed class CountriesOfPurposeTests : IAsyncLifetime
{
    private const string Toronto = "+14166649314";
    private const string NewYork = "+12125552368";

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        await ChangeAsync(p => (p.Countries, p.JoinKeyword) = ("US, MX", "JOIN"));
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_purposes_word_from_elsewhere_gives_no_consent_and_the_person_page_says_why()
    {
        await ReceiveAsync("JOIN", Toronto);

        await using var db = _portal.Database.Open();
        Assert.Equal((0, 0, 1), (await db.ConsentEvents.CountAsync(), await db.OutboundMessages.CountAsync(), await db.InboundMessages.CountAsync()));
        var person = await db.Subscribers.SingleAsync();
        var shown = await _portal.Get<SubscriberTimeline>().PageAsync(_portal.Staff, person.Id, new HashSet<TimelineSource>(), null, default);
        Assert.Equal("Texted JOIN, but Offers is not open to numbers of Canada.", shown.Entries.OfType<TimelineEntry.RecordChanged>().Single(e => e.Action == "join.notAsked").Why);
    }

    [Fact]
    public async Task The_purposes_word_from_a_country_that_it_names_is_heard()
    {
        await ReceiveAsync("JOIN", NewYork);

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Granted, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task A_start_to_what_is_closed_by_now_leaves_the_stop_in_force()
    {
        await ReceiveAsync("JOIN", NewYork);
        await ReceiveAsync("STOP", NewYork);
        await ChangeAsync(p => p.Countries = "MX");

        await ReceiveAsync("START", NewYork);

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync()).Status);
        Assert.Null((await db.Suppressions.SingleAsync()).LiftedAt);
    }

    [Fact]
    public async Task A_yes_to_what_is_closed_by_now_confirms_nothing()
    {
        await ChangeAsync(p => p.NeedsDoubleOptIn = true);
        await ReceiveAsync("JOIN", NewYork);
        await ChangeAsync(p => p.Countries = "MX");

        await ReceiveAsync("YES", NewYork);

        await using var db = _portal.Database.Open();
        Assert.Equal(ConsentStatus.Pending, (await db.ConsentRecords.SingleAsync()).Status);
    }

    [Fact]
    public async Task A_start_from_elsewhere_asks_for_the_first_purpose_that_is_open_there()
    {
        var alerts = await _portal.AddPurposeAsync("Alerts");
        await _portal.AddWordingAsync(alerts);
        await _portal.Database.WriteAsync(db => db.Purposes.Where(p => p.Id == alerts.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.JoinKeyword, "ALERTS")), default);

        await ReceiveAsync("START", Toronto);

        await using var db = _portal.Database.Open();
        Assert.Equal(alerts.Id, (await db.ConsentRecords.SingleAsync()).PurposeId);
    }

    [Fact]
    public async Task The_preference_page_offers_it_to_nobody_elsewhere_and_refuses_the_switch()
    {
        var id = await _portal.AddPersonAsync(Toronto, "CA");

        Assert.Empty((await PurposesAsync(id)).Select(p => p.Purpose.Name));
        var outcome = await SwitchAsync(id, _portal.Wording.Id);

        Assert.IsType<CountryNotServed>(outcome.Failure);
        await using var db = _portal.Database.Open();
        Assert.Equal(0, await db.ConsentEvents.CountAsync());
    }

    [Fact]
    public async Task Whoever_agreed_before_it_was_closed_can_still_switch_it_off_and_then_no_longer_on()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await ChangeAsync(p => p.Countries = "MX");

        Assert.Single(await PurposesAsync(id));
        Assert.True((await SwitchAsync(id, null)).IsSuccess);

        Assert.Empty(await PurposesAsync(id));
    }

    [Fact]
    public async Task A_yes_in_a_list_from_elsewhere_is_refused_with_purpose_and_country_and_a_no_is_taken()
    {
        using var list = ListFile.Of(
            $"{NewYork},US,Ada,yes,2025-11-03,web form", $"{Toronto},CA,Bea,yes,2025-11-03,web form", "+16043075675,CA,Cem,no,2025-11-03,web form");
        var rows = new List<RowOutcome>();

        var request = list.Request() with { PurposeId = _portal.Offers.Id, WordingId = _portal.Wording.Id };
        var result = (await _portal.Get<ImportSubscribers>().ExecuteAsync(_portal.Staff, request, ImportWatch.None with { Row = rows.Add }, default)).Value;

        Assert.Equal((2, 1), (result.Summary.New, result.Summary.Refused));
        Assert.Equal(
            (3, RowClass.Refused, "country", "Offers is not open to numbers of Canada, so this yes is none. Nothing was taken; leave the row out, or add the country to the purpose."),
            (rows[1].Row, rows[1].Class, rows[1].Reason, rows[1].Remark));
        await using var db = _portal.Database.Open();
        Assert.Equal(1, await db.ConsentRecords.CountAsync(r => r.Status == ConsentStatus.Granted));
        Assert.Equal(1, await db.ConsentRecords.CountAsync(r => r.Status == ConsentStatus.Withdrawn));
    }

    private Task ChangeAsync(Action<Purpose> change) => _portal.Database.WriteAsync(async db => change(await db.Purposes.SingleAsync(p => p.Id == _portal.Offers.Id)), default);

    private Task ReceiveAsync(string text, string from) => _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
        Actor.Provider("vonage"), new InboundText(Guid.CreateVersion7().ToString("N"), from, "+12025550111", text, _portal.Now, null), default);

    private async Task<IReadOnlyList<PreferencePurpose>> PurposesAsync(SubscriberId id) =>
        (await _portal.Get<PreferenceCentre>().GetAsync(Actor.Subscriber(id.ToString(), null), id, ["en"], default)).Value.Purposes;

    private Task<Domain.Result<ConsentStatus>> SwitchAsync(SubscriberId id, WordingId? on) => _portal.Get<SwitchPurpose>().ExecuteAsync(
        Actor.Subscriber(id.ToString(), null), id, new PurposeSwitch(_portal.Offers.Id, on, IsNumberProven: true, new ConsentEvidence()), default);
}
