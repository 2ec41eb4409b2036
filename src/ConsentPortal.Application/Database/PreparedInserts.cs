using ConsentPortal.Application.Database.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ConsentPortal.Application.Database;

/// <summary>
/// Adds many rows at once, in the context's transaction. On the embedded database one prepared statement per table takes
/// the values straight from the rows, many times as fast as saving does; on SQL Server saving already sends many rows in
/// one trip.
/// </summary>
internal static class PreparedInserts
{
    /// <summary>Adds rows that the context does not know; those with an id of the database's making get it.</summary>
    public static async Task InsertAsync<T>(this PortalDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken) where T : class
    {
        if (rows.Count == 0)
            return;
        if (db is SqlitePortalDbContext embedded)
        {
            Write(embedded, typeof(T), rows);
            return;
        }

        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds what the context knows as added, and forgets it; what has changed is left to saving, and so is everything on SQL Server.</summary>
    /// <param name="tables">In the order in which their foreign keys allow.</param>
    public static void WriteAdded(PortalDbContext db, IReadOnlyList<Type> tables)
    {
        if (db is not SqlitePortalDbContext embedded)
            return;
        // Looking for changes among ten thousand fresh rows would cost as much as writing them.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var added = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).ToLookup(e => e.Metadata.ClrType);
        foreach (var table in tables.Where(added.Contains))
        {
            Write(embedded, table, added[table].Select(e => e.Entity));
            foreach (var entry in added[table].ToList())
                entry.State = EntityState.Detached;
        }

        db.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    private static void Write(SqlitePortalDbContext db, Type table, IEnumerable<object> rows) =>
        db.InsertInto(db.Model.FindEntityType(table)!).Write(rows);
}
