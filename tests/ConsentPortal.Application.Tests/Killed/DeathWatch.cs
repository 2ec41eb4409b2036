using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConsentPortal.Application.Tests.Killed;

/// <summary>What changed its state in one commit.</summary>
/// <param name="Table">Campaigns or OutboundMessages.</param>
/// <param name="Id">As the database writes it.</param>
internal sealed record Move(string Table, string Id, int From, int To);

/// <summary>What a process that is killed at an instant leaves: its files as they are then.</summary>
/// <param name="Folder">A folder of its own.</param>
/// <param name="IsAfter">Whether the commit is behind it.</param>
/// <param name="Taken">References of the texts that the provider had by then.</param>
internal sealed record Death(string Folder, bool IsAfter, IReadOnlyList<Move> Moves, IReadOnlySet<string> Taken);

/// <summary>
/// Keeps the files of a portal just before and just after each commit that changes the state of a campaign or of a text. A kill undoes nothing that a process has
/// written and writes nothing that it has not, so a copy of the files is what it leaves.
/// </summary>
internal sealed class DeathWatch : DbCommandInterceptor, IDbTransactionInterceptor
{
    private static readonly (string Table, string Query)[] Looks = [("Campaigns", "SELECT hex(Id), Status FROM Campaigns"), ("OutboundMessages", "SELECT Id, State FROM OutboundMessages")];

    private readonly List<Death> _deaths = [];
    private string? _folder;
    private Func<IReadOnlySet<string>> _taken = () => new HashSet<string>();
    private Dictionary<(string Table, string Id), int> _known = [];
    private Dictionary<(string Table, string Id), int> _next = [];
    private IReadOnlyList<Move> _moves = [];
    private string? _before;

    /// <summary>Every move that was seen.</summary>
    public HashSet<(string Table, int From, int To)> Seen { get; } = [];

    /// <param name="taken">What the provider has at an instant.</param>
    public void Begin(string folder, DbConnection connection, Func<IReadOnlySet<string>>? taken = null)
    {
        (_folder, _taken) = (folder, taken ?? _taken);
        _known = Look(connection, null);
    }

    public void End() => _folder = null;

    /// <summary>The deaths since it was last asked.</summary>
    public IReadOnlyList<Death> Collect()
    {
        Death[] deaths = [.. _deaths];
        _deaths.Clear();
        return deaths;
    }

    /// <summary>The states that some files show.</summary>
    public static Dictionary<(string Table, string Id), int> Look(DbConnection connection, DbTransaction? transaction)
    {
        var states = new Dictionary<(string, string), int>();
        foreach (var (table, query) in Looks)
        {
            using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, query);
            using var reader = command.ExecuteReader();
            while (reader.Read())
                states[(table, Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!)] = reader.GetInt32(1);
        }

        return states;
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (_folder is not null)
            Come(transaction.Connection!, transaction);
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (_folder is not null)
            Go();
        return Task.CompletedTask;
    }

    /// <summary>A single command outside of a transaction is committed as it runs.</summary>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (_folder is not null && command.Transaction is null)
            _before = Copy();
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (_folder is null || command.Transaction is not null || _before is null)
            return ValueTask.FromResult(result);
        Compare(command.Connection!, null);
        if (_moves.Count > 0)
            _deaths.Add(new Death(_before, IsAfter: false, _moves, _taken()));
        else
            Directory.Delete(_before, recursive: true);
        _before = null;
        Go();
        return ValueTask.FromResult(result);
    }

    private void Come(DbConnection connection, DbTransaction transaction)
    {
        Compare(connection, transaction);
        if (_moves.Count > 0)
            _deaths.Add(new Death(Copy(), IsAfter: false, _moves, _taken()));
    }

    private void Go()
    {
        if (_moves.Count > 0)
            _deaths.Add(new Death(Copy(), IsAfter: true, _moves, _taken()));
        Seen.UnionWith(_moves.Select(m => (m.Table, m.From, m.To)));
        (_known, _moves) = (_next, []);
    }

    private void Compare(DbConnection connection, DbTransaction? transaction)
    {
        _next = Look(connection, transaction);
        _moves = [.. _next.Where(s => _known.TryGetValue(s.Key, out var before) && before != s.Value).Select(s => new Move(s.Key.Table, s.Key.Id, _known[s.Key], s.Value))];
    }

    private string Copy()
    {
        var copy = Directory.CreateTempSubdirectory("death").FullName;
        foreach (var file in Directory.EnumerateFiles(_folder!, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(_folder!, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
