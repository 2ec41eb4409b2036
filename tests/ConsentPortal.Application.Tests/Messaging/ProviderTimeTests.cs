using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;

namespace ConsentPortal.Application.Tests.Messaging;

public sealed class ProviderTimeTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task What_one_process_has_no_other_one_uses()
    {
        Assert.Equal(_portal.Now, await LeaseAsync("one", 60));
        Assert.Equal(_portal.Now.AddSeconds(2), await LeaseAsync("two", 30));
        Assert.Equal(_portal.Now.AddSeconds(3), await LeaseAsync("one", 30));
    }

    [Fact]
    public async Task Time_that_nobody_used_is_over()
    {
        await LeaseAsync("one", 30);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(_portal.Now, await LeaseAsync("two", 30));
    }

    [Fact]
    public async Task When_the_provider_asks_for_a_pause_every_process_makes_it()
    {
        await ProviderTime.HoldAsync(_portal.Database, "one", _portal.Now.AddSeconds(10), _portal.Now, default);

        Assert.Equal(_portal.Now.AddSeconds(10), await LeaseAsync("two", 30));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_holds_nothing_up()
    {
        var before = _portal.Now.AddHours(3);
        await ProviderTime.LeaseAsync(_portal.Database, "one", 30, 30, before, default);

        Assert.Equal(_portal.Now, await LeaseAsync("two", 30));
    }

    private Task<DateTimeOffset> LeaseAsync(string owner, int texts) => ProviderTime.LeaseAsync(_portal.Database, owner, texts, requestsPerSecond: 30, _portal.Now, default);
}
