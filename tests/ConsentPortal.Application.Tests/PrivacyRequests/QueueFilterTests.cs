using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class QueueFilterTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private PrivacyRequestId _californian;
    private PrivacyRequestId _american;
    private PrivacyRequestId _german;
    private PrivacyRequestId _stop;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _californian = await ReceiveAsync(await MovedAsync(await _portal.AddPersonAsync(), "US", "CA"), PrivacyRequestKind.Access);
        _american = await ReceiveAsync(await _portal.AddPersonAsync("+12125552399", first: "Ben", last: "Quill"), PrivacyRequestKind.Access);
        _german = await ReceiveAsync(await _portal.AddPersonAsync("+4915112345678", "DE", "Greta", "Lindqvist"), PrivacyRequestKind.Erasure, "Letter", 10);
        // A German number, and they said that they live in France.
        _stop = await ReceiveAsync(await MovedAsync(await _portal.AddPersonAsync("+4915112345679", "DE", "Jonas", "Petit"), "FR", null), PrivacyRequestKind.Objection, "Email");
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_country_is_where_people_said_they_live_or_else_where_their_number_is_from()
    {
        await FindsAsync(new PrivacyRequestQuery(Country: "US"), _californian, _american);
        await FindsAsync(new PrivacyRequestQuery(Country: "DE"), _german);
        await FindsAsync(new PrivacyRequestQuery(Country: "FR"), _stop);
        await FindsAsync(new PrivacyRequestQuery(Country: "US", State: "CA"), _californian);
        await FindsAsync(new PrivacyRequestQuery(Country: "US", State: "NY"));
        var row = (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(Country: "FR"), default)).Rows.Single();
        Assert.Equal(("FR", null), (row.Region, row.State));
    }

    [Fact]
    public async Task The_filters_offer_only_places_and_ways_that_some_request_has()
    {
        var choices = await _portal.Get<PrivacyRequestList>().ChoicesAsync(_desk.First, default);

        Assert.Equal([new("DE", null), new("FR", null), new("US", null), new("US", "CA")], choices.Places);
        Assert.Equal(["Email", "Letter", "Phone"], choices.Sources);
    }

    [Fact]
    public async Task Days_of_receipt_count_from_their_first_instant_to_their_last()
    {
        var day = new DateOnly(2026, 11, 14);

        await FindsAsync(new PrivacyRequestQuery(ReceivedFrom: day, ReceivedTo: day), _german);
        await FindsAsync(new PrivacyRequestQuery(ReceivedTo: day.AddDays(-1)));
        await FindsAsync(new PrivacyRequestQuery(ReceivedFrom: day.AddDays(1)), _californian, _american, _stop);
    }

    [Fact]
    public async Task What_waits_for_proof_or_for_anybody_or_came_by_one_way_is_found()
    {
        await _desk.VerifyAsync(_american);
        await _portal.Database.WriteAsync(db => db.PrivacyRequests.Where(r => r.Id == _german).ExecuteUpdateAsync(r => r.SetProperty(x => x.AssigneeId, Guid.NewGuid())), default);

        await FindsAsync(new PrivacyRequestQuery(IsUnverified: true), _californian, _german);
        await FindsAsync(new PrivacyRequestQuery(IsUnassigned: true), _californian, _american, _stop);
        await FindsAsync(new PrivacyRequestQuery(Source: "Letter"), _german);
        var rows = (await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, new PrivacyRequestQuery(IsUnverified: true), default)).Rows;
        Assert.All(rows, r => Assert.True(r.IsUnverified));
    }

    [Fact]
    public async Task What_one_person_asked_twice_is_found_in_both_requests()
    {
        await using var db = _portal.Database.Open();
        var person = await db.PrivacyRequests.Where(r => r.Id == _californian).Select(r => r.SubscriberId!.Value).SingleAsync();
        var again = (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(
            _desk.First, new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Letter", _portal.Now, IsSecondWanted: true), default)).Value;

        await FindsAsync(new PrivacyRequestQuery(HasTwin: true), _californian, again);
        await _portal.Get<CancelRequest>().ExecuteAsync(_desk.First, again, "Entered by mistake", default);
        await FindsAsync(new PrivacyRequestQuery(IsOpen: null, HasTwin: true));
    }

    [Fact]
    public async Task A_request_is_found_by_its_number_and_by_whoever_asked()
    {
        await FindsAsync(new PrivacyRequestQuery(Search: "DSR-2"), _american);
        await FindsAsync(new PrivacyRequestQuery(Search: " 3 "), _german);
        await FindsAsync(new PrivacyRequestQuery(Search: "lindqvist"), _german);
        await FindsAsync(new PrivacyRequestQuery(Search: "+1 212 555 2399"), _american);
        await FindsAsync(new PrivacyRequestQuery(Search: "2368"), _californian);
        await FindsAsync(new PrivacyRequestQuery(Search: "Nobody"));
    }

    [Fact]
    public async Task Whoever_may_not_look_for_people_finds_requests_by_number_alone()
    {
        var reader = await _portal.AddStaffAsync("Rita Reader", [Permissions.ViewPrivacyRequests]);
        var list = _portal.Get<PrivacyRequestList>();

        Assert.Empty((await list.PageAsync(reader, new PrivacyRequestQuery(Search: "Lindqvist"), default)).Rows);
        Assert.Equal(_german, (await list.PageAsync(reader, new PrivacyRequestQuery(Search: "DSR-3"), default)).Rows.Single().Id);
    }

    [Fact]
    public async Task All_of_a_filter_is_what_the_list_shows_in_its_order()
    {
        var list = _portal.Get<PrivacyRequestList>();
        var query = new PrivacyRequestQuery(Country: "US", Page: 7);

        Assert.Equal([_californian, _american], await list.IdsAsync(_desk.First, query, 500, default));
        Assert.Equal([_californian], await list.IdsAsync(_desk.First, query, 1, default));
    }

    private async Task FindsAsync(PrivacyRequestQuery query, params PrivacyRequestId[] wanted)
    {
        var page = await _portal.Get<PrivacyRequestList>().PageAsync(_desk.First, query, default);
        Assert.Equal([.. wanted.OrderBy(id => id.Value)], page.Rows.Select(r => r.Id).OrderBy(id => id.Value));
        Assert.Equal(wanted.Length, page.Total);
    }

    private async Task<PrivacyRequestId> ReceiveAsync(SubscriberId person, PrivacyRequestKind kind, string source = "Phone", int days = 0) =>
        (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_desk.First, new NewPrivacyRequest(person, kind, null, source, _portal.Now.AddDays(-days)), default)).Value;

    private async Task<SubscriberId> MovedAsync(SubscriberId person, string country, string? state)
    {
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == person).ExecuteUpdateAsync(s => s.SetProperty(x => x.DeclaredRegion, country).SetProperty(x => x.DeclaredState, state)), default);
        return person;
    }
}
