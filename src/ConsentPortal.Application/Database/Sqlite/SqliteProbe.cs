using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>Asks an index of one table for one value after another: most look-ups of an import find nobody, and each then costs one descent.</summary>
internal static class SqliteProbe
{
    /// <summary>Those of the values that some row of <typeparamref name="T"/> has in a column.</summary>
    public static List<byte[]> Present<T>(PortalDbContext db, string property, IEnumerable<byte[]> values) where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var store = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        var code = raw.sqlite3_prepare_v2(database, $"SELECT 1 FROM \"{store.Name}\" WHERE \"{type.FindProperty(property)!.GetColumnName(store)}\" = ?1 LIMIT 1", out var statement);
        if (code != raw.SQLITE_OK)
            throw SqliteInsert.Problem(database);
        using (statement)
            return values.Where(value => IsPresent(database, statement, value)).ToList();
    }

    private static bool IsPresent(sqlite3 database, sqlite3_stmt statement, byte[] value)
    {
        SqliteValues.Blob(statement, 1, value);
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        return code is raw.SQLITE_ROW or raw.SQLITE_DONE ? code == raw.SQLITE_ROW : throw SqliteInsert.Problem(database);
    }
}
