namespace ConsentPortal.Application.Database;

/// <summary>
/// The line of those who want to write where only one transaction at a time can. Acts of people go before the turns of jobs,
/// so that a STOP waits for the transaction under way and not for the campaign behind it; but after some of them a job that
/// waits has its turn, so that no crowd stops the sending. Among equals, who came first is served first.
/// </summary>
internal sealed class WriterLine
{
    private const int MostPeopleInARow = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _people = new();
    private readonly LinkedList<TaskCompletionSource> _jobs = new();
    private bool _isTaken;
    private int _peopleInARow;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _people.Count == 0 && _jobs.Count == 0;
        }
    }

    /// <summary>Waits for the turn, which <see cref="Release"/> ends.</summary>
    public Task TakeAsync(bool isJob, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return Task.CompletedTask;
            }

            (isJob ? _jobs : _people).AddLast(place);
        }

        return WaitAsync(place, cancellationToken);
    }

    public void Release()
    {
        lock (_gate)
        {
            while (Next() is { } next)
            {
                // Who gave up meanwhile is passed over.
                if (next.TrySetResult())
                    return;
            }

            _isTaken = false;
        }
    }

    private static async Task WaitAsync(TaskCompletionSource place, CancellationToken cancellationToken)
    {
        await using var givesUp = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        await place.Task;
    }

    private TaskCompletionSource? Next()
    {
        var isJob = _people.Count == 0 || (_jobs.Count > 0 && _peopleInARow >= MostPeopleInARow);
        var line = isJob ? _jobs : _people;
        if (line.First is not { } first)
            return null;
        line.RemoveFirst();
        _peopleInARow = isJob ? 0 : _peopleInARow + 1;
        return first.Value;
    }
}
