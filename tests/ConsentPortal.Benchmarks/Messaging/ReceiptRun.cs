using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Messaging.Vonage;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Benchmarks.Messaging;

/// <summary>
/// Posts the delivery receipt of each of so many sent texts as a signed webhook over HTTP; each answer means that it is
/// committed. The floor beside it: the same server's answers to the same webhooks with a wrong signature, which touch no
/// database.
/// </summary>
internal static class ReceiptRun
{
    private const int Clients = 64;
    private const int WarmUp = 500;

    /// <param name="people">Who are in the portal; the first of them were sent the texts.</param>
    /// <returns>Receipts committed in a second.</returns>
    public static async Task<double> RunAsync(int receipts, int people)
    {
        var folder = Directory.CreateTempSubdirectory("receipts");
        try
        {
            await using var app = PortalHost.Build(
            [
                "--applicationName", "ConsentPortal.Web", "--environment", "Development", "--urls", "http://127.0.0.1:0", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error",
                "--Dispatch:Enabled", "false",
            ]);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var scene = new SendingScene(app.Services, folder.FullName);
            await scene.AddPeopleAsync(Math.Max(receipts + WarmUp, people));
            await scene.PlanAsync(await scene.AddCampaignAsync(), receipts + WarmUp, MessageState.Accepted);
            await scene.SealAsync();
            var references = await ReferencesAsync(app.Services);
            await app.StartAsync();
            await PostAsync(app, references[..WarmUp], Signing.Right);
            await MeasureAsync(app, references[WarmUp..], Signing.Wrong, "bare answers to webhooks with a wrong signature");
            var rate = await MeasureAsync(app, references[WarmUp..], Signing.Right, "receipts committed and answered");
            var delivered = await scene.CountAsync(MessageState.Delivered) - WarmUp;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{delivered:N0} texts are delivered"));
            await app.StopAsync();
            return rate;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(WebApplication app, string[] references, Signing signing, string what)
    {
        var start = Stopwatch.GetTimestamp();
        await PostAsync(app, references, signing);
        return DispatchRun.Print(what, references.Length, start);
    }

    private static async Task PostAsync(WebApplication app, string[] references, Signing signing)
    {
        var provider = app.Services.GetRequiredService<IOptionsMonitor<VonageOptions>>().CurrentValue;
        var signer = new SimulatorSigner(new SimulatorAccount(provider.ApiKey, provider.ApiSecret, provider.SignatureSecret), TimeProvider.System);
        var (address, expected) = (new Uri(new Uri(app.Urls.First()), SimulatorHost.StatusPath), signing == Signing.Right ? 200 : 401);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Parallel.ForEachAsync(references, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (reference, cancellationToken) =>
        {
            using var request = signer.Request(new SimulatorWebhook.Messages(Encoding.UTF8.GetBytes(Body(reference)), IsInbound: false), address, new Signature(signing), SmsForwarding.Form);
            using var answer = await http.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode != expected)
                throw new InvalidOperationException($"The webhook was answered {answer.StatusCode}.");
        });
    }

    private static string Body(string reference) =>
        $$"""{"channel":"sms","message_uuid":"{{Guid.CreateVersion7()}}","to":"{{SendingScene.Person(0)[1..]}}","from":"{{SendingScene.Ours[1..]}}","timestamp":"{{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}}","status":"delivered","client_ref":"{{reference}}","usage":{"currency":"EUR","price":"0.0333"},"sms":{"count_total":"1"} }""";

    private static async Task<string[]> ReferencesAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        return await db.OutboundMessages.OrderBy(m => m.Id).Select(m => m.ClientRef).ToArrayAsync();
    }
}
