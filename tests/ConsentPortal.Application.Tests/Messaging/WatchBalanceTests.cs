using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>The money at the provider: how it becomes known, who is told, and what a campaign says of it.</summary>
public sealed class WatchBalanceTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    private ForgetfulProvider Provider => (ForgetfulProvider)_portal.Get<ISmsGateway>();

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_last_figure_is_kept_with_its_time_and_outlives_an_answer_that_does_not_come()
    {
        Provider.Balance = new ProviderBalance(80.5m, "EUR", RefillsItself: false);
        Assert.True(await AskAsync());
        Provider.Balance = null;
        _portal.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.False(await AskAsync());

        var known = (await new Dashboard(_portal.Database, _portal.Clock).GetAsync(_portal.Staff, default)).Balance!;
        Assert.Equal((80.5m, PeoplePortal.Noon), (known.Amount, known.At));
    }

    [Fact]
    public async Task Without_an_account_nobody_is_asked()
    {
        (Provider.HasAccount, Provider.Balance) = (false, new ProviderBalance(1, "EUR", RefillsItself: false));

        Assert.False(await AskAsync());
        Assert.Null((await new Dashboard(_portal.Database, _portal.Clock).GetAsync(_portal.Staff, default)).Balance);
    }

    [Theory]
    [InlineData(49.99, false, true)]
    [InlineData(50, false, false)]
    [InlineData(49.99, true, false)]
    [InlineData(0, true, true)]
    public async Task Who_sees_campaigns_is_told_of_little_money_unless_the_account_refills_itself(double amount, bool refills, bool isTold)
    {
        Provider.Balance = new ProviderBalance((decimal)amount, "EUR", refills);
        await AskAsync();

        Assert.Equal(isTold, (await AttentionAsync(_portal.Staff)).Any(a => a.Kind == AttentionKind.BalanceLow));
        Assert.DoesNotContain(await AttentionAsync(await _portal.AddStaffAsync("Otto", [Permissions.ViewDashboard])), a => a.Kind == AttentionKind.BalanceLow);
    }

    [Fact]
    public async Task Money_that_comes_back_ends_the_warning()
    {
        Provider.Balance = new ProviderBalance(3, "EUR", RefillsItself: false);
        await AskAsync();
        var told = Assert.Single(await AttentionAsync(_portal.Staff), a => a.Kind == AttentionKind.BalanceLow);
        Assert.Contains("€ 3.00 left", told.Sentence, StringComparison.Ordinal);

        Provider.Balance = new ProviderBalance(300, "EUR", RefillsItself: false);
        await AskAsync();

        Assert.DoesNotContain(await AttentionAsync(_portal.Staff), a => a.Kind == AttentionKind.BalanceLow);
    }

    [Fact]
    public async Task A_campaign_that_costs_more_than_there_is_says_by_how_much()
    {
        var desk = await CampaignDesk.OpenAsync(_portal);
        await desk.PeopleAsync(2);
        var id = await desk.SaveAsync(desk.Draft());
        await desk.DryRunAsync(id);
        Assert.Null((await desk.ViewAsync(id)).MissingMoney);
        var cost = (await desk.ViewAsync(id)).DryRun!.Detail.Cost;

        Provider.Balance = new ProviderBalance(cost - 0.01m, "EUR", RefillsItself: false);
        await AskAsync();
        Assert.Equal(0.01m, (await desk.ViewAsync(id)).MissingMoney);

        Provider.Balance = new ProviderBalance(cost, "EUR", RefillsItself: false);
        await AskAsync();
        Assert.Null((await desk.ViewAsync(id)).MissingMoney);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Empty(Problems(new BalanceOptions()));
        Assert.Contains("Balance:Every", Assert.Single(Problems(new BalanceOptions { Every = TimeSpan.FromSeconds(1) })), StringComparison.Ordinal);
        Assert.Contains("Balance:WarnBelow", Assert.Single(Problems(new BalanceOptions { WarnBelow = -1 })), StringComparison.Ordinal);
        Assert.Empty(Problems(new BalanceOptions { Every = TimeSpan.Zero }));

        static IEnumerable<string?> Problems(BalanceOptions options) => options.Validate(new(options)).Select(p => p.ErrorMessage);
    }

    private Task<bool> AskAsync() => _portal.Get<WatchBalance>().AskAsync(default);

    private Task<IReadOnlyList<Attention>> AttentionAsync(Actor actor) => new AttentionList(_portal.Database, _portal.Get<KeptReports>(), _portal.Clock).GetAsync(actor, default);
}
