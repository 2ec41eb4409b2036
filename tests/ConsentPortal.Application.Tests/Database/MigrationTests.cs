using System.Buffers.Binary;
using System.Security.Cryptography;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Database.SqlServer;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ConsentPortal.Application.Tests.Database;

/// <summary>One model, two engines: what one of them holds the other one holds under the same names, and both can be made from nothing.</summary>
public sealed class MigrationTests : IDisposable
{
    private const string Server = "CONSENTPORTAL_TEST_SQLSERVER";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrations");

    /// <summary>The settings of a portal on each engine at hand: SQLite always, SQL Server where the environment names one.</summary>
    public static TheoryData<string> Engines => Environment.GetEnvironmentVariable(Server) is { Length: > 0 } ? new("SQLite", "SQL Server") : new("SQLite");

    [Fact]
    public void Neither_engine_lacks_a_migration_for_the_model()
    {
        using var sqlite = Sqlite();
        using var sqlServer = SqlServer();

        Assert.False(sqlite.Database.HasPendingModelChanges(), "The model changed: run tools/add-migration.");
        Assert.False(sqlServer.Database.HasPendingModelChanges(), "The model changed: run tools/add-migration.");
    }

    [Fact]
    public void The_script_for_SQL_Server_is_sound_grammar_and_makes_every_table()
    {
        using var db = SqlServer();
        var sql = db.GetService<IMigrator>().GenerateScript();

        var script = (TSqlScript)new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);

