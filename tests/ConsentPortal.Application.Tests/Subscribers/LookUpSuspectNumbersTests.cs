using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>Five people, of whom four have a number whose last texts failed.</summary>
public sealed class LookUpSuspectNumbersTests : IAsyncLifetime
{
    private static readonly LineInsight Reached = new(true, "US", Application.Messaging.LineType.Mobile, null, null, IsReachable: true);

    private PeoplePortal _portal = null!;
    private IReadOnlyList<SubscriberId> _people = [];

    private ForgetfulProvider Provider => (ForgetfulProvider)_portal.Get<ISmsGateway>();

    private LookUpSuspectNumbers LookUp => _portal.Get<LookUpSuspectNumbers>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _people = await (await CampaignDesk.OpenAsync(_portal)).PeopleAsync(5);
        await SetAsync(_people.Take(4), NumberState.Suspect);
        Provider.Line = Reached;
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task All_suspect_numbers_are_asked_about_at_a_cost_that_was_said_before()
    {
        Assert.Equal(new SuspectNumbers(4, 4, 0.12m), await LookUp.CountAsync(_portal.Staff, default));
        var told = new List<int>();

        var found = (await LookUp.ExecuteAsync(_portal.Staff, 4, told.Add, default)).Value;

        Assert.Equal(new LookedUpSuspects(4, 0, 0, 0, null), found);
        Assert.Equal([1, 2, 3, 4], told);
        Assert.Equal(0, (await LookUp.CountAsync(_portal.Staff, default)).All);
        Assert.Equal(4, (await _portal.AuditAsync("number.lookedUp")).Count);
        var entry = Assert.Single(await _portal.AuditAsync("number.suspectsLookedUp"));
        Assert.Equal(_portal.Staff.Id, entry.GetProperty("actor").GetProperty("id").GetString());
        Assert.All(Provider.LookedUp, number => Assert.DoesNotContain(number, entry.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_asked_about_beyond_what_was_agreed_to()
    {
        Assert.Equal(2, (await LookUp.ExecuteAsync(_portal.Staff, 2, null, default)).Value.Asked);

        Assert.Equal(2, Provider.LookedUp.Count);
        Assert.Equal((2, 2), await LookUp.CountAsync(_portal.Staff, default) switch { var n => (n.All, n.ToAsk) });
    }

    [Fact]
    public async Task A_number_that_was_not_reached_is_left_out_for_a_week()
    {
        Provider.Line = Reached with { IsReachable = false };
        Assert.Equal(4, (await LookUp.ExecuteAsync(_portal.Staff, 10, null, default)).Value.Suspect);

        Assert.Equal(new SuspectNumbers(4, 0, 0), await LookUp.CountAsync(_portal.Staff, default));
        Assert.IsType<NoSuspectNumbers>((await LookUp.ExecuteAsync(_portal.Staff, 10, null, default)).Failure);
        _portal.Clock.Advance(LookUpSuspectNumbers.Lately + TimeSpan.FromMinutes(1));
        Assert.Equal(4, (await LookUp.CountAsync(_portal.Staff, default)).ToAsk);
    }

    [Fact]
    public async Task The_restricted_are_not_asked_about()
    {
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == _people[0]).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);

        Assert.Equal((4, 3), await LookUp.CountAsync(_portal.Staff, default) switch { var n => (n.All, n.ToAsk) });
        Assert.Equal(3, (await LookUp.ExecuteAsync(_portal.Staff, 10, null, default)).Value.Asked);
    }

    [Fact]
    public async Task A_provider_that_says_nothing_is_not_asked_on_and_what_was_asked_is_in_the_trail()
    {
        Provider.Line = null;

        var found = (await LookUp.ExecuteAsync(_portal.Staff, 4, null, default)).Value;

        Assert.Equal(3, found.Unanswered);
        Assert.IsType<ProviderDidNotAnswer>(found.Stopped);
        Assert.Equal(3, Assert.Single(await _portal.AuditAsync("number.suspectsLookedUp")).GetProperty("after").GetProperty("asked").GetInt32());
    }

    [Fact]
    public async Task Somebody_who_stops_it_keeps_what_was_learned()
    {
        using var stop = new CancellationTokenSource();

        var found = (await LookUp.ExecuteAsync(_portal.Staff, 4, asked => { if (asked == 2) stop.Cancel(); }, stop.Token)).Value;

        Assert.Equal((2, 2), (found.Usable, Provider.LookedUp.Count));
        Assert.Single(await _portal.AuditAsync("number.suspectsLookedUp"));
    }

    [Fact]
    public async Task It_takes_an_account_and_the_permission_to_edit_people()
    {
        Provider.HasAccount = false;
        Assert.IsType<NoAccountForLookUp>((await LookUp.ExecuteAsync(_portal.Staff, 4, null, default)).Failure);

        var reader = await _portal.AddStaffAsync("Otto", [Permissions.ViewSubscribers]);
        await Assert.ThrowsAsync<NotPermitted>(() => LookUp.CountAsync(reader, default));
        await Assert.ThrowsAsync<NotPermitted>(() => LookUp.ExecuteAsync(reader, 4, null, default));
        Assert.Empty(Provider.LookedUp);
    }

    private Task<int> SetAsync(IEnumerable<SubscriberId> people, NumberState state)
    {
        var ids = people.ToList();
        return _portal.Database.WriteAsync(db => db.Subscribers.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, state)), default);
    }
}
