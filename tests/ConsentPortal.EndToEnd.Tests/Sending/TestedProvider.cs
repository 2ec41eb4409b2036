using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>The simulated provider in the process of the test, so that its journal can be read at any instant; it outlives every portal.</summary>
internal sealed class TestedProvider : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Uri? _portal;

    private TestedProvider(SimulatorOptions behaviour) => Simulator = new VonageSimulator(
        0, SendingHost.Account, new SimulatorTargets(() => Target(SimulatorHost.StatusPath), () => Target(SimulatorHost.InboundPath)), behaviour, Clock);

    public ShiftedClock Clock { get; } = new(TimeSpan.Zero);

    public VonageSimulator Simulator { get; }

    public Uri Address => Simulator.Address;

    /// <summary>The campaign's texts; the portal's answers to people are not among them.</summary>
    public IReadOnlyList<SimulatedText> Taken => [.. Simulator.Journal.Page(0, int.MaxValue).Where(t => t.Text == PreparedCampaign.Words)];

    public static async Task<TestedProvider> StartAsync(SimulatorOptions behaviour)
    {
        var provider = new TestedProvider(behaviour);
        await provider.Simulator.StartAsync(default);
        return provider;
    }

    /// <summary>Where its webhooks go from now on.</summary>
    public void Tell(Uri portal) => _portal = portal;

    public async Task QuietAsync() => await Wait.UntilAsync(() => Task.FromResult(Simulator.PendingWebhooks == 0), Patience, "every webhook to be delivered or given up");

    /// <summary>Whether every text has come to an end, and what was in doubt has been looked up: the provider never heard of the rest.</summary>
    public async Task<bool> HasSettledAsync(PreparedCampaign campaign)
    {
        if (!await campaign.IsDoneAsync())
            return false;
        var heard = Taken.Select(t => t.ClientRef).ToHashSet();
        return (await campaign.ByReferenceAsync()).All(row => row.Value != MessageState.Unconfirmed || !heard.Contains(row.Key));
    }

    /// <summary>No number and no reference twice, and every row in a state that agrees with what the provider knows.</summary>
    public async Task AgreesWithAsync(PreparedCampaign campaign, int recipients)
    {
        var taken = Taken;
        TookEverythingOnce();
        var rows = await campaign.ByReferenceAsync();
        Assert.Equal(recipients, rows.Count);
        var heard = taken.Select(t => t.ClientRef!).ToHashSet();
        Assert.Subset(rows.Keys.ToHashSet(), heard);
        foreach (var (reference, state) in rows)
        {
            var fits = heard.Contains(reference)
                ? state is MessageState.Accepted or MessageState.Delivered or MessageState.Failed or MessageState.Expired
                : state is MessageState.Skipped or MessageState.Unconfirmed or MessageState.Failed;
            Assert.True(fits, string.Create(CultureInfo.InvariantCulture, $"A text is {state}, and the provider {(heard.Contains(reference) ? "took it" : "never heard of it")}."));
        }
    }

    public void TookEverythingOnce()
    {
        var taken = Taken;
        Assert.Equal(taken.Count, taken.Select(t => t.To).Distinct().Count());
        Assert.Equal(taken.Count, taken.Select(t => t.ClientRef).Distinct().Count());
    }

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    private Uri? Target(string path) => _portal is { } portal ? new Uri(portal, path) : null;
}

/// <summary>Asks again until something holds.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < patience, $"Waited {patience} for {what}.");
            await Task.Delay(50);
        }
    }
}