        Assert.Empty(errors.Select(error => $"line {error.Line}: {error.Message}"));
        var made = script.Batches.SelectMany(batch => batch.Statements).OfType<CreateTableStatement>().Select(table => table.SchemaObjectName.BaseIdentifier.Value);
        Assert.Empty(Model(db).Tables.Select(table => table.Name).Except(made));
    }

    [Fact]
    public void Both_engines_have_the_same_tables_columns_keys_and_indexes()
    {
        using var sqlite = Sqlite();
        using var sqlServer = SqlServer();

        Assert.Equal(Shape(Model(sqlite)), Shape(Model(sqlServer)));
    }

    /// <summary>An index over an unbounded text or blob can be made on SQLite only.</summary>
    [Fact]
    public void Every_indexed_column_has_a_length_that_SQL_Server_can_index()
    {
        using var db = SqlServer();

        Assert.Empty(
            from table in Model(db).Tables
            from index in table.Indexes
            from column in index.Columns
            where column.StoreType.EndsWith("(max)", StringComparison.OrdinalIgnoreCase)
            select $"{index.Name}: {column.Name}");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_empty_store_is_filled_once_and_a_second_start_finds_nothing_to_do(string engine)
    {
        await using var services = Portal(engine);
        var preparation = services.GetRequiredService<DatabasePreparation>();

        Assert.NotEmpty(await preparation.PrepareAsync(default));
        Assert.Empty(await preparation.PrepareAsync(default));

        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.False(await db.Subscribers.AnyAsync());
        if (engine != "SQLite")
            await db.Database.EnsureDeletedAsync();
    }

    [Fact]
    public async Task The_tables_of_a_fresh_file_are_those_of_the_model()
    {
        await using var services = Portal("SQLite");
        await services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        await using var db = services.GetRequiredService<PortalDatabase>().Open();

        var made = await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'").ToListAsync();

        Assert.Empty(Model(db).Tables.Select(table => table.Name).Except(made));
        Assert.Empty(Model(db).Tables.SelectMany(table => table.Indexes).Select(index => index.Name).Except(made));
    }

    [Fact]
    public async Task A_stop_from_before_hashes_were_cut_still_stops_its_number()
    {
        await using var services = Portal("SQLite");
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        await db.GetService<IMigrator>().MigrateAsync("RetentionAndBreaches");
        var whole = RandomNumberGenerator.GetBytes(32);
        await db.Database.ExecuteSqlAsync($"INSERT INTO Suppressions (PhoneHash, Scope, Source, Reason, At) VALUES ({whole}, {(int)SuppressionScope.All}, {(int)SuppressionSource.Keyword}, '', 0)");

        await db.Database.MigrateAsync();

        Assert.Equal(whole[..LookupHash.PhoneHashSize], (await db.Suppressions.SingleAsync()).PhoneHash);
    }

    [Fact]
    public async Task A_stop_from_before_acts_were_told_apart_is_the_persons_own_where_that_is_certain()
    {
        await using var services = Portal("SQLite");
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        await db.GetService<IMigrator>().MigrateAsync("SegmentColumnsAsTheyAre");
        (SuppressionSource Source, string Reason, bool IsOwn)[] stops =
        [
            (SuppressionSource.Api, "Said so in the app", true), (SuppressionSource.Import, "Refused according to an imported list", true), (SuppressionSource.Import, "A partner's list", false),
            (SuppressionSource.InboxReview, "A member of staff read the person's text as a wish to stop.", true), (SuppressionSource.InboxReview, "A text of this person waits for review.", false),
            (SuppressionSource.Staff, "Asked by phone", false), (SuppressionSource.Complaint, "Wrote to the regulator", false),
        ];
        foreach (var (source, reason, _) in stops)
            await db.Database.ExecuteSqlAsync($"INSERT INTO Suppressions (PhoneHash, Scope, Source, Reason, At) VALUES ({RandomNumberGenerator.GetBytes(20)}, {(int)SuppressionScope.All}, {(int)source}, {reason}, 0)");

        await db.Database.MigrateAsync();

        Assert.Equal(stops.Select(s => (s.Source, s.Reason, s.IsOwn)), (await db.Suppressions.OrderBy(s => s.Id).ToListAsync()).Select(s => (s.Source, s.Reason, s.IsActOfPerson)));
    }

    [Fact]
    public async Task People_from_before_words_were_numbers_are_found_by_name_and_ending()
    {
        await using var services = Portal("SQLite");
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        await db.GetService<IMigrator>().MigrateAsync("RoomCommentsAndReportRecipients");
        byte[] word = [0x80, .. RandomNumberGenerator.GetBytes(15)], ending = [0x12, .. RandomNumberGenerator.GetBytes(7)], id = Guid.CreateVersion7().ToByteArray(bigEndian: true);
        await db.Database.ExecuteSqlAsync($"INSERT INTO NameTokens (Hash, SubscriberId) VALUES ({word}, {id})");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO Subscribers (Id, Last4Hash, CurrentPeriodId, LineType, NumberState, SoftStrikes, Source, Frequency, IsRestricted, CreatedAt, UpdatedAt, Version, Lot)
            VALUES ({id}, {ending}, {id}, 1, 0, 0, 'Web form', 0, 0, 0, 0, {Guid.NewGuid()}, 0)
            """);

        await db.Database.MigrateAsync();

        long[] expected = [BinaryPrimitives.ReadInt64BigEndian(word), BinaryPrimitives.ReadInt64BigEndian(ending)];
        Assert.Equal(expected, await db.SearchWords.OrderBy(w => w.Hash).Select(w => w.Hash).ToListAsync());
        Assert.All(await db.SearchWords.ToListAsync(), w => Assert.Equal((SearchRun.OfSinglePeople, new Guid(id, bigEndian: true)), (w.Run, w.SubscriberId.Value)));
        Assert.Equal([SearchRun.OfSinglePeople], await db.SearchRuns.Select(r => r.Number).ToListAsync());
    }

    [Fact]
    public async Task A_request_from_before_requests_could_lack_a_record_keeps_its_person_and_its_activity()
    {
        await using var services = Portal("SQLite");
        var (person, request, at) = (SubscriberId.New(DateTimeOffset.UnixEpoch), PrivacyRequestId.New(DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        await using (var before = services.GetRequiredService<PortalDatabase>().Open())
        {
            await before.GetService<IMigrator>().MigrateAsync("KeepNoAttributesOfClosedRecords");
            before.Subscribers.Add(new Subscriber { Id = person, Source = "Store", CreatedAt = at, UpdatedAt = at });
            before.PrivacyRequests.Add(Request(request, 1, person));
            before.PrivacyRequestEntries.Add(new PrivacyRequestEntry { RequestId = request, At = at, ActorName = "Carla Mendes", Kind = RequestEntryKinds.Step, Text = "Received by phone." });
            await before.SaveChangesAsync();
            await before.Database.MigrateAsync();
            // The connection that has changed the table knows it as it is now, and so does another one.
            before.PrivacyRequests.Add(Request(PrivacyRequestId.New(at), 2, null));
            await before.SaveChangesAsync();
        }

        SqliteConnection.ClearAllPools();
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        db.PrivacyRequests.Add(Request(PrivacyRequestId.New(at), 3, null));
        await db.SaveChangesAsync();
        Assert.Equal([person, null, null], await db.PrivacyRequests.OrderBy(r => r.Number).Select(r => r.SubscriberId).ToListAsync());
        Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("SELECT \"integrity_check\" AS \"Value\" FROM pragma_integrity_check").ToListAsync());
        Assert.Equal(request, (await db.PrivacyRequestEntries.SingleAsync()).RequestId);
        Assert.Empty(await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync());

        PrivacyRequest Request(PrivacyRequestId id, int number, SubscriberId? of) => new()
        {
            Id = id, Number = number, SubscriberId = of, Kind = PrivacyRequestKind.Access, Regime = PrivacyRegime.Gdpr, Source = "Phone", ReceivedAt = at, DueOn = default, DueInternallyOn = default,
        };
    }

    [Fact]
    public void No_migration_of_the_embedded_database_leaves_its_transaction_so_a_killed_start_leaves_no_half_of_one()
    {
        using var db = Sqlite();
        var (migrations, generator) = (db.GetService<IMigrationsAssembly>(), db.GetService<IMigrationsSqlGenerator>());

        Assert.Empty(migrations.Migrations.Values.Select(type => migrations.CreateMigration(type, db.Database.ProviderName!))
            .Where(migration => generator.Generate(migration.UpOperations, migration.TargetModel).Any(command => command.TransactionSuppressed))
            .Select(migration => migration.GetType().Name));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static SqlitePortalDbContext Sqlite() => new(DesignTime.Options<SqlitePortalDbContext>(options => options.UseSqlite("Data Source=:memory:")));

    private static SqlServerPortalDbContext SqlServer() => new(DesignTime.Options<SqlServerPortalDbContext>(options => options.UseSqlServer("Server=none;Database=none")));

    private static IRelationalModel Model(DbContext db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    private static List<string> Shape(IRelationalModel model) =>
    [
        .. model.Tables.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name} {(column.IsNullable ? "null" : "not null")}")
            .Concat(table.Indexes.Select(index => $"{table.Name} index {index.Name} ({string.Join(", ", index.Columns.Select(column => column.Name))}) {(index.IsUnique ? "unique" : "")}"))
            .Concat(table.UniqueConstraints.Select(key => $"{table.Name} key ({string.Join(", ", key.Columns.Select(column => column.Name))})"))
            .Concat(table.ForeignKeyConstraints.Select(key => $"{table.Name} to {key.PrincipalTable.Name} ({string.Join(", ", key.Columns.Select(column => column.Name))}) {key.OnDeleteAction}")))
            .Order(StringComparer.Ordinal),
    ];

    private ServiceProvider Portal(string engine)
    {
        var settings = new Dictionary<string, string?> { ["Database:Provider"] = engine == "SQLite" ? "Sqlite" : "SqlServer" };
        if (engine != "SQLite")
            settings["ConnectionStrings:Portal"] = new SqlConnectionStringBuilder(Environment.GetEnvironmentVariable(Server)) { InitialCatalog = $"portal-{Guid.CreateVersion7():N}" }.ToString();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddPortalDatabase(configuration, new PortalFolders(_folder.FullName)).BuildServiceProvider(validateScopes: true);
    }
}
