using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Segments;

/// <summary>
/// Counts twelve reference segments warm, as the builder's page does, and beside each run the best SQL written by hand on the same
/// connection. The best of several runs of both is printed: whatever else this machine does makes a run slower, never quicker.
/// </summary>
internal static class SegmentRun
{
    private const int Runs = 9;

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    /// <returns>Milliseconds of the clock for each segment, by name.</returns>
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(int people, string? kept)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("segments") : Directory.CreateDirectory(kept);
        try
        {
            await using var app = PortalHost.Build(
                ["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", folder.FullName, "--Logging:LogLevel:Default", "Error"]);
            await FillAsync(app, folder.FullName, people);
            await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();
            await db.Database.OpenConnectionAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people:N0} people; milliseconds, best of {Runs}, clock and processor"));
            Console.WriteLine($"{"",-42} {"people",10} {"portal",14} {"by hand",14} {"ratio",7}");
            var spent = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var segment in ReferenceSegments.Of(Now))
                spent[segment.Name] = await MeasureAsync(db, segment);
            return spent;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            if (kept is null)
                folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(WebApplication app, string folder, int people)
    {
        var path = Path.Combine(folder, "portal.db");
        if (File.Exists(path))
            return;
        var start = Stopwatch.GetTimestamp();
        await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        SqliteConnection.ClearAllPools();
        await new SegmentFill(path, people, Now).RunAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
    }

    private static async Task<double> MeasureAsync(PortalDbContext db, ReferenceSegment segment)
    {
        Spent portal = Spent.Endless, byHand = Spent.Endless;
        var (counted, expected) = (0L, 0L);
        for (var run = 0; run <= Runs; run++)
        {
            Spent mine, theirs;
            (counted, mine) = await TimeAsync(async () => await SegmentTranslator.Size(db, segment.Rule, RuleMoment.Utc(Now)).SingleAsync());
            (expected, theirs) = await TimeAsync(() => ScalarAsync(db.Database.GetDbConnection(), segment.Sql));
            // The first run warms the pages up and compiles the query.
            if (run > 0)
                (portal, byHand) = (portal.Least(mine), byHand.Least(theirs));
        }

        var verdict = counted == expected ? "" : string.Create(CultureInfo.InvariantCulture, $"  by hand {expected:N0}!");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{segment.Name,-42} {counted,10:N0} {portal,14} {byHand,14} {portal.Processor / byHand.Processor,7:F2}{verdict}"));
        return portal.Clock;
    }

    private static async Task<(long Count, Spent Spent)> TimeAsync(Func<Task<long>> count)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var counted = await count();
        return (counted, new Spent(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds));
    }

    private static async Task<long> ScalarAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the twelve questions.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private readonly record struct Spent(double Clock, double Processor)
    {
        public static Spent Endless { get; } = new(double.MaxValue, double.MaxValue);

        public Spent Least(Spent other) => new(Math.Min(Clock, other.Clock), Math.Min(Processor, other.Processor));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Clock:F1} / {Processor:F1}");
    }
}
