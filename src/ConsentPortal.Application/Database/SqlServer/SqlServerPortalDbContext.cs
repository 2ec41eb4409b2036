using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ConsentPortal.Application.Database.SqlServer;

/// <summary>The store for more than one machine, or for organisations that already run SQL Server.</summary>
public sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    private const int DuplicateInIndex = 2601;
    private const int DuplicateInConstraint = 2627;
    private const int Deadlock = 1205;
    private const int TimedOut = -2;

    // What rules compare is compared as it is, letter by letter, as the embedded store does.
    private const string Ordinal = "Latin1_General_100_BIN2";

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqlException { Number: DuplicateInIndex or DuplicateInConstraint };

    public override bool IsTransient(Exception exception) =>
        exception is SqlException { Number: Deadlock or TimedOut }
            or DbUpdateException { InnerException: SqlException { Number: Deadlock or TimedOut } };

    internal override IQueryable<LooksOfDay> LooksByDay(string action, string objectKind, DateTimeOffset from, DateTimeOffset to) => Database.SqlQuery<LooksOfDay>($"""
        SELECT [ActorKind], [ActorId], [Day], COUNT(*) AS [Count], MAX([Ticks]) AS [LastTicks] FROM (
            SELECT [ActorKind], [ActorId], CAST(DATEDIFF(day, CAST('0001-01-01' AS date), CAST(SWITCHOFFSET([At], '+00:00') AS date)) AS bigint) AS [Day],
                DATEDIFF_BIG(microsecond, CAST('0001-01-01' AS datetime2), CAST(SWITCHOFFSET([At], '+00:00') AS datetime2)) * 10 AS [Ticks]
            FROM [AuditEntries] WHERE [Action] = {action} AND [ObjectKind] = {objectKind} AND [At] >= {from} AND [At] < {to}) AS [looks]
        GROUP BY [ActorKind], [ActorId], [Day]
        """);

    internal override IQueryable<MovesOfDay> MovesByDay(DateTimeOffset since) => Database.SqlQuery<MovesOfDay>($"""
        SELECT [Kind], [Day], COUNT(*) AS [Count] FROM (
            SELECT [Kind], CAST(DATEDIFF(day, CAST('0001-01-01' AS date), CAST(SWITCHOFFSET([At], '+00:00') AS date)) AS bigint) AS [Day]
            FROM [ConsentEvents] WHERE [PurposeId] IN (SELECT [Id] FROM [Purposes]) AND [At] >= {since}
                AND [Kind] IN ({(int)ConsentEventKind.Granted}, {(int)ConsentEventKind.Confirmed}, {(int)ConsentEventKind.Withdrawn})) AS [moves]
        GROUP BY [Kind], [Day]
        """);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<SubscriberAttribute>().Property(a => a.FoldedText).UseCollation(Ordinal);
        builder.Entity<Subscriber>(person =>
        {
            person.Property(s => s.Region).UseCollation(Ordinal);
            person.Property(s => s.DeclaredRegion).UseCollation(Ordinal);
            person.Property(s => s.DeclaredState).UseCollation(Ordinal);
            person.Property(s => s.DeclaredZone).UseCollation(Ordinal);
            person.Property(s => s.Language).UseCollation(Ordinal);
            person.Property(s => s.Source).UseCollation(Ordinal);
        });
        builder.Entity<Wording>().Property(w => w.Language).UseCollation(Ordinal);
    }
}

internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerPortalDbContext>
{
    public SqlServerPortalDbContext CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqlServerPortalDbContext>(options => options.UseSqlServer("Server=design-time;Database=design-time")));
}
