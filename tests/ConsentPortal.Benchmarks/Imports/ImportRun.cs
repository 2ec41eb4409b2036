using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Imports;

/// <summary>Imports a generated list into an empty embedded portal, then again, beside bare prepared inserts of as many rows.</summary>
internal static class ImportRun
{
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
            await MeasureAsync("imported again", rows, () => import.ExecuteAsync(Actor.CommandLine, request, ImportWatch.None, default));
            await MeasureAsync("bare inserts", rows, () => InsertBareAsync(Path.Combine(folder.FullName, "bare.db"), rows));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string what, int rows, Func<Task> work)
    {
        var (processor, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        await work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows {what} in {seconds:F1} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F1} s of processor), {rows / seconds:N0}/s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB"));
    }

    private static IEnumerable<string> Lines(int rows) => Enumerable.Range(0, rows)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"+4477{10_000_000 + i:D8},Ann{i % 997},Lee{i % 1009},yes,2025-11-{1 + (i % 28):D2} 10:15,web form"))
        .Prepend("Mobile,First,Last,Consent,Given,Source");

    // What one person costs the store at least: their row, their number's period, one event, one folded row, two audit entries.
    private static async Task InsertBareAsync(string path, int rows)
    {
        await using var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        await ExecuteAsync(connection, "CREATE TABLE p(id BLOB PRIMARY KEY, h BLOB, a BLOB, b BLOB, c BLOB, d INTEGER); CREATE INDEX ph ON p(h); CREATE TABLE r(id INTEGER PRIMARY KEY, p BLOB, x BLOB); CREATE INDEX rp ON r(p);");
        var (small, large) = (new byte[70], new byte[420]);
        for (var from = 0; from < rows; from += 1000)
        {
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
            await using var person = new SqliteCommand("INSERT INTO p VALUES(@id,@h,@a,@b,@c,@d)", connection, transaction);
            await using var row = new SqliteCommand("INSERT INTO r(p,x) VALUES(@p,@x)", connection, transaction);
            foreach (var name in (string[])["@id", "@h", "@a", "@b", "@c", "@d"])
                person.Parameters.AddWithValue(name, small);
            row.Parameters.AddWithValue("@p", small);
            row.Parameters.AddWithValue("@x", small);
            for (var i = from; i < Math.Min(rows, from + 1000); i++)
            {
                var id = Guid.CreateVersion7().ToByteArray(bigEndian: true);
                (person.Parameters[0].Value, person.Parameters[1].Value, person.Parameters[5].Value) = (id, System.Security.Cryptography.SHA256.HashData(id), i);
                await person.ExecuteNonQueryAsync();
                row.Parameters[0].Value = id;
                for (var n = 0; n < 5; n++)
                {
                    row.Parameters[1].Value = n < 3 ? small : large;
                    await row.ExecuteNonQueryAsync();
                }
            }

            await transaction.CommitAsync();
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts stand above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddPortalDatabase(configuration, new PortalFolders(folder)).AddSubscribers().AddPurposes().AddImports();
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
