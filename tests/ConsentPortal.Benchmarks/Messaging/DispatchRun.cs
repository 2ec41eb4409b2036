using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Messaging;

/// <summary>
/// Sends a campaign of so many texts through the portal's dispatcher to a simulated provider that sends no receipts, from the
/// first text that it takes to the last outcome that is committed. The floor beside it: the same number of bare HTTP posts of
/// such a text to the same provider, as many at a time as the dispatcher makes, and no database.
/// </summary>
internal static class DispatchRun
{
    private const int Parallelism = 16;
    private const int WarmUp = 200;

    private static readonly SimulatorAccount Account = new("k1234567", "a-long-secret", "sign-with-this");

    /// <param name="people">Who are in the portal; the first of them get the texts.</param>
    /// <returns>Texts sent in a second.</returns>
    public static async Task<double> RunAsync(int texts, int people)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch");
        try
        {
            await using var provider = new VonageSimulator(0, Account, SimulatorTargets.None, SimulatorOptions.Prompt with { RetryPauses = [] }, TimeProvider.System);
            await provider.StartAsync(default);
            await FloorAsync(provider, texts);
            await using var app = PortalHost.Build(
            [
                "--applicationName", "ConsentPortal.Web", "--environment", "Development", "--urls", "http://127.0.0.1:0", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error",
                "--Simulator:Enabled", "false", "--Vonage:RequestsPerSecond", "0", "--Vonage:ApiKey", Account.ApiKey, "--Vonage:ApiSecret", Account.ApiSecret, "--Vonage:SignatureSecret", Account.SignatureSecret,
                "--Vonage:BaseUrl", provider.Address.AbsoluteUri, "--Vonage:SmsBaseUrl", provider.Address.AbsoluteUri, "--Vonage:InsightsBaseUrl", provider.Address.AbsoluteUri,
            ]);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var scene = new SendingScene(app.Services, folder.FullName);
            await scene.AddPeopleAsync(Math.Max(texts, people));
            await scene.PlanAsync(await scene.AddCampaignAsync(), texts);
            await scene.SealAsync();
            var before = provider.Journal.Count;
            await app.StartAsync();
            var rate = await MeasureAsync(provider, scene, before, texts);
            await app.StopAsync();
            return rate;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(VonageSimulator provider, SendingScene scene, int before, int texts)
    {
        while (provider.Journal.Count == before)
            await Task.Delay(5);
        var start = Stopwatch.GetTimestamp();
        while (await scene.CountAsync(MessageState.Accepted) < texts)
            await Task.Delay(100);
        var rate = Print("texts decided on, sent and written down", texts, start);
        PrintMemory("after the campaign");
        var taken = provider.Journal.Page(before, int.MaxValue);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the provider took {taken.Count:N0} texts for {taken.Select(t => t.To).Distinct().Count():N0} numbers"));
        return rate;
    }

    private static async Task FloorAsync(VonageSimulator provider, int texts)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account.ApiKey}:{Account.ApiSecret}")));
        await PostAsync(http, provider, WarmUp);
        PrintMemory("before any text");
        var start = Stopwatch.GetTimestamp();
        await PostAsync(http, provider, texts);
        Print("bare posts to the provider", texts, start);
        // What the provider keeps of as many texts as the portal will hand it, so that the rest can be told apart.
        PrintMemory("after bare posts");
    }

    private static Task PostAsync(HttpClient http, VonageSimulator provider, int count) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (i, cancellationToken) =>
        {
            var json = $$"""{"message_type":"text","channel":"sms","to":"{{SendingScene.Person(i)[1..]}}","from":"{{SendingScene.Ours[1..]}}","text":"Aurora: your order has left our house. Reply STOP to opt out.","client_ref":"{{Guid.CreateVersion7():N}}"}""";
            using var body = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(provider.Address, "/v1/messages"), body, cancellationToken);
            answer.EnsureSuccessStatusCode();
        });

    private static void PrintMemory(string when)
    {
        var held = GC.GetTotalMemory(forceFullCollection: true) / 1048576;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{when}: {held:N0} MB of objects in use; the process, provider and all, took {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB at most"));
    }

    /// <returns>How many in a second.</returns>
    internal static double Print(string what, int count, long start)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what} in {seconds:F2} s, {count / seconds:N0}/s"));
        return count / seconds;
    }
}
