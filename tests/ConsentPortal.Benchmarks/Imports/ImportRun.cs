using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Imports;

/// <summary>Imports a generated list into an empty embedded portal, then again, beside bare prepared inserts of the rows it wrote.</summary>
internal static class ImportRun
{
    private const int Withdrawn = 100;

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("import-run");
        try
        {
            var list = Path.Combine(folder.FullName, "people.csv");
            await File.WriteAllLinesAsync(list, Lines(rows));
            await using var services = Services(folder.FullName);
            await services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var (purpose, wording) = await AddPurposeAsync(services);
            var map = ColumnMap.Parse("phone=Mobile,firstName=First,lastName=Last,consent=Consent,consentAt=Given,source=Source").Value;
            var request = new ImportRequest(list, "people.csv", map, null, purpose, wording);
            var import = services.GetRequiredService<ImportSubscribers>();

            await MeasureAsync("proposed", rows, () => import.ProposeAsync(Actor.CommandLine, request, ImportWatch.None, default));
            await MeasureAsync("imported as new", rows, () => import.ExecuteAsync(Actor.CommandLine, request, ImportWatch.None, default));
            // Of what the first run wrote, before anything else is.
            await FloorAsync(folder.FullName, rows);
            await WithdrawAsync(services);
            ImportSummary? again = null;
            await MeasureAsync("imported again", rows, async () => again = (await import.ExecuteAsync(Actor.CommandLine, request, ImportWatch.None, default)).Value.Summary);
            await using (var db = services.GetRequiredService<PortalDatabase>().Open())
            {
                var withdrawn = await db.ConsentRecords.CountAsync(r => r.Status == ConsentStatus.Withdrawn);
                Console.WriteLine($"of the second run {again!.New} rows are new, {again.Update} change somebody, {again.Unchanged} change nothing, {again.Refused} are refused; {withdrawn} of {Withdrawn} people who withdrew between are still withdrawn");
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Some people stop between the two runs: the second one must not bring them back.</summary>
    private static async Task WithdrawAsync(ServiceProvider services)
    {
        List<SubscriberId> people;
        await using (var db = services.GetRequiredService<PortalDatabase>().Open())
            people = await db.Subscribers.OrderBy(s => s.Id).Take(Withdrawn).Select(s => s.Id).ToListAsync();
        foreach (var person in people)
        {
            await services.GetRequiredService<WithdrawConsent>().ExecuteAsync(
                Actor.CommandLine, person, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Told us to stop", TimeProvider.System.GetUtcNow()), default);
        }
    }

    private static async Task FloorAsync(string folder, int rows)
    {
        var bare = new PortalFolders(Path.Combine(folder, "bare"));
        await using (var services = Services(bare.Root))
            await services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        var seconds = (await BareInserts.OfImport(new PortalFolders(folder).Database, bare.Database).RunAsync(rows, 1_000)).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows as bare inserts of what the import wrote in {seconds:F1} s, {rows / seconds:N0}/s"));
    }

    private static async Task MeasureAsync(string what, int rows, Func<Task> work)
    {
        var (processor, allocated, start) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows {what} in {seconds:F1} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F1} s of processor), {rows / seconds:N0}/s, {(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / rows:F1} KB allocated a row, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB"));
    }

    private static IEnumerable<string> Lines(int rows) => Enumerable.Range(0, rows)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"+4477{10_000_000 + i:D8},Ann{i % 997},Lee{i % 1009},yes,2025-11-{1 + (i % 28):D2} 10:15,web form"))
        .Prepend("Mobile,First,Last,Consent,Given,Source");

    private static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<SendingGate>().AddPortalDatabase(configuration, new PortalFolders(folder)).AddSubscribers().AddPurposes().AddImports();
        return services.BuildServiceProvider();
    }

    private static async Task<(PurposeId, WordingId)> AddPurposeAsync(ServiceProvider services)
    {
        var now = TimeProvider.System.GetUtcNow();
        var purpose = new Purpose
        {
            Id = PurposeId.New(now), Name = "Offers", Brand = "Aurora", MessageClass = MessageClass.Marketing, Basis = LegalBasis.Consent, Sender = "+12025550111",
            SenderCanReceive = true, NeedsDoubleOptIn = false, CreatedAt = now,
        };
        var wording = new Wording
        {
            Id = WordingId.New(now), PurposeId = purpose.Id, Language = "en", Version = 1, Text = "I agree that Aurora may text me offers.", DoubleOptInPrompt = "Reply YES.",
            Confirmation = "Welcome.", HelpReply = "Help.", StopReply = "You are out.", PromisedFrequency = "4 a month", PrivacyPolicyVersion = "2026-01", ActiveFrom = now,
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
}
