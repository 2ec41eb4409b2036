using System.Diagnostics;
using System.Net.Http.Json;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.EndToEnd.Tests.Processes;
using Xunit.Abstractions;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>The real process, killed without warning while it sends to a provider that lives on.</summary>
[Collection(SendingCollection.Name)]
public sealed class KilledDispatchTests(ITestOutputHelper output)
{
    private const int Recipients = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Ten_thousand_texts_survive_two_kills_and_nobody_is_texted_twice()
    {
        await using var campaign = await PreparedCampaign.MakeAsync(Recipients);
        await using var provider = ProgramProcess.Start(new Dictionary<string, string>(), "simulator", "--port", "0", "--api-key", "k1234567", "--api-secret", "a-long-secret", "--signature-secret", "sign-with-this", "--requests-per-second", "0");
        var journal = await provider.ReadyAsync();
        var watch = Stopwatch.StartNew();

        await KillWhenSentAsync(campaign, journal, 2_500);
        await KillWhenSentAsync(campaign, journal, 6_000);
        await using var portal = StartPortal(campaign, journal);
        await portal.ReadyAsync();
        await Wait.UntilAsync(campaign.IsDoneAsync, Patience, "every text to be done");
        output.WriteLine($"{Recipients} texts with two kills in {watch.Elapsed.TotalSeconds:0.0} s");

        var sent = await JournalAsync(journal);
        var rows = await campaign.ByReferenceAsync();
        Assert.Equal(Recipients, rows.Count);
        Assert.Equal(sent.Count, sent.Select(t => t.To).Distinct().Count());
        Assert.Equal(sent.Count, sent.Select(t => t.ClientRef).Distinct().Count());
        var heard = sent.Select(t => t.ClientRef).ToHashSet();
        foreach (var (reference, state) in rows)
            Assert.True(heard.Contains(reference) || state == MessageState.Unconfirmed, $"A text is {state}, and the provider never heard of it.");
        output.WriteLine(string.Join(", ", (await campaign.StatesAsync()).Select(s => $"{s.Key} {s.Value}")));
    }

    private static async Task KillWhenSentAsync(PreparedCampaign campaign, Uri journal, int count)
    {
        await using var portal = StartPortal(campaign, journal);
        await portal.ReadyAsync();
        await Wait.UntilAsync(() => HasTakenAsync(journal, count), Patience, $"{count} texts to be sent");
        await portal.KillAsync();
    }

    private static ProgramProcess StartPortal(PreparedCampaign campaign, Uri provider) => ProgramProcess.Start(
        new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Testing", ["Data__Folder"] = campaign.Folder, ["Vonage__BaseUrl"] = provider.AbsoluteUri, ["Vonage__SmsBaseUrl"] = provider.AbsoluteUri,
            ["Vonage__InsightsBaseUrl"] = provider.AbsoluteUri, ["Vonage__ApiKey"] = "k1234567", ["Vonage__ApiSecret"] = "a-long-secret", ["Vonage__SignatureSecret"] = "sign-with-this",
            ["Vonage__RequestsPerSecond"] = "0", ["Dispatch__Lease"] = "00:00:05",
        },
        "--urls", "http://127.0.0.1:0");

    private static async Task<bool> HasTakenAsync(Uri provider, int count) => (await JournalAsync(provider, $"?after={count - 1}&take=1")).Count > 0;

    private static async Task<List<JournalEntry>> JournalAsync(Uri provider, string query = "")
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return (await http.GetFromJsonAsync<List<JournalEntry>>(new Uri(provider, "/journal" + query)))!;
    }

    private sealed record JournalEntry(string ClientRef, string To);
}
