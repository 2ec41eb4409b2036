using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Messaging;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>A provider, a disk and a clock that misbehave: nobody is texted twice, and what became of each text is known or said to be in doubt.</summary>
[Collection(SendingCollection.Name)]
public sealed class BadProviderTests(BadProviderTests.Template template, ITestOutputHelper output) : IClassFixture<BadProviderTests.Template>
{
    private const int Recipients = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SomeSeconds = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, SimulatorOptions> Behaviours = new()
    {
        { "every 33rd answer is an internal error, and the text was not taken", SimulatorOptions.Prompt with { ServerErrors = 0.03 } },
        { "every 33rd answer is an internal error, and the text was taken all the same", SimulatorOptions.Prompt with { ServerErrorsAfterAcceptance = 0.03 } },
        { "every 10th answer is a gateway's web page", SimulatorOptions.Prompt with { HtmlAnswers = 0.1 } },
        { "every 10th answer is a web page that calls itself a success", SimulatorOptions.Prompt with { HtmlAnswers = 0.1, HtmlStatus = 200 } },
        { "every 10th connection is reset after the text was taken", SimulatorOptions.Prompt with { ResetsAfterAcceptance = 0.1 } },
        { "every 10th connection is reset, and receipts are lost, doubled, reordered or early", SimulatorOptions.Prompt with { ResetsAfterAcceptance = 0.1, Lost = 0.3, Duplicates = 0.2, Reordered = 0.2, Early = 0.2 } },
        { "answers take longer than the portal's patience", SimulatorOptions.Prompt with { AnswerDelay = TimeSpan.FromSeconds(4) } },
    };

    public static TheoryData<string> Accidents => [.. Behaviours.Keys];

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task Wrong_answers_double_nothing_and_texts_that_were_taken_are_found(string accident)
    {
        var behaviour = Behaviours[accident];
        await using var portal = await TroubledPortal.StartAsync(template.Campaign, behaviour);
        if (behaviour.AnswerDelay > TimeSpan.Zero)
        {
            await Wait.UntilAsync(() => Task.FromResult(portal.Provider.Taken.Count > 16), Patience, "a batch to leave");
            portal.Provider.Simulator.Options = SimulatorOptions.Prompt;
        }

        await SettleAsync(portal, accident);

        // A text that the provider did not take stays in doubt; it is never sent again by itself.
        Assert.Equal(Recipients - portal.Provider.Taken.Count, (await portal.Campaign.StatesAsync()).GetValueOrDefault(MessageState.Unconfirmed));
        Assert.Equal(Recipients, portal.Calls);
    }

    [Fact]
    public async Task A_storm_of_too_fast_only_delays()
    {
        await using var portal = await TroubledPortal.StartAsync(template.Campaign, SimulatorOptions.Prompt with { RequestsPerSecond = 40, RetryAfter = TimeSpan.FromSeconds(1) });

        await SettleAsync(portal, "too fast");

        Assert.Equal(Recipients, portal.Provider.Taken.Count);
        Assert.True(portal.Calls > Recipients, "The provider never said that it was too fast.");
    }

    [Theory]
    [InlineData(401, StopCause.Credentials)]
    [InlineData(402, StopCause.Balance)]
    [InlineData(403, StopCause.Suspended)]
    public async Task A_refused_account_stops_the_queue_says_why_and_goes_on_once_it_is_mended(int status, StopCause cause)
    {
        await using var portal = await TroubledPortal.StartAsync(template.Campaign, SimulatorOptions.Prompt with { Refusal = status });

        await Wait.UntilAsync(async () => await portal.StopAsync() is not null, Patience, "the stop to be noted");
        var calls = portal.Calls;
        await Task.Delay(SomeSeconds);
        var stop = await portal.StopAsync();
        Assert.Equal(cause, stop!.Cause);
        Assert.Contains("Sending is stopped and every text is kept.", stop.Sentence, StringComparison.Ordinal);
        // One text at a time finds out whether it is mended, every half second here.
        Assert.InRange(calls, 1, 16);
        Assert.InRange(portal.Calls - calls, 1, 8);
        Assert.Empty(portal.Provider.Taken);
        Assert.DoesNotContain(MessageState.Failed, (await portal.Campaign.StatesAsync()).Keys);
        portal.Provider.Simulator.Options = SimulatorOptions.Prompt;

        await SettleAsync(portal, $"HTTP {status}");

        Assert.Equal(Recipients, portal.Provider.Taken.Count);
        await Wait.UntilAsync(async () => await portal.StopAsync() is null, Patience, "the stop to be over");
        Assert.Equal(["sending.stopped", "sending.resumed"], await portal.AuditedAsync("sending."));
    }

    [Fact]
    public async Task A_database_that_is_locked_for_some_seconds_only_delays()
    {
        await using var portal = await TroubledPortal.StartAsync(template.Campaign, SimulatorOptions.Prompt);
        await Wait.UntilAsync(() => Task.FromResult(portal.Provider.Taken.Count > 40), Patience, "some texts to leave");

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(portal.Campaign.Folder, "portal.db")}"))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await Task.Delay(SomeSeconds);
        }

        await SettleAsync(portal, "locked");
        Assert.Equal(Recipients, portal.Provider.Taken.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_by_an_hour_and_back_doubles_and_loses_nothing(int direction)
    {
        await using var portal = await TroubledPortal.StartAsync(template.Campaign, SimulatorOptions.Prompt);
        foreach (var shift in new[] { direction * Hour, TimeSpan.Zero, direction * Hour, TimeSpan.Zero })
        {
            var taken = portal.Provider.Taken.Count;
            await Wait.UntilAsync(() => Task.FromResult(portal.Provider.Taken.Count > taken || portal.Clock.Ahead < TimeSpan.Zero || taken == Recipients), Patience, "some texts to leave");
            portal.Clock.Ahead = shift;
            await Task.Delay(200);
        }

        await SettleAsync(portal, "clock");
        Assert.Equal(Recipients, portal.Provider.Taken.Count);
    }

    private async Task SettleAsync(TroubledPortal portal, string what)
    {
        await Wait.UntilAsync(() => portal.Provider.HasSettledAsync(portal.Campaign), Patience, "every text to be done");
        output.WriteLine($"{what}: {portal.Calls} calls, {portal.Provider.Taken.Count} taken, {string.Join(", ", (await portal.Campaign.StatesAsync()).Select(s => $"{s.Value} {s.Key}"))}");
        await portal.Provider.AgreesWithAsync(portal.Campaign, Recipients);
    }

    public sealed class Template : IAsyncLifetime
    {
        internal PreparedCampaign Campaign { get; private set; } = null!;

        public async Task InitializeAsync() => Campaign = await PreparedCampaign.MakeAsync(Recipients);

        public async Task DisposeAsync() => await Campaign.DisposeAsync();
    }
}
