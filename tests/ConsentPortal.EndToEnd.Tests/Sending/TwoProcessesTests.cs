using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.EndToEnd.Tests.Processes;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>Two real processes that plan and send from one database, as two portals do on SQL Server.</summary>
[Collection(SendingCollection.Name)]
public sealed class TwoProcessesTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_processes_share_the_work_and_text_everybody_once()
    {
        const int recipients = 160;
        await using var campaign = await PreparedCampaign.MakeAsync(recipients, isLaunched: false);
        // One of them alone would need three seconds for its ten batches: long enough for the other one to have its share.
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt with { AnswerDelay = TimeSpan.FromMilliseconds(300) });
        await using var one = Start(campaign, provider);
        await using var two = Start(campaign, provider);
        provider.Tell(await one.ReadyAsync());
        await two.ReadyAsync();

        await campaign.LaunchAsync();
        await Wait.UntilAsync(() => provider.HasSettledAsync(campaign), Patience, "every text to be done");

        await provider.AgreesWithAsync(campaign, recipients);
        Assert.Equal(recipients, provider.Taken.Count);
        var senders = await campaign.SendersAsync();
        output.WriteLine(string.Join(", ", senders.Select(s => $"{s.Value} by {s.Key}")));
        Assert.Equal(2, senders.Count);
    }

    [Fact]
    public async Task Two_processes_together_ask_no_faster_than_the_account_may()
    {
        const int recipients = 160;
        const int each = 20;
        await using var campaign = await PreparedCampaign.MakeAsync(recipients, isLaunched: false);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt);
        string[] pace = ["--Vonage:RequestsPerSecond", each.ToString(CultureInfo.InvariantCulture), "--" + SendingHost.SaysCallsKey, "true"];
        await using var one = Start(campaign, provider, pace);
        await using var two = Start(campaign, provider, pace);
        provider.Tell(await one.ReadyAsync());
        await two.ReadyAsync();

        await campaign.LaunchAsync();
        await Wait.UntilAsync(() => provider.HasSettledAsync(campaign), Patience, "every text to be done");
        // What is written at the very end is on its way for a moment.
        await Wait.UntilAsync(() => Task.FromResult(Calls(one).Count + Calls(two).Count == recipients), Patience, "every call to be said");

        List<DateTimeOffset> times = [.. Calls(one).Concat(Calls(two)).Order()];
        // A process that has just started comes late to its first turns; and now and then the machine stands still for a moment.
        var steady = times.Where(at => at > times[0] + TimeSpan.FromSeconds(2)).ToList();
        var seconds = steady.Select(from => steady.Count(at => at >= from && at < from + TimeSpan.FromSeconds(1))).Order().ToList();
        var most = seconds[seconds.Count * 9 / 10];
        output.WriteLine($"{most} in a full second ({seconds[^1]} in the fullest); {Calls(one).Count} by one and {Calls(two).Count} by the other; {(times[^1] - times[0]).TotalSeconds:0.0} s");
        Assert.Equal(recipients, provider.Taken.Count);
        Assert.NotEmpty(Calls(one));
        Assert.NotEmpty(Calls(two));
        // Each alone keeps to its own pace: together they would ask twice as often.
        Assert.InRange(most, 1, each + (each / 4));
    }

    [Fact]
    public async Task A_process_that_was_stalled_past_its_lease_sends_no_text_that_still_waited_and_overwrites_nothing()
    {
        const int recipients = 120;
        await using var campaign = await PreparedCampaign.MakeAsync(recipients);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt);
        // Its turn with the provider comes five times a second, so most of its batch still waits when it stands still.
        await using var stalled = Start(campaign, provider, "--" + SendingHost.MomentKey, "call before 3", "--" + SendingHost.StallsKey, "true", "--Vonage:RequestsPerSecond", "5", "--Dispatch:LookUpEvery", "00:10:00");
        await stalled.ReadyAsync();
        await Wait.UntilAsync(() => Task.FromResult(IsStopped(stalled.Id)), Patience, "the first process to stand still");
        await using var other = Start(campaign, provider);
        provider.Tell(await other.ReadyAsync());

        await Wait.UntilAsync(() => provider.HasSettledAsync(campaign), Patience, "the other process to do everything else");
        // Half of those whose texts wait in the stalled process say STOP to the other one.
        var stopped = (await campaign.InDoubtAsync()).Select(number => number[1..]).Where(number => provider.Simulator.Journal.To(number).Count == 0).TakeLast(8).ToList();
        stopped.ForEach(number => provider.Simulator.Reply(number, DemoPurposes.Sender, "STOP"));
        await Wait.UntilAsync(() => Task.FromResult(stopped.TrueForAll(number => provider.Simulator.Journal.To(number).Count == 1)), Patience, "the stops to be confirmed");
        var inDoubt = (await campaign.StatesAsync()).GetValueOrDefault(MessageState.Unconfirmed);
        var takenBefore = provider.Taken.Count;
        Signal(stalled.Id, "-CONT");
        // The one call that had passed the last look may have come too late for an answer, and then stays in doubt.
        await Wait.UntilAsync(async () => await campaign.IsDoneAsync() && (await campaign.StatesAsync()).GetValueOrDefault(MessageState.Unconfirmed) <= 1, Patience, "the stalled texts to be done");

        output.WriteLine($"{takenBefore} taken before, {inDoubt} texts in doubt while it stood still, {provider.Taken.Count - takenBefore} left afterwards");
        Assert.InRange(inDoubt, 10, 16);
        await provider.AgreesWithAsync(campaign, recipients);
        // The one call may have been to somebody who said STOP. Everybody else was texted after all: the other process had not ended the campaign.
        Assert.InRange(provider.Taken.Count(t => stopped.Contains(t.To)), 0, 1);
        Assert.InRange(provider.Taken.Count(t => !stopped.Contains(t.To)), recipients - stopped.Count - 1, recipients - stopped.Count);
    }

    private static List<DateTimeOffset> Calls(ProgramProcess portal) => [.. SpokenCalls.In(portal.Output)];

    private static ProgramProcess Start(PreparedCampaign campaign, TestedProvider provider, params string[] more) =>
        ProgramProcess.StartSending(SendingHost.Settings(campaign.Folder, provider.Address, more));

    private static bool IsStopped(int id)
    {
        // The state stands behind the name in brackets, which may hold anything.
        var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        return line[(line.LastIndexOf(')') + 2)..].StartsWith('T');
    }

    private static void Signal(int id, string signal)
    {
        using var kill = Process.Start("kill", [signal, id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
