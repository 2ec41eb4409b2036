using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Benchmarks.Messaging;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Policy;

/// <summary>
/// Dry run of a marketing campaign to so many people in the United States and the United Kingdom, through the whole portal:
/// audience, facts, merged text, policy. The floor beside it: reading the people and their consents by bare SQL and nothing else.
/// </summary>
internal static class DryRunRun
{
    private const int Runs = 3;

    private static readonly string[] AreaCodes = ["212", "305", "312", "360", "404", "503", "512", "602", "615", "702", "808", "850", "907", "919"];

    /// <param name="kept">A folder that is filled when it is empty and stays; null for one of its own.</param>
    public static async Task RunAsync(int people, string? kept)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("dry-run") : Directory.CreateDirectory(kept);
        try
        {
            await using var app = PortalHost.Build(
                ["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error", "--Imports:LargestFile", "1000000000"]);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var campaign = await KnownAsync(app.Services) ?? await AddAsync(new SendingScene(app.Services, folder.FullName, MessageClass.Marketing), people);
            for (var i = 0; i < Runs; i++)
            {
                await MeasureAsync(app.Services, campaign, people);
                await FloorAsync(new PortalFolders(folder.FullName).Database, people);
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            if (kept is null)
                folder.Delete(recursive: true);
        }
    }

    private static async Task<Campaign?> KnownAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        return await db.Campaigns.OrderBy(c => c.Id).FirstOrDefaultAsync();
    }

    private static async Task<Campaign> AddAsync(SendingScene scene, int people)
    {
        await scene.AddPeopleAsync(people, Number);
        return await scene.AddDraftAsync("Aurora: Hi {{ firstName | default: \"there\" }}, 20 % off all lamps until Sunday. Reply STOP to opt out.");
    }

    private static async Task MeasureAsync(IServiceProvider services, Campaign campaign, int people)
    {
        var (processor, allocated, start) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var run = await services.GetRequiredService<RunDryRun>().ExecuteAsync(Actor.CommandLine, campaign.Id, new Progress<int>(), default);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        var kept = db.DryRuns.Single(d => d.Id == run.Value);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kept.Audience:N0} people judged in {seconds:F1} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F1} s of processor), {people / seconds:N0}/s, {(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / people:F1} KB allocated each, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB: {kept.Allowed:N0} allowed, {kept.Deferred:N0} later, {kept.Excluded:N0} not"));
    }

    private static async Task FloorAsync(string path, int people)
    {
        var start = Stopwatch.GetTimestamp();
        await using var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT s.*, r.* FROM Subscribers s LEFT JOIN ConsentRecords r ON r.SubscriberId = s.Id ORDER BY s.Id";
        await using var reader = await command.ExecuteReaderAsync();
        var (rows, row) = (0, new object[reader.FieldCount]);
        while (await reader.ReadAsync())
            rows += reader.GetValues(row) > 0 ? 1 : 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} people and their consents read by bare SQL in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
    }

    private static string Number(int i) => i % 2 == 0
        ? SendingScene.Person(i)
        : string.Create(CultureInfo.InvariantCulture, $"+1{AreaCodes[i / 2 % AreaCodes.Length]}{2_000_000 + i:D7}");
}
