using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>What the provider says of one number, and what comes of it for the person.</summary>
public sealed class LookUpNumberTests : IAsyncLifetime
{
    private static readonly LineInsight Mobile = new(true, "US", Application.Messaging.LineType.Mobile, new Carrier("T-Mobile", "310260"), new Carrier("AT&T", "310410"), IsReachable: true);

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;
    private SubscriberId _person;

    private ForgetfulProvider Provider => (ForgetfulProvider)_portal.Get<ISmsGateway>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        _person = (await _desk.PeopleAsync(1))[0];
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Line_type_carrier_and_state_are_kept_with_an_entry_of_who_asked()
    {
        await SetAsync(NumberState.Suspect, strikes: 3);
        Provider.Line = Mobile;

        var found = (await AskAsync()).Value;

        Assert.Equal(("T-Mobile", true, NumberState.Usable), (found.Carrier, found.IsPorted, found.State));
        var person = await PersonAsync();
        Assert.Equal((Domain.Subscribers.LineType.Mobile, "310260", NumberState.Usable, 0), (person.LineType, person.NetworkCode, person.NumberState, person.SoftStrikes));
        var entry = Assert.Single(await _portal.AuditAsync("number.lookedUp"));
        Assert.Equal(_portal.Staff.Id, entry.GetProperty("actor").GetProperty("id").GetString());
        Assert.DoesNotContain(Assert.Single(Provider.LookedUp), entry.GetRawText(), StringComparison.Ordinal);
        Assert.Single(await _portal.AuditAsync("number.judged"));
    }

    [Fact]
    public async Task A_landline_is_left_out_by_the_next_dry_run()
    {
        Provider.Line = Mobile with { LineType = Application.Messaging.LineType.Landline, IsReachable = null };
        await AskAsync();

        var id = await _desk.SaveAsync(_desk.Draft());
        await _desk.DryRunAsync(id);

        var reason = Assert.Single((await _desk.ViewAsync(id)).DryRun!.Detail.Reasons);
        Assert.Equal((SendReason.LineType, 1), (reason.Reason, reason.Count));
    }

    [Theory]
    [InlineData(NumberState.Usable, null, NumberState.Usable)]
    [InlineData(NumberState.Usable, false, NumberState.Usable)]
    [InlineData(NumberState.Suspect, false, NumberState.Suspect)]
    [InlineData(NumberState.Suspect, null, NumberState.Suspect)]
    [InlineData(NumberState.Invalid, true, NumberState.Invalid)]
    public async Task Only_a_doubtful_number_that_is_reached_changes_its_state(NumberState before, bool? reached, NumberState after)
    {
        await SetAsync(before, strikes: 2);
        Provider.Line = Mobile with { IsReachable = reached };

        Assert.Equal(after, (await AskAsync()).Value.State);
        Assert.Empty(await _portal.AuditAsync("number.judged"));
    }

    [Fact]
    public async Task A_number_that_can_not_exist_is_not_texted_again()
    {
        Provider.Line = Mobile with { IsValidFormat = false, LineType = Application.Messaging.LineType.Unknown, CurrentCarrier = null, IsReachable = null };

        Assert.Equal(NumberState.Invalid, (await AskAsync()).Value.State);
        Assert.Equal(Domain.Subscribers.LineType.Mobile, (await PersonAsync()).LineType);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_changes_nothing_and_leaves_an_entry()
    {
        Assert.IsType<ProviderDidNotAnswer>((await AskAsync()).Failure);

        Assert.Null((await PersonAsync()).NetworkCode);
        Assert.Single(await _portal.AuditAsync("number.lookUpFailed"));
    }

    [Fact]
    public async Task Nobody_is_asked_about_the_restricted_the_reassigned_or_without_the_permission()
    {
        Provider.Line = Mobile;
        await SetAsync(NumberState.Reassigned, strikes: 0);
        Assert.IsType<NumberOfSomebodyElse>((await AskAsync()).Failure);
        await SetAsync(NumberState.Usable, strikes: 0, isRestricted: true);
        Assert.IsType<RestrictedFromLookUp>((await AskAsync()).Failure);
        var reader = await _portal.AddStaffAsync("Otto", [Permissions.ViewSubscribers]);
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<LookUpNumber>().ExecuteAsync(reader, _person, default));

        Provider.HasAccount = false;
        Assert.IsType<NoAccountForLookUp>((await AskAsync()).Failure);
        Assert.Empty(Provider.LookedUp);
    }

    [Fact]
    public async Task A_decision_of_the_past_is_explained_by_the_kind_of_line_that_was_known_then()
    {
        var before = await DecidedAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Provider.Line = Mobile with { LineType = Application.Messaging.LineType.Landline };
        await AskAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await DecidedAsync();

        await using var db = _portal.Database.Open();
        var texts = await db.OutboundMessages.AsNoTracking().Where(m => m.Id == before || m.Id == after).ToListAsync();
        var facts = await _portal.Get<PastFactsReader>().ReadAsync(db, texts, default);
        Assert.Equal((Domain.Subscribers.LineType.Mobile, Domain.Subscribers.LineType.FixedLine), (facts[before].Facts!.To.LineType, facts[after].Facts!.To.LineType));
    }

    private async Task<long> DecidedAsync()
    {
        var text = await _portal.SendAsync(_person, _portal.Now);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == text).ExecuteUpdateAsync(m => m.SetProperty(x => x.DecidedAt, _portal.Now).SetProperty(x => x.DecisionKind, 1)), default);
        return text;
    }

    private Task<Result<LookedUpNumber>> AskAsync() => _portal.Get<LookUpNumber>().ExecuteAsync(_portal.Staff, _person, default);

    private async Task<Subscriber> PersonAsync()
    {
        await using var db = _portal.Database.Open();
        return await db.Subscribers.SingleAsync(s => s.Id == _person);
    }

    private Task<int> SetAsync(NumberState state, int strikes, bool isRestricted = false) => _portal.Database.WriteAsync(
        db => db.Subscribers.Where(s => s.Id == _person).ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, state).SetProperty(x => x.SoftStrikes, strikes).SetProperty(x => x.IsRestricted, isRestricted)), default);
}
