using System.Linq.Expressions;
using ConsentPortal.Application.Subscribers;
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

    // Capitals by the tables of one collation, then compared as they are. Blanks at the end never count here.
    private const string Ordinal = "Latin1_General_100_BIN2";

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqlException { Number: DuplicateInIndex or DuplicateInConstraint };

    internal override Expression<Func<SubscriberAttribute, bool>> TextIs(string text, bool same)
    {
        var capitals = text.ToUpperInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // The server makes the capitals, by the collation that is named; only this form becomes a query.
        return same ? a => EF.Functions.Collate(a.Text!, Ordinal).ToUpper() == capitals : a => a.Text != null && EF.Functions.Collate(a.Text, Ordinal).ToUpper() != capitals;
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }

    public override bool IsTransient(Exception exception) =>
        exception is SqlException { Number: Deadlock or TimedOut }
            or DbUpdateException { InnerException: SqlException { Number: Deadlock or TimedOut } };
}

internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerPortalDbContext>
{
    public SqlServerPortalDbContext CreateDbContext(string[] args) =>
        new(DesignTime.Options<SqlServerPortalDbContext>(options => options.UseSqlServer("Server=design-time;Database=design-time")));
}
