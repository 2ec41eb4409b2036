using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>
/// The embedded store. Instants are stored as UTC ticks, because SQLite compares text, and strong ids as 16 big-endian
/// bytes, which sort like the version 7 ids they are and take a fifth less room than text.
/// </summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    private const int Busy = 5;
    private const int Constraint = 19;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    private readonly Dictionary<IEntityType, SqliteInsert> _inserts = [];

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    public override bool IsTransient(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Busy } or DbUpdateException { InnerException: SqliteException { SqliteErrorCode: Busy } };

    // Every commit of a long import touches the ends of the same indexes: moving them from the log to the file less often writes
    // them there once instead of dozens of times. 256 MB. Most of what it writes grows at its end and is never asked for again, so half
    // of the usual cache of pages holds the rest. The next opening of the connection sets the usual sizes again.
    internal override Task ExpectManyRowsAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"PRAGMA wal_autocheckpoint=64000; PRAGMA cache_size=-32768", cancellationToken);

    // A transaction of the driver would take the lock of whoever writes.
    internal override async Task HoldStateAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"BEGIN; SELECT count(*) FROM sqlite_master", cancellationToken);
    }

    internal override Task LetStateGoAsync() => Database.ExecuteSqlAsync($"ROLLBACK", CancellationToken.None);

    // A commit elsewhere empties the cache of pages of a connection, so a large one only takes memory. The next opening of the
    // connection sets the usual size again.
    internal override async Task OpenToReadOnceAsync(CancellationToken cancellationToken)
    {
        await base.OpenToReadOnceAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"PRAGMA cache_size=-4096", cancellationToken);
    }

    internal override IQueryable<Subscriber> ByRules => Subscribers.FromSqlRaw(
        $"SELECT * FROM \"Subscribers\" INDEXED BY \"{SubscriberMapping.Rules}\" WHERE \"ErasedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

    internal override IQueryable<SubscriberFact> FactsInOrder(bool byTime) => SubscriberFacts.FromSqlRaw(
        byTime ? $"SELECT * FROM \"SubscriberFacts\" INDEXED BY \"{SubscriberMapping.FactsByTime}\"" : $"SELECT * FROM \"SubscriberFacts\" INDEXED BY \"{SubscriberMapping.FactsByPerson}\"");

    // Instants are ticks, of which a day has 864,000,000,000.
    internal override IQueryable<LooksOfDay> LooksByDay(string action, string objectKind, DateTimeOffset from, DateTimeOffset to) => Database.SqlQuery<LooksOfDay>($"""
        SELECT "ActorKind", "ActorId", "At" / 864000000000 AS "Day", count(*) AS "Count", max("At") AS "LastTicks" FROM "AuditEntries"
        WHERE "Action" = {action} AND "ObjectKind" = {objectKind} AND "At" >= {from.UtcTicks} AND "At" < {to.UtcTicks} GROUP BY "ActorKind", "ActorId", "At" / 864000000000
        """);

    // By purpose, because the index of times begins with it.
    internal override IQueryable<MovesOfDay> MovesByDay(DateTimeOffset since) => Database.SqlQuery<MovesOfDay>($"""
        SELECT "Kind", "At" / 864000000000 AS "Day", count(*) AS "Count" FROM "ConsentEvents"
        WHERE "PurposeId" IN (SELECT "Id" FROM "Purposes") AND "At" >= {since.UtcTicks} AND "Kind" IN ({(int)ConsentEventKind.Granted}, {(int)ConsentEventKind.Confirmed}, {(int)ConsentEventKind.Withdrawn})
        GROUP BY "Kind", "At" / 864000000000
        """);

    /// <summary>The prepared INSERT of a table, kept for as long as the context and its connection: a long transaction writes into each table many times.</summary>
    internal SqliteInsert InsertInto(IEntityType table)
    {
        if (_inserts.Remove(table, out var insert) && !insert.IsOf(this))
        {
            insert.Dispose();
            insert = null;
        }

        return _inserts[table] = insert ?? SqliteInsert.Prepare(this, table);
    }

    public override void Dispose()
    {
        Forget();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        return base.DisposeAsync();
    }

    private void Forget()
    {
        foreach (var insert in _inserts.Values)
            insert.Dispose();
        _inserts.Clear();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantToTicks>();
    }

    protected override void StrongId<TId>(ModelConfigurationBuilder configuration) =>
        configuration.Properties<TId>().HaveConversion<StrongIdToBytes<TId>>();
}

internal sealed class InstantToTicks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

internal sealed class StrongIdToBytes<TId>() : ValueConverter<TId, byte[]>(id => id.Value.ToByteArray(true), bytes => Make(bytes))
    where TId : struct, IStrongId<TId>
{
    private static TId Make(byte[] bytes) => TId.From(new Guid(bytes, bigEndian: true));
}

internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqlitePortalDbContext>
{
    public SqlitePortalDbContext CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqlitePortalDbContext>(options => options.UseSqlite("Data Source=design-time.db")));
}
