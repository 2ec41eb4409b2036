using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.EndToEnd.Tests.Processes;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// One campaign from its launch to its end, whose process is killed at every change of the ledger's state, once before and
/// once after the commit, and started again. Each new process lives two minutes later, when leases are over.
/// </summary>
[Collection(SendingCollection.Name)]
public sealed class KilledAtEachMomentTests(ITestOutputHelper output)
{
    private const int Recipients = 400;
    private const int Killed = 137;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(2);

    private static readonly (string Moment, string? Act)[] Deaths =
    [
        ("campaign.launched before 1", "launch"),
        ("campaign.launched after 1", "launch"),
        ("plan before 3", null),
        ("plan after 2", null),
        ("campaign.planned before 1", null),
        ("campaign.planned after 1", null),
        ("claim within 1", null),
        ("decide before 2", null),
        ("decide after 1", null),
        ("call before 3", null),
        ("call after 5", null),
        ("doubt within 1", null),
        ("outcome before 1", null),
        ("outcome after 2", null),
        ("again before 1", "throttle"),
        ("again after 1", "throttle"),
        ("receipt before 2", null),
        ("receipt after 2", null),
        ("campaign.paused before 1", "pause"),
        ("campaign.paused after 1", "pause"),
        ("campaign.resumed before 1", "resume"),
        ("campaign.resumed after 1", "resume"),
        ("campaign.finished before 1", null),
        ("campaign.finished after 1", null),
    ];

    [Fact]
    public async Task A_campaign_survives_a_kill_at_every_change_of_state_and_nobody_is_texted_twice()
    {
        await using var campaign = await PreparedCampaign.MakeAsync(Recipients, isLaunched: false);
        await campaign.RestrictAsync(every: 10);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt);
        var watch = Stopwatch.StartNew();

        foreach (var (moment, act) in Deaths)
        {
            await DieAsync(campaign, provider, moment, act);
            provider.TookEverythingOnce();
            output.WriteLine($"{watch.Elapsed.TotalSeconds,5:0.0} s  {moment}: {provider.Taken.Count} texts left, {await WordsAsync(campaign)}");
        }

        await using var last = Start(campaign, provider);
        provider.Tell(await last.ReadyAsync());
        await Wait.UntilAsync(async () => await campaign.StatusAsync() == CampaignStatus.Finished && await provider.HasSettledAsync(campaign), Patience, "the campaign to end");
        output.WriteLine($"{watch.Elapsed.TotalSeconds,5:0.0} s  the end: {provider.Taken.Count} texts left, {await WordsAsync(campaign)}");
        await provider.AgreesWithAsync(campaign, Recipients);
        Assert.Equal(Recipients / 10, (await campaign.StatesAsync()).GetValueOrDefault(MessageState.Skipped));
    }

    private static async Task DieAsync(PreparedCampaign campaign, TestedProvider provider, string moment, string? act)
    {
        provider.Simulator.Options = SimulatorOptions.Prompt with { RequestsPerSecond = act == "throttle" ? 20 : 0 };
        await using var process = Start(campaign, provider, "--" + SendingHost.MomentKey, moment, "--Act", act is null or "throttle" ? "" : act);
        try
        {
            provider.Tell(await process.ReadyAsync());
        }
        catch (InvalidOperationException)
        {
            // Dead before it said that it was ready.
        }

        Assert.True(await process.EndsWithinAsync(Patience) == Killed, $"It did not come to \"{moment}\" ({await WordsAsync(campaign)}):\n{process.Output}");
        provider.Clock.Ahead += Later;
    }

    private static ProgramProcess Start(PreparedCampaign campaign, TestedProvider provider, params string[] more) => ProgramProcess.StartSending(
        SendingHost.Settings(campaign.Folder, provider.Address, ["--Ahead", provider.Clock.Ahead.ToString("c", CultureInfo.InvariantCulture), .. more]));

    private static async Task<string> WordsAsync(PreparedCampaign campaign) =>
        $"{await campaign.StatusAsync()}: {string.Join(", ", (await campaign.StatesAsync()).OrderBy(s => s.Key).Select(s => $"{s.Value} {s.Key}"))}";
}
