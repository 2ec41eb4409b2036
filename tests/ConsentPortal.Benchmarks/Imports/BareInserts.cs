using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConsentPortal.Benchmarks.Imports;

/// <summary>
/// The floor of a run that writes: the very rows that it has written, with all their columns, copied into a database of the
/// same schema without them by one prepared INSERT per table and nothing else. Reading them is not counted.
/// </summary>
/// <param name="before">Tables that have to be there first; not counted.</param>
/// <param name="written">In the order in which their foreign keys allow.</param>
internal sealed class BareInserts(string finished, string empty, string[] before, string[] written)
{
    public static BareInserts OfImport(string finished, string empty) => new(
        finished, empty, ["Purposes", "Wordings", "ImportBatches"], ["Subscribers", "NumberPeriods", "SearchWords", "ConsentEvents", "ConsentRecords", "AuditEntries"]);

    /// <returns>The time that the inserts and their commits took.</returns>
    public async Task<TimeSpan> RunAsync(int people, int peopleAtOnce)
    {
        await using var from = await OpenAsync(finished);
        await using var to = await OpenAsync(empty);
        // That table is its key alone: its copy has numbered rows, in the order in which people came.
        await ExecuteAsync(from, "CREATE TEMP TABLE SearchWords AS SELECT * FROM main.SearchWords ORDER BY SubscriberId");
        await ExecuteAsync(to, "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;");
        foreach (var table in before)
            await WriteAsync(to, [await ReadAsync(from, table, 0, long.MaxValue)]);
        var batches = (people + peopleAtOnce - 1) / peopleAtOnce;
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in written)
            counts[table] = await CountAsync(from, table);
        var spent = TimeSpan.Zero;
        for (var batch = 0; batch < batches; batch++)
        {
            var tables = new List<(string Table, List<object[]> Rows)>();
            foreach (var table in written)
                tables.Add(await ReadAsync(from, table, counts[table] * batch / batches, counts[table] * (batch + 1) / batches));
            var start = Stopwatch.GetTimestamp();
            await WriteAsync(to, tables);
            spent += Stopwatch.GetElapsedTime(start);
        }

        return spent;
    }

    private static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<(string Table, List<object[]> Rows)> ReadAsync(SqliteConnection from, string table, long after, long to)
    {
        await using var command = Command(from, $"SELECT * FROM \"{table}\" WHERE rowid > {after} AND rowid <= {to} ORDER BY rowid");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return (table, rows);
    }

    private static async Task WriteAsync(SqliteConnection to, IReadOnlyList<(string Table, List<object[]> Rows)> tables)
    {
        await using var transaction = (SqliteTransaction)await to.BeginTransactionAsync();
        foreach (var (table, rows) in tables.Where(t => t.Rows.Count > 0))
        {
            await using var insert = Command(to, $"INSERT INTO \"{table}\" VALUES ({string.Join(',', Enumerable.Range(0, rows[0].Length).Select(i => $"@{i}"))})");
            insert.Transaction = transaction;
            var parameters = Enumerable.Range(0, rows[0].Length).Select(i => insert.Parameters.Add(new SqliteParameter($"@{i}", null))).ToArray();
            await insert.PrepareAsync();
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                    parameters[i].Value = row[i];
                await insert.ExecuteNonQueryAsync();
            }
        }

        await transaction.CommitAsync();
    }

    private static async Task<long> CountAsync(SqliteConnection from, string table)
    {
        await using var command = Command(from, $"SELECT COUNT(*) FROM \"{table}\"");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private static SqliteCommand Command(SqliteConnection connection, FormattableString sql) => Command(connection, sql.ToString(CultureInfo.InvariantCulture));

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names and numbers from above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
