using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>An import at work, as its page sees it; disposed when it has ended.</summary>
public sealed class RunningImport : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();

    public RunningImport() => Stop = _stop.Token;

    /// <summary>Raised on any thread after each batch and at the end.</summary>
    public event EventHandler? Changed;

    public ImportProgress Progress { get; private set; } = new(0, 0);

    public CancellationToken Stop { get; }

    public bool IsStopping => Stop.IsCancellationRequested;

    public bool HasEnded { get; private set; }

    public Failure? Failure { get; set; }

    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Asks the import to stop after the batch in hand.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!HasEnded)
                _stop.Cancel();
        }
    }

    public void Report(ImportProgress progress)
    {
        Progress = progress;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            HasEnded = true;
            _stop.Dispose();
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }
}
