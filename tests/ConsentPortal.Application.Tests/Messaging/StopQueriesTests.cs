using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Messaging;

/// <summary>A STOP must be as fast among a million people as among ten.</summary>
public sealed class StopQueriesTests
{
    private static readonly string[] Large =
        ["Subscribers", "ConsentEvents", "ConsentRecords", "OutboundMessages", "InboundMessages", "Suppressions", "SubscriberFacts", "NumberPeriods", "AuditEntries"];

    [Fact]
    public async Task A_stop_reads_no_large_table_from_end_to_end()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        await portal.ConsentAsync(await portal.AddPersonAsync("+12125552368"));
        using var plans = new QueryPlans(portal);

        await portal.Get<ReceiveInboundMessage>().ExecuteAsync(
            Actor.Provider("test"), new InboundText("in-1", "+12125552368", portal.Offers.Sender, "STOP", portal.Now, null), default);

        Assert.True(plans.Asked > 5, "The statements of a STOP were not seen.");
        Assert.DoesNotContain(await plans.ReadWholeAsync(), read => Large.Contains(read.Table));
    }
}
