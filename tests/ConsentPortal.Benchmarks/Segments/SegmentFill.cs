using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConsentPortal.Benchmarks.Segments;

/// <summary>
/// Fills an empty portal with people, attributes, consents and five facts each by a few statements, the same for the same number: the
/// values are squares of multiples of the running number modulo primes. About 1.5 % of people are erased or merged.
/// </summary>
internal sealed class SegmentFill(string path, int people, DateTimeOffset now)
{
    public static readonly Guid Purpose = Guid.Parse("0193a000-0000-7000-8000-000000000001");

    private const int Days = 730;

    public async Task RunAsync()
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = false, Pooling = false }.ToString());
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY;");
        var indexes = await IndexesAsync(connection);
        foreach (var (name, _) in indexes)
            await ExecuteAsync(connection, $"DROP INDEX \"{name}\"");
        foreach (var statement in Statements())
            await ExecuteAsync(connection, statement);
        foreach (var (_, sql) in indexes)
            await ExecuteAsync(connection, sql);
        await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static async Task<List<(string Name, string Sql)>> IndexesAsync(SqliteConnection connection)
    {
        await using var command = Command(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Subscribers', 'SubscriberAttributes', 'SubscriberFacts', 'ConsentRecords')");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, string)>();
        while (await reader.ReadAsync())
            found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

    private IEnumerable<string> Statements()
    {
        var end = now.UtcTicks;
        var start = end - (Days * TimeSpan.TicksPerDay);
        var step = (end - start) / people;
        var numbers = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})";
        yield return $"""
            INSERT INTO Purposes ({Columns("Purposes")}) VALUES ({Values("Purposes", new() { ["Id"] = Blob(Purpose), ["Name"] = "'Offers'" })})
            """;
        yield return "INSERT INTO AttributeDefinitions (Id, Name, Type, IsSensitive) VALUES (1, 'tier', 1, 0), (2, 'points', 2, 0), (3, 'birthday', 3, 0), (4, 'vip', 4, 0)";
        yield return $"""
            {numbers}, p AS (SELECT i, {start} + i * {step} AS At, (i * 2654435761) & 4294967295 AS R FROM n)
            INSERT INTO Subscribers ({Columns("Subscribers")}) SELECT {Values("Subscribers", new()
            {
                ["Id"] = "unhex(printf('%012x7%03x%04x%04x%08x', (At - 621355968000000000) / 10000, i & 4095, 32768 + (i * 7919) % 16384, (i * 104729) & 65535, R))",
                ["WrappedKey"] = "randomblob(60)", ["PhoneSealed"] = "randomblob(50)", ["PhoneHash"] = "randomblob(16)", ["ProfileSealed"] = "randomblob(90)",
                ["Region"] = Share(7001, "CASE WHEN {0} < 60 THEN 'US' WHEN {0} < 75 THEN 'CA' WHEN {0} < 85 THEN 'GB' WHEN {0} < 95 THEN 'DE' END"),
                ["DeclaredRegion"] = Share(7013, "CASE WHEN {0} < 50 THEN 'US' END"), ["DeclaredState"] = Share(7019, "CASE WHEN {0} < 10 THEN 'FL' WHEN {0} < 30 THEN 'NY' END"),
                ["Language"] = Share(7027, "CASE WHEN {0} < 70 THEN 'en' WHEN {0} < 90 THEN 'es' WHEN {0} < 95 THEN 'fr' END"),
                ["LineType"] = Share(7039, "CASE WHEN {0} < 80 THEN 1 WHEN {0} < 90 THEN 2 ELSE 3 END"), ["NumberState"] = "1",
                ["Source"] = Share(7043, "CASE WHEN {0} < 40 THEN 'Web form' WHEN {0} < 80 THEN 'Import' ELSE 'Store' END"),
                ["Frequency"] = Share(7057, "CASE WHEN {0} < 80 THEN 1 ELSE 2 END"), ["CreatedAt"] = "At", ["UpdatedAt"] = "At", ["Lot"] = "(R & 2147483647) % 2147483647",
                ["LastTextAt"] = Share(7069, $"CASE WHEN {{0}} < 70 THEN {end} - {{0}} * {TimeSpan.TicksPerDay} END"), ["ErasedAt"] = Share(7079, $"CASE WHEN {{0}} < 1 THEN {end} END"),
                ["MergedIntoId"] = Share(7103, "CASE WHEN {0} >= 99 AND i % 2 = 0 THEN randomblob(16) END"),
            })} FROM p
            """;
        yield return Attribute(1, "Text, FoldedText", Share(7109, "CASE WHEN {0} < 10 THEN 'gold' WHEN {0} < 30 THEN 'Silver' WHEN {0} < 70 THEN 'bronze' ELSE 'none' END")
            + ", " + Share(7109, "CASE WHEN {0} < 10 THEN 'GOLD' WHEN {0} < 30 THEN 'SILVER' WHEN {0} < 70 THEN 'BRONZE' ELSE 'NONE' END"));
        yield return Attribute(2, "Number", Share(7121, "{0} * 10.0"));
        yield return Attribute(4, "Number", Share(7127, "CASE WHEN {0} < 20 THEN 1.0 ELSE 0.0 END"));
        yield return $"""
            INSERT INTO ConsentRecords ({Columns("ConsentRecords")}) SELECT {Values("ConsentRecords", new()
            {
                ["SubscriberId"] = "Id", ["PurposeId"] = Blob(Purpose), ["Status"] = Share(7129, "CASE WHEN {0} < 70 THEN 2 WHEN {0} < 80 THEN 3 WHEN {0} < 90 THEN 1 ELSE 4 END"),
                ["ExpiresAt"] = Share(7151, $"CASE WHEN {{0}} < 50 THEN {end} + ({{0}} - 10) * {TimeSpan.TicksPerDay} END"), ["GrantedAt"] = "CreatedAt",
            })} FROM (SELECT Id, CreatedAt, rowid AS i FROM Subscribers)
            """;
        // Purchases 40 %, texts 40 %, replies and inquiries 10 % each, by anybody at any time of the two years.
        yield return $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {5L * people})
            INSERT INTO SubscriberFacts (SubscriberId, Kind, At, Amount) SELECT s.Id, CASE WHEN f.K < 40 THEN 1 WHEN f.K < 80 THEN 5 WHEN f.K < 90 THEN 4 ELSE 2 END, f.At, CASE WHEN f.K < 40 THEN f.A END
            FROM (SELECT {start} + i * {step / 5} AS At, {Share(7159, "{0}")} AS K, {Share(7177, "{0} * 1.0")} AS A, ((i * 2654435761) & 4294967295) % {people} + 1 AS P FROM n) AS f
            JOIN Subscribers AS s ON s.rowid = f.P
            """;
    }

    /// <summary>Of those alone who are alive: erasing and merging take values away.</summary>
    private static string Attribute(int id, string columns, string values) =>
        $"INSERT INTO SubscriberAttributes (SubscriberId, AttributeId, {columns}) SELECT Id, {id}, {values} FROM (SELECT Id, rowid AS i FROM Subscribers WHERE ErasedAt IS NULL AND MergedIntoId IS NULL)";

    /// <summary>A percentage from 0 to 99 that differs from number to number, in an expression.</summary>
    private static string Share(int factor, string expression) => string.Format(CultureInfo.InvariantCulture, expression, $"((i * {factor} % 1000003) * (i * {factor} % 1000003) % 999983 % 100)");

    private static string Blob(Guid id) => $"X'{Convert.ToHexString(id.ToByteArray(bigEndian: true))}'";

    private readonly Dictionary<string, List<(string Name, string Type, bool IsNeeded)>> _tables = [];

    private string Columns(string table) => string.Join(", ", Needed(table).Select(c => $"\"{c.Name}\""));

    private string Values(string table, Dictionary<string, string> known) =>
        string.Join(", ", Needed(table).Select(c => known.TryGetValue(c.Name, out var value) ? value : !c.IsNeeded ? "NULL" : c.Type == "BLOB" ? "zeroblob(16)" : c.Type == "TEXT" ? "''" : "0"));

    private List<(string Name, string Type, bool IsNeeded)> Needed(string table)
    {
        if (_tables.TryGetValue(table, out var columns))
            return columns;
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = Command(connection, $"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')");
        using var reader = command.ExecuteReader();
        columns = [];
        while (reader.Read())
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2) == 1));
        return _tables[table] = columns;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Names and numbers from above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
