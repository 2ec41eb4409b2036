using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>
/// One prepared INSERT on the context's connection, fed by position. A command of the ADO layer looks up each parameter by
/// its name for each row, which takes longer than the insert itself.
/// </summary>
internal sealed class SqliteInsert : IDisposable
{
    // The model is built once for a program, so this holds one plan for each table.
    private static readonly ConcurrentDictionary<IEntityType, SqliteRowPlan> Plans = new();

    private readonly SqliteRowPlan _plan;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    private SqliteInsert(SqliteRowPlan plan, sqlite3 database, sqlite3_stmt statement) => (_plan, _database, _statement) = (plan, database, statement);

    public static SqliteInsert Prepare(PortalDbContext db, IEntityType table)
    {
        var plan = Plans.GetOrAdd(table, SqliteRowPlan.Of);
        var database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        var code = raw.sqlite3_prepare_v2(database, plan.Sql, out var statement);
        return code == raw.SQLITE_OK ? new SqliteInsert(plan, database, statement) : throw Problem(database);
    }

    /// <summary>Whether the context still writes through the connection for which this was prepared.</summary>
    public bool IsOf(PortalDbContext db) => ReferenceEquals(((SqliteConnection)db.Database.GetDbConnection()).Handle, _database);

    /// <exception cref="SqliteException">A constraint forbids the row, or the file can't be written.</exception>
    public void Write(object row)
    {
        _plan.Bind(row, _statement);
        var code = raw.sqlite3_step(_statement);
        var problem = code == raw.SQLITE_DONE ? null : Problem(_database);
        raw.sqlite3_reset(_statement);
        raw.sqlite3_clear_bindings(_statement);
        if (problem is not null)
            throw problem;
        _plan.TakeKey?.Invoke(row, raw.sqlite3_last_insert_rowid(_database));
    }

    public void Dispose() => raw.sqlite3_finalize(_statement);

    internal static SqliteException Problem(sqlite3 database) => new(
        $"SQLite Error {raw.sqlite3_errcode(database)}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", raw.sqlite3_errcode(database), raw.sqlite3_extended_errcode(database));
}
