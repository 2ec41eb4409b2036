using ConsentPortal.Domain;

namespace ConsentPortal.Web.Hosting;

/// <summary>Work that goes on when its page is left, as pages see it; disposed when it has ended.</summary>
public abstract class BackgroundRun<TProgress> : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="none">The progress of work that has not begun.</param>
    protected BackgroundRun(TProgress none) => (Progress, Stop) = (none, _stop.Token);

    /// <summary>Raised on any thread after each batch and at the end.</summary>
    public event EventHandler? Changed;

    /// <summary>For the log, without anything about a person.</summary>
    public abstract string Subject { get; }

    public TProgress Progress { get; private set; }

    /// <summary>Done when the work has begun in earnest, and when it ended before.</summary>
    public Task Begun => _begun.Task;

    public CancellationToken Stop { get; }

    public bool IsStopping => Stop.IsCancellationRequested;

    public bool HasEnded { get; private set; }

    public Failure? Failure { get; set; }

    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>Asks the work to stop after the batch in hand.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!HasEnded)
                _stop.Cancel();
        }
    }

    public void Report(TProgress progress)
    {
        Progress = progress;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Begin() => _begun.TrySetResult();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        lock (_gate)
        {
            HasEnded = true;
            _stop.Dispose();
        }

        Begin();
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
