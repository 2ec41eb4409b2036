using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
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
    private const string Ours = "+12025550111";

    private static readonly TimeSpan BetweenStops = TimeSpan.FromMilliseconds(25);

    public static async Task RunAsync(int texts)
    {
        var folder = Directory.CreateTempSubdirectory("stop-latency");
        try
        {
            await using var app = PortalHost.Build(
            [
                "--applicationName", "ConsentPortal.Web", "--environment", "Development", "--urls", "http://127.0.0.1:0", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error",
                "--Simulator:Behaviour:SubmittedAfter", "00:00:00.3", "--Simulator:Behaviour:DeliveredAfter", "00:00:01.5",
            ]);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var (purpose, wording) = await AddPurposeAsync(app.Services);
            await ImportAsync(app.Services, folder.FullName, purpose, wording, texts + MostStops);
            var campaign = await PlanAsync(app.Services, purpose, texts);
            await app.StartAsync();
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await MeasureAsync(app, http, texts, campaign);
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
            var body = Body($"warm-{i}", Person(texts + MostStops - 1 - i));
            await PostAsync(app, http, body, Signing.Wrong);
            await PostAsync(app, http, body, Signing.Right);
        }

        var (stops, floor, next) = (new List<double>(), new List<double>(), -1);
        var start = Stopwatch.GetTimestamp();
        var sentBefore = await SentAsync(app, campaign);
        var clients = Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var stop && stop < MostStops - WarmUp && await SentAsync(app, campaign) < texts)
            {
                var body = Body($"stop-{stop}", Person(texts + stop));
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
            new SimulatorWebhook.Messages(Encoding.UTF8.GetBytes(body), IsInbound: true), new Uri(new Uri(app.Urls.First()), SimulatorHost.InboundPath), signing, SmsForwarding.Form);
        var start = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var expected = signing == Signing.Right ? 200 : 401;
        return (int)answer.StatusCode == expected ? elapsed : throw new InvalidOperationException($"The webhook was answered {answer.StatusCode}.");
    }

    private static string Body(string id, string from) =>
        $$"""{"channel":"sms","message_uuid":"{{id}}","to":"{{Ours[1..]}}","from":"{{from[1..]}}","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}","text":"STOP"}""";

    private static string Person(int i) => string.Create(CultureInfo.InvariantCulture, $"+4477{10_000_000 + i:D8}");

    private static async Task<int> SentAsync(WebApplication app, CampaignId campaign)
    {
        await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();
        return await db.OutboundMessages.CountAsync(m => m.CampaignId == campaign && m.State != MessageState.Planned && m.State != MessageState.Deferred);
    }

    /// <summary>A purpose of facts that were asked for: its texts may leave at whatever hour this runs.</summary>
    private static async Task<(PurposeId, WordingId)> AddPurposeAsync(IServiceProvider services)
    {
        var now = TimeProvider.System.GetUtcNow();
        var purpose = new Purpose
        {
            Id = PurposeId.New(now), Name = "Orders", Brand = "Aurora", MessageClass = MessageClass.Transactional, Basis = LegalBasis.Consent, Sender = Ours,
            SenderCanReceive = true, NeedsDoubleOptIn = false, CreatedAt = now,
        };
        var wording = new Wording
        {
            Id = WordingId.New(now), PurposeId = purpose.Id, Language = "en", Version = 1, Text = "I agree that Aurora may text me about my orders.", DoubleOptInPrompt = "Reply YES.",
            Confirmation = "Welcome.", HelpReply = "Help.", StopReply = "Aurora: you are out.", PromisedFrequency = "one an order", PrivacyPolicyVersion = "2026-01", ActiveFrom = now,
            Hash = new string('a', 64),
        };
        await services.GetRequiredService<PortalDatabase>().WriteAsync(
            db =>
            {
                db.Purposes.Add(purpose);
                db.Wordings.Add(wording);
                return Task.CompletedTask;
            },
            default);
        return (purpose.Id, wording.Id);
    }

    private static async Task ImportAsync(IServiceProvider services, string folder, PurposeId purpose, WordingId wording, int people)
    {
        var list = Path.Combine(folder, "people.csv");
        await File.WriteAllLinesAsync(list, Enumerable.Range(0, people).Select(i => $"{Person(i)},Ann{i % 997},Lee,yes,2026-01-15 10:15,web form").Prepend("Mobile,First,Last,Consent,Given,Source"));
        var map = ColumnMap.Parse("phone=Mobile,firstName=First,lastName=Last,consent=Consent,consentAt=Given,source=Source").Value;
        await services.GetRequiredService<ImportSubscribers>().ExecuteAsync(Actor.CommandLine, new ImportRequest(list, "people.csv", map, null, purpose, wording), ImportWatch.None, default);
    }

    private static async Task<CampaignId> PlanAsync(IServiceProvider services, PurposeId purpose, int texts)
    {
        var now = TimeProvider.System.GetUtcNow();
        var segment = new Segment { Id = SegmentId.New(now), Name = "Everybody", CurrentVersion = 1, CreatedAt = now };
        var campaign = new Campaign
        {
            Id = CampaignId.New(now), Name = "Orders", PurposeId = purpose, SegmentId = segment.Id, SegmentVersion = 1, Body = "Aurora: your order has left our house. Reply STOP to opt out.",
            StartAt = now, AuthorId = Guid.CreateVersion7(now), CreatedAt = now, DryRunId = Guid.CreateVersion7(now),
        };
        campaign.Submit(Guid.CreateVersion7(now));
        campaign.Approve(Guid.CreateVersion7(now), "hash", now);
        campaign.Start("hash", now);
        campaign.BeginSending();
        await services.GetRequiredService<PortalDatabase>().WriteAsync(
            async db =>
            {
                db.Segments.Add(segment);
                db.Campaigns.Add(campaign);
                var people = await db.Subscribers.OrderBy(s => s.Id).Take(texts).Select(s => s.Id).ToListAsync();
                db.OutboundMessages.AddRange(people.Select(id => new OutboundMessage
                {
                    SubscriberId = id, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = MessageClass.Transactional, PurposeId = purpose,
                    ClientRef = Guid.CreateVersion7(now).ToString("N"), PlannedAt = now, DueAt = now, State = MessageState.Planned,
                }));
            },
            default);
        return campaign.Id;
    }
}
