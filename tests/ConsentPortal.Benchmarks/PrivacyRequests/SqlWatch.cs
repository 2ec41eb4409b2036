using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConsentPortal.Benchmarks.PrivacyRequests;

/// <summary>When each SQL command of the process ended and how long it took; what is between two of them is told by their times.</summary>
internal sealed class SqlWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> _watched = [];
    private readonly ConcurrentQueue<(long Ended, TimeSpan Took, string Sql)> _commands = [];

    private SqlWatch() => _watched.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public static SqlWatch Begin() => new();

    public IReadOnlyList<(long Ended, TimeSpan Took, string Sql)> Commands => [.. _commands];

    public void Dispose() => _watched.ForEach(w => w.Dispose());

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _watched.Add(value.Subscribe(this));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData command)
            _commands.Enqueue((Stopwatch.GetTimestamp(), command.Duration, command.Command.CommandText));
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
