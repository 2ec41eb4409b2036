using System.Globalization;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.EndToEnd.Tests.Processes;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// What else changes the ledger while a campaign is sent: somebody cancels it, the provider refuses the account, a person says STOP, a program asks for a text, a
/// series makes a run. The process is killed before and after the commit of each, and started again two minutes later.
/// </summary>
[Collection(SendingCollection.Name)]
public sealed class KilledAtActsTests(ITestOutputHelper output)
{
    private const int Recipients = 120;
    private const int Killed = 137;
    private const int PaymentRequired = 402;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_campaign_that_is_cancelled_as_the_process_dies_ends_cancelled_and_every_text_is_accounted_for()
    {
        await using var campaign = await PreparedCampaign.MakeAsync(Recipients);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt);
        await DieAsync(campaign, provider, "campaign.cancelled before 1", "cancel");
        Assert.NotEqual(CampaignStatus.Cancelled, await campaign.StatusAsync());
        await DieAsync(campaign, provider, "campaign.cancelled after 1", "cancel");
        Assert.Equal(CampaignStatus.Cancelled, await campaign.StatusAsync());

        await using var last = Start(campaign, provider);
        provider.Tell(await last.ReadyAsync());
        await Wait.UntilAsync(() => provider.HasSettledAsync(campaign), Patience, "every text to come to its end");

        await provider.AgreesWithAsync(campaign, Recipients);
        output.WriteLine($"{provider.Taken.Count} of {Recipients} had left");
        Assert.InRange(provider.Taken.Count, 40, Recipients - 1);
    }

    [Fact]
    public async Task An_account_that_is_refused_as_the_process_dies_stops_all_and_sends_on_afterwards()
    {
        await using var campaign = await PreparedCampaign.MakeAsync(Recipients);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt with { Refusal = PaymentRequired });
        await DieAsync(campaign, provider, "sending.stopped before 1");
        await DieAsync(campaign, provider, "sending.stopped after 1");
        Assert.Empty(provider.Taken);
        provider.Simulator.Options = SimulatorOptions.Prompt;
        await DieAsync(campaign, provider, "sending.resumed before 1");
        await DieAsync(campaign, provider, "sending.resumed after 1");

        await using var last = Start(campaign, provider);
        provider.Tell(await last.ReadyAsync());
        await Wait.UntilAsync(() => provider.HasSettledAsync(campaign), Patience, "every text to be done");

        await provider.AgreesWithAsync(campaign, Recipients);
    }

    [Theory]
    [InlineData("consent.withdrawn before 1")]
    [InlineData("consent.withdrawn after 1")]
    public async Task A_stop_whose_commit_the_process_does_not_survive_is_taken_once_and_confirmed_at_most_once(string moment)
    {
        await using var campaign = await PreparedCampaign.MakeAsync(Recipients);
        // It comes again for half a minute, as the provider's webhooks do for a day.
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt with { RetryPauses = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), 30)] });
        var person = PreparedCampaign.Number(Recipients - 1)[1..];
        await DieAsync(campaign, provider, moment, whenReady: () => provider.Simulator.Reply(person, DemoPurposes.Sender, "STOP"));

        await using var last = Start(campaign, provider);
        provider.Tell(await last.ReadyAsync());
        await Wait.UntilAsync(async () => await StopsAsync(campaign) == 1 && await campaign.HasAnsweredAsync() && await provider.HasSettledAsync(campaign), Patience, "the stop and every text to be done");
        await provider.QuietAsync();

        await provider.AgreesWithAsync(campaign, Recipients);
        Assert.Equal(1, await StopsAsync(campaign));
        await using var db = campaign.Database.Open();
        Assert.Equal(1, await db.InboundMessages.CountAsync());
        var toThem = provider.Simulator.Journal.To(person);
        Assert.InRange(toThem.Count(t => t.Text != PreparedCampaign.Words), 0, 1);
        Assert.InRange(toThem.Count(t => t.Text == PreparedCampaign.Words), 0, 1);
    }

    [Fact]
    public async Task A_text_that_a_program_asks_for_again_after_each_death_leaves_once()
    {
        await using var campaign = await PreparedCampaign.MakeAsync(1, isLaunched: false);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt);
        await DieAsync(campaign, provider, "text.planned before 1", "service");
        Assert.Equal(0, await ServiceTextsAsync(campaign));
        await DieAsync(campaign, provider, "text.planned after 1", "service");

        await using var last = Start(campaign, provider, "--Act", "service");
        provider.Tell(await last.ReadyAsync());
        await Wait.UntilAsync(async () => await ServiceTextsAsync(campaign) == 1 && await campaign.HasAnsweredAsync(), Patience, "the text to be done");

        Assert.Equal(1, await ServiceTextsAsync(campaign));
        Assert.Single(provider.Simulator.Journal.Page(0, int.MaxValue), t => t.Text == SendingProgram.ServiceWords);
    }

    [Fact]
    public async Task A_series_whose_run_is_made_as_the_process_dies_makes_it_once()
    {
        var once = new Recurrence(RepeatEvery.Day, WeekDays.None, "America/New_York", Until: null, Times: 1, Recurrence.UsualDrift);
        await using var campaign = await PreparedCampaign.MakeAsync(Recipients, repeats: once);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt);
        await DieAsync(campaign, provider, "campaign.runMade before 1");
        Assert.Equal(0, await RunsAsync(campaign));
        await DieAsync(campaign, provider, "campaign.runMade after 1");
        Assert.Equal(1, await RunsAsync(campaign));

        await using var last = Start(campaign, provider);
        provider.Tell(await last.ReadyAsync());
        await Wait.UntilAsync(async () => provider.Taken.Count == Recipients && await campaign.HasAnsweredAsync(), Patience, "every text of the run to leave");

        Assert.Equal(1, await RunsAsync(campaign));
        provider.TookEverythingOnce();
    }

    private static async Task DieAsync(PreparedCampaign campaign, TestedProvider provider, string moment, string act = "", Action? whenReady = null)
    {
        await using var process = Start(campaign, provider, "--" + SendingHost.MomentKey, moment, "--Act", act);
        try
        {
            provider.Tell(await process.ReadyAsync());
            whenReady?.Invoke();
        }
        catch (InvalidOperationException)
        {
            // Dead before it said that it was ready.
        }

        Assert.True(await process.EndsWithinAsync(Patience) == Killed, $"It did not come to \"{moment}\":\n{process.Output}");
        provider.TookEverythingOnce();
        provider.Clock.Ahead += Later;
    }

    private static ProgramProcess Start(PreparedCampaign campaign, TestedProvider provider, params string[] more) => ProgramProcess.StartSending(
        SendingHost.Settings(campaign.Folder, provider.Address, ["--Ahead", provider.Clock.Ahead.ToString("c", CultureInfo.InvariantCulture), .. more]));

    private static async Task<int> StopsAsync(PreparedCampaign campaign)
    {
        await using var db = campaign.Database.Open();
        return await db.Suppressions.CountAsync();
    }

    private static async Task<int> ServiceTextsAsync(PreparedCampaign campaign)
    {
        await using var db = campaign.Database.Open();
        return await db.OutboundMessages.CountAsync(m => m.Kind == MessageKind.Transactional);
    }

    private static async Task<int> RunsAsync(PreparedCampaign campaign)
    {
        await using var db = campaign.Database.Open();
        return await db.Campaigns.CountAsync() - 1;
    }
}
