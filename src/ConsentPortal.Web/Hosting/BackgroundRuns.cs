using ConsentPortal.Domain;

namespace ConsentPortal.Web.Hosting;

/// <summary>The work of one kind in this process. It goes on when its page is closed, and stops in order when the portal does.</summary>
public abstract partial class BackgroundRuns<TRun, TProgress>(ILogger log) : IHostedService
    where TRun : BackgroundRun<TProgress>
{
    private readonly Lock _gate = new();
    private readonly List<TRun> _running = [];

    /// <summary>As it is now; what ends leaves a later one.</summary>
    protected IReadOnlyList<TRun> Running
    {
        get
        {
            lock (_gate)
                return [.. _running];
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var running = Running;
        foreach (var run in running)
            run.Cancel();
        await Task.WhenAll(running.Select(run => run.Work)).WaitAsync(cancellationToken);
    }

    /// <param name="work">Its failure, or null; once asked to stop it may throw.</param>
    /// <param name="isSame">Of two pieces of work that must not run at the same time.</param>
    /// <returns>False where the same is at work already; the run is then disposed.</returns>
    protected bool TryStart(TRun run, Func<Task<Failure?>> work, Func<TRun, bool>? isSame = null)
    {
        lock (_gate)
        {
            if (isSame is not null && _running.Exists(other => isSame(other)))
            {
                run.Dispose();
                return false;
            }

            _running.Add(run);
            run.Work = Task.Run(() => WorkAsync(run, work), CancellationToken.None);
            return true;
        }
    }

    /// <summary>What staff are told of work that was stopped; null where its own record says so.</summary>
    protected abstract Failure? Stopped(TRun run);

    /// <summary>What staff are told of work that broke.</summary>
    protected abstract Failure Broke();

    private async Task WorkAsync(TRun run, Func<Task<Failure?>> work)
    {
        try
        {
            run.Failure = await work();
        }
        catch (OperationCanceledException)
        {
            run.Failure = Stopped(run);
        }
        catch (Exception problem)
        {
            // The work belongs to no request, so nobody else would hear of it.
            LogBroke(log, problem, run.Subject);
            run.Failure = Broke();
        }
        finally
        {
            lock (_gate)
                _running.Remove(run);
            run.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subject} failed")]
    private static partial void LogBroke(ILogger log, Exception problem, string subject);
}
