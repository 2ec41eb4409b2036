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

/// <summary>A portal with so many people and their facts, and one open connection on which its segments are counted.</summary>
internal sealed class SegmentScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;
    private readonly PortalDbContext db;
    private readonly DirectoryInfo folder;
    private readonly bool isKept;

    private SegmentScene(int people, WebApplication app, PortalDbContext db, DirectoryInfo folder, bool isKept) =>
        (People, this.app, this.db, this.folder, this.isKept) = (people, app, db, folder, isKept);

    public int People { get; }

    /// <param name="kept">A folder that is kept, and not filled again where it is filled already; null for one that is deleted with the scene.</param>
    public static async Task<SegmentScene> OpenAsync(int people, string? kept)
    {
        var data = kept is null ? Directory.CreateTempSubdirectory("segments") : Directory.CreateDirectory(kept);
        var portal = PortalHost.Build(
            ["--applicationName", "ConsentPortal.Web", "--environment", "Development", "--Data:Folder", data.FullName, "--Logging:LogLevel:Default", "Error"]);
        await FillAsync(portal, data.FullName, people);
        var opened = portal.Services.GetRequiredService<PortalDatabase>().Open();
        await opened.Database.OpenConnectionAsync();
        return new SegmentScene(people, portal, opened, data, kept is not null);
    }

    /// <summary>Counts the segment as the builder's page does.</summary>
    public Task<(long Count, Spent Spent)> CountAsync(ReferenceSegment segment) =>
        TimeAsync(async () => await SegmentTranslator.Size(db, segment.Rule, RuleMoment.Utc(Now)).SingleAsync());

    /// <summary>Counts the segment by the best SQL written by hand, on the same connection.</summary>
    public Task<(long Count, Spent Spent)> CountByHandAsync(ReferenceSegment segment) => TimeAsync(() => ScalarAsync(db.Database.GetDbConnection(), segment.Sql));

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (!isKept)
            folder.Delete(recursive: true);
    }

    private static async Task FillAsync(WebApplication portal, string data, int people)
    {
        var path = Path.Combine(data, "portal.db");
        if (File.Exists(path))
            return;
        var start = Stopwatch.GetTimestamp();
        await portal.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        SqliteConnection.ClearAllPools();
        await new SegmentFill(path, people, Now).RunAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
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
}
