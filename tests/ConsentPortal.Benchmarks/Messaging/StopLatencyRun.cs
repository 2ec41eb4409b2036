using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Benchmarks.Messaging;

/// <summary>
/// Sends a campaign of so many texts through the portal's dispatcher to its simulated provider, with all receipts, and
/// meanwhile posts STOPs of other people as signed webhooks over HTTP. From the post to the 200, which means committed;
/// beside it the same server's answer to a webhook whose signature is wrong, which touches no database.
/// </summary>
internal static class StopLatencyRun
{
    private const int Clients = 4;
    private const int MostStops = 500;
    private const int WarmUp = 20;

    // Counting what has left takes the processor away from what is measured.
    private const int StopsBetweenCounts = 25;

    private static readonly TimeSpan BetweenStops = TimeSpan.FromMilliseconds(25);

    public static async Task RunAsync(int texts)
    {
        var folder = Directory.CreateTempSubdirectory("stop-latency");
        try
        {
            await using var app = PortalHost.Build(
            [
                "--applicationName", "ConsentPortal.Web", "--environment", "Development", "--urls", "http://127.0.0.1:0", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error",
                "--Vonage:RequestsPerSecond", "0", "--Simulator:Behaviour:RequestsPerSecond", "0", "--Simulator:Behaviour:SubmittedAfter", "00:00:00.3", "--Simulator:Behaviour:DeliveredAfter", "00:00:01.5",
            ]);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var scene = new SendingScene(app.Services, folder.FullName);
            await scene.AddPeopleAsync(texts + MostStops);
            var campaign = await scene.AddCampaignAsync();
            await scene.PlanAsync(campaign, texts);
            await app.StartAsync();
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await MeasureAsync(app, http, texts, campaign.Id);
            await app.StopAsync();
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(WebApplication app, HttpClient http, int texts, CampaignId campaign)
    {
        // The first request of each kind pays for compilation.
        for (var i = 0; i < WarmUp; i++)
        {
            var body = Body($"warm-{i}", SendingScene.Person(texts + MostStops - 1 - i));
            await PostAsync(app, http, body, Signing.Wrong);
            await PostAsync(app, http, body, Signing.Right);
        }

        var (stops, floor, next) = (new List<double>(), new List<double>(), -1);
        var start = Stopwatch.GetTimestamp();
        var sentBefore = await SentAsync(app, campaign);
        var clients = Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var stop && stop < MostStops - WarmUp && (stop % StopsBetweenCounts != 0 || await SentAsync(app, campaign) < texts))
            {
                var body = Body($"stop-{stop}", SendingScene.Person(texts + stop));
                var refused = await PostAsync(app, http, body, Signing.Wrong);
                var taken = await PostAsync(app, http, body, Signing.Right);
                lock (stops)
                {
                    floor.Add(refused);
                    stops.Add(taken);
                }

                await Task.Delay(BetweenStops);
            }
        });
        await Task.WhenAll(clients);
        var (seconds, sent) = (Stopwatch.GetElapsedTime(start).TotalSeconds, await SentAsync(app, campaign) - sentBefore);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent:N0} texts left in {seconds:F1} s ({sent / seconds:N0}/s) while {stops.Count} stops came from {Clients} clients"));
        Print("wrong signature → 401 (no database)", floor);
        Print("STOP → 200 (committed)", stops);
        await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();
        var withdrawn = await db.Suppressions.CountAsync(s => s.Scope == SuppressionScope.All);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{withdrawn - WarmUp} of {stops.Count} stops are in the database"));
    }

    private static void Print(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: p50 {At(0.5):F1} ms, p95 {At(0.95):F1} ms, p99 {At(0.99):F1} ms, most {milliseconds[^1]:F1} ms"));

        double At(double share) => milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))];
    }

    private static async Task<double> PostAsync(WebApplication app, HttpClient http, string body, Signing signing)
    {
        var provider = app.Services.GetRequiredService<IOptionsMonitor<VonageOptions>>().CurrentValue;
        var signer = new SimulatorSigner(new SimulatorAccount(provider.ApiKey, provider.ApiSecret, provider.SignatureSecret), TimeProvider.System);
        using var request = signer.Request(
            new SimulatorWebhook.Messages(Encoding.UTF8.GetBytes(body), IsInbound: true), new Uri(new Uri(app.Urls.First()), SimulatorHost.InboundPath), new Signature(signing), SmsForwarding.Form);
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var expected = signing == Signing.Right ? 200 : 401;
        return (int)answer.StatusCode == expected ? elapsed : throw new InvalidOperationException($"The webhook was answered {answer.StatusCode}.");
    }

    private static string Body(string id, string from) =>
        $$"""{"channel":"sms","message_uuid":"{{id}}","to":"{{SendingScene.Ours[1..]}}","from":"{{from[1..]}}","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}","text":"STOP"}""";

    private static async Task<int> SentAsync(WebApplication app, CampaignId campaign)
    {
        await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();
        return await db.OutboundMessages.CountAsync(m => m.CampaignId == campaign && m.State != MessageState.Planned && m.State != MessageState.Deferred);
    }
}
