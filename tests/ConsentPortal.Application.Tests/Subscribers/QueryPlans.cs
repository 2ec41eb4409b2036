using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>Watches what one portal asks its database, and asks SQLite how it would answer.</summary>
internal sealed partial class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly PeoplePortal _portal;
    private readonly string _database;
    private readonly List<(string Sql, SqliteParameter[] Values)> _asked = [];
    private readonly List<IDisposable> _watching = [];

    public QueryPlans(PeoplePortal portal)
    {
        _portal = portal;
        using var db = portal.Database.Open();
        _database = db.Database.GetDbConnection().DataSource;
        _watching.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Asked => _asked.Count;

    public IEnumerable<string> Statements => _asked.Select(a => a.Sql);

    /// <summary>The tables that some statement reads from end to end, with the statement.</summary>
    public async Task<IReadOnlyList<(string Table, string Sql)>> ReadWholeAsync() =>
    [
        .. from step in await StepsAsync()
           let scan = Scan().Match(step.Step)
           where scan.Success
           let table = TableOf(step.Sql, scan.Groups["name"].Value)
           where table is not null
           select (table, step.Sql),
    ];

    /// <summary>How each statement would be answered, step by step.</summary>
    public async Task<IReadOnlyList<(string Step, string Sql)>> StepsAsync()
    {
        await using var db = _portal.Database.Open();
        await db.Database.OpenConnectionAsync();
        var steps = new List<(string, string)>();
        foreach (var (sql, values) in _asked.ToList())
        {
            await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The statements are the product's own.
            command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
#pragma warning restore CA2100
            command.Parameters.AddRange(values);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                steps.Add((reader.GetString(3), sql));
        }

        return steps;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _watching.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.CommandExecuting.Name || value.Value is not CommandEventData { Command: SqliteCommand command } || command.Connection?.DataSource != _database)
            return;
        // One statement each: what a batch of inserts holds has no plan worth reading.
        if (!command.CommandText.StartsWith("INSERT", StringComparison.Ordinal) && !command.CommandText.StartsWith("PRAGMA", StringComparison.Ordinal))
            _asked.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => new SqliteParameter(p.ParameterName, p.Value))]));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => throw error;

    public void Dispose()
    {
        foreach (var watch in _watching)
            watch.Dispose();
    }

    private static string? TableOf(string sql, string name) =>
        Regex.Match(sql, $"\"(?<table>\\w+)\" AS \"{Regex.Escape(name)}\"") is { Success: true } named ? named.Groups["table"].Value : sql.Contains($"\"{name}\"", StringComparison.Ordinal) ? name : null;

    [GeneratedRegex("^SCAN (?<name>\\w+)")]
    private static partial Regex Scan();
}
