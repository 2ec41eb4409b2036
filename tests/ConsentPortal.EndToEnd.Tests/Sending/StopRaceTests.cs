using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.EndToEnd.Tests.Processes;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// People say STOP, over HTTP and signed as the provider signs, at the very moment at which their text is leaving. Once the
/// portal has answered 200, no text may reach the provider for that number but the one confirmation.
/// </summary>
[Collection(SendingCollection.Name)]
public sealed class StopRaceTests(ITestOutputHelper output)
{
    private const int Clients = 8;
    private const int Look = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_thousand_stops_during_ten_thousand_texts_let_nothing_through_after_their_answer() =>
        RaceAsync(new Race(Recipients: 10_000, Stops: 1_000, RequestsPerSecond: 0, SubmittedAfter: TimeSpan.FromMilliseconds(50)));

    /// <summary>Most texts of a batch then wait for their turn when the STOP comes, for up to two seconds.</summary>
    [Fact]
    public Task Stops_call_back_texts_that_wait_for_their_turn_with_the_provider() =>
        RaceAsync(new Race(Recipients: 240, Stops: 120, RequestsPerSecond: 30, SubmittedAfter: TimeSpan.Zero));

    private async Task RaceAsync(Race race)
    {
        await using var campaign = await PreparedCampaign.MakeAsync(race.Recipients);
        await using var provider = await TestedProvider.StartAsync(SimulatorOptions.Prompt with { SubmittedAfter = race.SubmittedAfter, DeliveredAfter = race.SubmittedAfter * 2 });
        await using var portal = StartPortal(campaign, provider, race);
        var address = await portal.ReadyAsync();
        provider.Tell(address);
        await Wait.UntilAsync(() => Task.FromResult(provider.Taken.Count > 0), Patience, "the first text to leave");

        var watch = Stopwatch.StartNew();
        var stops = await StopAsync(provider, address, race);
        await Wait.UntilAsync(async () => await campaign.IsDoneAsync() && await campaign.HasAnsweredAsync(), Patience, "every text to be done");

        var taken = provider.Simulator.Journal.Page(0, int.MaxValue);
        var late = stops.Sum(stop => taken.Count(t => t.To == stop.Number && t.Number > stop.TakenBefore && !IsConfirmation(t)));
        var times = stops.Select(s => s.Milliseconds).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{taken.Count} texts taken and {stops.Count} stops answered in {watch.Elapsed.TotalSeconds:0.0} s; {late} texts after a stop; answers p50 {times[times.Count / 2]:0} ms, p99 {times[times.Count * 99 / 100]:0} ms, most {times[^1]:0} ms"));
        output.WriteLine(string.Join(", ", (await campaign.StatesAsync()).Select(s => $"{s.Key} {s.Value}")));
        Assert.Equal(0, late);
        Assert.All(stops, stop => Assert.Single(taken, t => t.To == stop.Number && IsConfirmation(t)));
        var campaignTexts = taken.Where(t => !IsConfirmation(t)).ToList();
        Assert.Equal(campaignTexts.Count, campaignTexts.Select(t => t.To).Distinct().Count());
        var states = await campaign.StatesAsync();
        Assert.Equal(race.Recipients, states.Values.Sum());
        Assert.Equal(race.Recipients, campaignTexts.Count + states.GetValueOrDefault(MessageState.Skipped));
    }

    /// <summary>Aims just ahead of the text that is leaving: at those that are decided on, wait for their turn, or are on their way.</summary>
    private static async Task<List<Stop>> StopAsync(TestedProvider provider, Uri portal, Race race)
    {
        var (stops, said, random) = (new List<Stop>(), new HashSet<int>(), new Random(7));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var signer = new SimulatorSigner(SendingHost.Account, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Next() is { } i)
            {
                var number = PreparedCampaign.Number(i)[1..];
                var start = Stopwatch.GetTimestamp();
                using var request = signer.Request(Said(number), new Uri(portal, SimulatorHost.InboundPath), new Signature(Signing.Right), SmsForwarding.Form);
                using var answer = await http.SendAsync(request);
                var takenBefore = provider.Simulator.Journal.Count;
                Assert.Equal(200, (int)answer.StatusCode);
                lock (stops)
                    stops.Add(new Stop(number, takenBefore, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            }
        }));
        return stops;

        int? Next()
        {
            lock (said)
            {
                for (var front = Front(provider); said.Count < race.Stops; front++)
                {
                    var i = (front + random.Next(race.Ahead)) % race.Recipients;
                    if (said.Add(i))
                        return i;
                }

                return null;
            }
        }
    }

    /// <summary>The recipient whose text left last: they are texted in their order.</summary>
    private static int Front(TestedProvider provider) => provider.Simulator.Journal.Page(provider.Simulator.Journal.Count - Look, Look)
        .Where(t => !IsConfirmation(t)).Select(t => PreparedCampaign.IndexOf(t.To)).DefaultIfEmpty(0).Max();

    private static SimulatorWebhook.Messages Said(string number) => new(Encoding.UTF8.GetBytes(
        $$"""{"channel":"sms","message_uuid":"{{Guid.CreateVersion7()}}","to":"{{DemoPurposes.Sender[1..]}}","from":"{{number}}","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}","text":"STOP"}"""), IsInbound: true);

    private static bool IsConfirmation(SimulatedText text) => text.Text != PreparedCampaign.Words;

    private static ProgramProcess StartPortal(PreparedCampaign campaign, TestedProvider provider, Race race) => ProgramProcess.Start(
        new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Testing", ["Data__Folder"] = campaign.Folder, ["Vonage__BaseUrl"] = provider.Address.AbsoluteUri, ["Vonage__SmsBaseUrl"] = provider.Address.AbsoluteUri,
            ["Vonage__InsightsBaseUrl"] = provider.Address.AbsoluteUri, ["Vonage__ApiKey"] = SendingHost.Account.ApiKey, ["Vonage__ApiSecret"] = SendingHost.Account.ApiSecret,
            ["Vonage__SignatureSecret"] = SendingHost.Account.SignatureSecret, ["Vonage__RequestsPerSecond"] = race.RequestsPerSecond.ToString(CultureInfo.InvariantCulture),
        },
        "--urls", "http://127.0.0.1:0");

    private sealed record Race(int Recipients, int Stops, int RequestsPerSecond, TimeSpan SubmittedAfter)
    {
        /// <summary>A batch has 64 texts: those of this one and of the next.</summary>
        public int Ahead => Math.Min(128, Recipients / 2);
    }

    /// <param name="TakenBefore">How many texts the provider had when the answer came.</param>
    private sealed record Stop(string Number, int TakenBefore, double Milliseconds);
}
