using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Audit;

/// <summary>
/// A log of so many entries: how long a page of the audit trail takes under each filter, how fast the log is verified beside hashing
/// its bytes and nothing else, and how fast waiting entries are sealed.
/// </summary>
internal static class AuditRun
{
    private const int Waiting = 20_000;
    private const int HashedAtOnce = 50_000;

    /// <param name="kept">Where the log is made and left, and found the next time; null makes it anew and deletes it.</param>
    public static async Task RunAsync(int entries, string? kept)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("audit-run").FullName;
        try
        {
            await using var app = Build(folder);
            await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            var database = app.Services.GetRequiredService<PortalDatabase>();
            var scene = new AuditScene(database, app.Services.GetRequiredService<KeyRing>());
            await using (var db = database.Open())
            {
                if (!await db.AuditCheckpoints.AnyAsync())
                    await MeasureAsync("entries written with their tree", entries, () => scene.FillAsync(entries));
            }

            await new AuditPageRun(app.Services.GetRequiredService<AuditEntries>()).RunAsync();
            await HashOnlyAsync(database, entries);
            await MeasureAsync("entries verified", entries, () => VerifyAsync(app.Services.GetRequiredService<AuditLog>()));
            await scene.AddUnsealedAsync(Waiting);
            var sealer = app.Services.GetRequiredService<AuditSealer>();
            await MeasureAsync("entries sealed", Waiting, () => sealer.SealAllAsync(default));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            if (kept is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task VerifyAsync(AuditLog log)
    {
        var found = await log.VerifyAsync(Actor.CommandLine, default);
        if (!found.Valid)
            throw new InvalidOperationException($"The log that was written does not verify: {found.Problems[0].Text}");
    }

    /// <summary>The floor of a verification: one SHA-256 over each leaf, on all processors, the leaves read beforehand.</summary>
    private static async Task HashOnlyAsync(PortalDatabase database, int entries)
    {
        await using var db = database.Open();
        var leaves = await db.AuditEntries.AsNoTracking().OrderBy(e => e.LeafIndex).Select(e => e.Leaf).Take(Math.Min(entries, HashedAtOnce)).ToListAsync();
        var rounds = Math.Max(1, entries / leaves.Count);
        await MeasureAsync("leaves hashed with SHA-256 and nothing else", rounds * leaves.Count, () =>
        {
            Parallel.For(0, rounds, _ =>
            {
                Span<byte> hash = stackalloc byte[32];
                foreach (var leaf in leaves)
                    System.Security.Cryptography.SHA256.HashData(leaf, hash);
            });
            return Task.CompletedTask;
        });
    }

    private static async Task MeasureAsync(string what, int number, Func<Task> work)
    {
        var (processor, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{number:N0} {what} in {seconds:F2} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F2} s of processor), {number / seconds:N0}/s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB"));
    }

    private static WebApplication Build(string folder) => PortalHost.Build(
        ["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", folder, "--Logging:LogLevel:Default", "Error"]);
}
