using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Staff;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>Reads sealed entries as bytes where SQLite holds them: making an object of each costs several times what hashing it does.</summary>
internal static class SqliteSealedRows
{
    // Of the table's own names, which a test of the whole verification keeps true.
    private const string Sql = """
        SELECT "LeafIndex", "Leaf", "LeafHash", "At", "SubscriberId", "ActorId", "Action", "ObjectKind", "ObjectId", "RequestId", "ActorKind"
        FROM "AuditEntries" WHERE "LeafIndex" >= ?1 AND "LeafIndex" < ?2 ORDER BY "LeafIndex"
        """;

    private const int IdSize = 16;

    public static void Read(PortalDbContext db, long from, long to, LeafRange range)
    {
        var database = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
        if (raw.sqlite3_prepare_v2(database, Sql, out var statement) != raw.SQLITE_OK)
            throw SqliteInsert.Problem(database);
        using (statement)
        {
            SqliteValues.Whole(statement, 1, from);
            SqliteValues.Whole(statement, 2, to);
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                range.Add(Row(statement));
            if (code != raw.SQLITE_DONE)
                throw SqliteInsert.Problem(database);
        }
    }

    private static SealedRow Row(sqlite3_stmt statement)
    {
        var subject = raw.sqlite3_column_blob(statement, 4);
        return new SealedRow
        {
            Place = raw.sqlite3_column_int64(statement, 0), Leaf = raw.sqlite3_column_blob(statement, 1), LeafHash = raw.sqlite3_column_blob(statement, 2),
            At = new DateTimeOffset(raw.sqlite3_column_int64(statement, 3), TimeSpan.Zero), Subject = subject.Length == IdSize ? new Guid(subject, bigEndian: true) : null,
            ActorId = raw.sqlite3_column_blob(statement, 5), Action = raw.sqlite3_column_blob(statement, 6), ObjectKind = raw.sqlite3_column_blob(statement, 7),
            ObjectId = raw.sqlite3_column_blob(statement, 8), RequestId = raw.sqlite3_column_blob(statement, 9),
            ActorKind = (ActorKind)raw.sqlite3_column_int(statement, 10),
        };
    }
}
