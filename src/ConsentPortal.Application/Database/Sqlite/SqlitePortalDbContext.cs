using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
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

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    public override bool IsTransient(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Busy } or DbUpdateException { InnerException: SqliteException { SqliteErrorCode: Busy } };

    // Every commit of a long import touches the ends of the same indexes: moving them from the log to the file less often writes
    // them there once instead of dozens of times. 256 MB; the next opening of the connection sets the usual 4 again.
    internal override Task ExpectManyRowsAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"PRAGMA wal_autocheckpoint=64000", cancellationToken);

    internal override IQueryable<Subscriber> ByRules => Subscribers.FromSqlRaw(
        $"SELECT * FROM \"Subscribers\" INDEXED BY \"{SubscriberMapping.Rules}\" WHERE \"ErasedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

    internal override IQueryable<SubscriberFact> FactsInOrder(bool byTime) => SubscriberFacts.FromSqlRaw(
        byTime ? $"SELECT * FROM \"SubscriberFacts\" INDEXED BY \"{SubscriberMapping.FactsByTime}\"" : $"SELECT * FROM \"SubscriberFacts\" INDEXED BY \"{SubscriberMapping.FactsByPerson}\"");

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
