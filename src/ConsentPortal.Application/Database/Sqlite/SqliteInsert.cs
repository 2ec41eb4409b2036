using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>
/// Prepared INSERTs into one table on the context's connection, fed by position. A command of the ADO layer looks up each
/// parameter by its name for each row, which takes longer than the insert itself; and a statement of many rows finds its way
/// to the end of each index once, one of a single row for each.
/// </summary>
internal sealed class SqliteInsert : IDisposable
{
    // More gain little and make a statement that is large to keep. The widest table has 31 columns; a statement takes 32,766 values.
    private const int RowsAtOnce = 32;

    // The model is built once for a program, so this holds one plan for each table.
    private static readonly ConcurrentDictionary<IEntityType, SqliteRowPlan> Plans = new();

    private readonly SqliteRowPlan _plan;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _one;
    private sqlite3_stmt? _many;

    private SqliteInsert(SqliteRowPlan plan, sqlite3 database) => (_plan, _database, _one) = (plan, database, Prepare(plan, database, 1));

    public static SqliteInsert Prepare(PortalDbContext db, IEntityType table) =>
        new(Plans.GetOrAdd(table, SqliteRowPlan.Of), ((SqliteConnection)db.Database.GetDbConnection()).Handle!);

    /// <summary>Whether the context still writes through the connection for which this was prepared.</summary>
    public bool IsOf(PortalDbContext db) => ReferenceEquals(((SqliteConnection)db.Database.GetDbConnection()).Handle, _database);

    /// <exception cref="SqliteException">A constraint forbids a row, or the file can't be written.</exception>
    public void Write(IEnumerable<object> rows)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            if (some.Length == RowsAtOnce)
                Write(_many ??= Prepare(_plan, _database, RowsAtOnce), some);
            else
                Array.ForEach(some, row => Write(_one, [row]));
        }
    }

    public void Dispose()
    {
        raw.sqlite3_finalize(_one);
        if (_many is not null)
            raw.sqlite3_finalize(_many);
    }

    private void Write(sqlite3_stmt statement, ReadOnlySpan<object> rows)
    {
        for (var i = 0; i < rows.Length; i++)
            _plan.Bind(rows[i], statement, i * _plan.Columns);
        var code = raw.sqlite3_step(statement);
        var problem = code == raw.SQLITE_DONE ? null : Problem(_database);
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
        if (problem is not null)
            throw problem;
        if (_plan.TakeKey is not { } takeKey)
            return;
        // Nobody else can write meanwhile, so the ids of one statement follow each other.
        var before = raw.sqlite3_last_insert_rowid(_database) - rows.Length;
        for (var i = 0; i < rows.Length; i++)
            takeKey(rows[i], before + i + 1);
    }

    private static sqlite3_stmt Prepare(SqliteRowPlan plan, sqlite3 database, int rows) =>
        raw.sqlite3_prepare_v2(database, plan.Sql(rows), out var statement) == raw.SQLITE_OK ? statement : throw Problem(database);

    internal static SqliteException Problem(sqlite3 database) => new(
        $"SQLite Error {raw.sqlite3_errcode(database)}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", raw.sqlite3_errcode(database), raw.sqlite3_extended_errcode(database));
}
