using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Killed;

/// <summary>The process that is started two minutes after another one has died, when leases are over, and does what is there to be done.</summary>
internal static class Successor
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(2);

    private static IOptions<DispatchOptions> Usual => Options.Create(new DispatchOptions());

    /// <summary>Every row stands where the commit left it, nobody is texted twice, and nothing is left lying.</summary>
    public static async Task GoesOnAsync(Death death, DateTimeOffset at)
    {
        await using var portal = PeoplePortal.OpenOn(death.Folder, at + Later);
        await StandsAsync(portal, death);
        var provider = new RememberingProvider(death.Taken);
        using var planner = new CampaignPlanner(portal.Database, new Leases(portal.Database, portal.Clock), portal.Clock, NullLogger<CampaignPlanner>.Instance) { BatchSize = 4 };
        await planner.PlanOnceAsync(default);
        await DrainAsync(Dispatcher(portal, provider));
        await planner.PlanOnceAsync(default);

        Assert.Empty(provider.Twice);
        await IsAccountedForAsync(portal);
    }

    public static MessageDispatcher Dispatcher(PeoplePortal portal, ISmsGateway provider)
    {
        return Make<MessageDispatcher>(
            portal, Make<DispatchQueue>(portal), Decisions(portal), Make<HandOver>(portal, provider), Outcomes(portal), InDoubt(portal, provider), Make<SendingStopNotice>(portal), Usual);
    }

    public static DispatchDecisions Decisions(PeoplePortal portal) => Make<DispatchDecisions>(portal, Usual);

    public static DispatchOutcomes Outcomes(PeoplePortal portal) => Make<DispatchOutcomes>(portal, Usual);

    public static MessagesInDoubt InDoubt(PeoplePortal portal, ISmsGateway provider) => Make<MessagesInDoubt>(portal, Make<MatchParkedReceipts>(portal), provider, Usual);

    private static T Make<T>(PeoplePortal portal, params object[] parts) => ActivatorUtilities.CreateInstance<T>(portal.Get<IServiceProvider>(), parts);

    private static async Task DrainAsync(MessageDispatcher dispatcher)
    {
        for (var turns = 0; turns < 100 && await dispatcher.DispatchOnceAsync(default) > 0; turns++)
        {
        }
    }

    private static async Task StandsAsync(PeoplePortal portal, Death death)
    {
        await using var db = portal.Database.Open();
        await db.Database.OpenConnectionAsync();
        var states = DeathWatch.Look(db.Database.GetDbConnection(), null);
        foreach (var move in death.Moves)
            Assert.Equal(death.IsAfter ? move.To : move.From, states[(move.Table, move.Id)]);
        // A run of a series is there exactly where its series says so.
        foreach (var series in await db.Campaigns.AsNoTracking().Where(c => c.RepeatEvery != null).ToListAsync())
            Assert.Equal(series.RunsMade, await db.Campaigns.CountAsync(c => c.SeriesId == series.Id));
    }

    private static async Task IsAccountedForAsync(PeoplePortal portal)
    {
        await using var db = portal.Database.Open();
        Assert.Equal(0, await db.OutboundMessages.CountAsync(m => m.State == MessageState.Sending));
        Assert.Equal(0, await db.OutboundMessages.CountAsync(m => (m.State == MessageState.Planned || m.State == MessageState.Deferred) && m.DueAt <= portal.Now
            && db.Campaigns.Any(c => c.Id == m.CampaignId && c.Status == CampaignStatus.Sending)));
        Assert.Equal(0, await db.Campaigns.CountAsync(c => c.Status == CampaignStatus.Preparing && c.StartAt <= portal.Now));
    }
}
