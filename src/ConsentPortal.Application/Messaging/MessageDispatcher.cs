using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Takes texts whose time has come, decides on each with the facts of this moment, and hands the allowed ones to the
/// provider. What is handed over is committed as Sending first: a process that dies in between leaves a text unconfirmed,
/// and no job ever sends that one again.
/// </summary>
public sealed partial class MessageDispatcher(
    DispatchQueue queue, DispatchDecisions decisions, HandOver handOver, DispatchOutcomes outcomes, MessagesInDoubt inDoubt, SendingStopNotice notice,
    IOptions<DispatchOptions> options, TimeProvider clock, ILogger<MessageDispatcher> logger) : BackgroundService
{
    /// <summary>After the provider has refused the account, one text at a time finds out whether it takes texts again.</summary>
    private bool _isRefused;

    /// <summary>One turn; tests call it directly.</summary>
    /// <returns>How many texts were decided on.</returns>
    public async Task<int> DispatchOnceAsync(CancellationToken cancellationToken)
    {
        await inDoubt.MarkSilentAsync(cancellationToken);
        if (await notice.IsHeldAsync(cancellationToken))
            return 0;
        var due = await queue.NextAsync(_isRefused ? 1 : Math.Min(options.Value.BatchSize, handOver.MostAtOnce), cancellationToken);
        if (due.Count == 0)
            return 0;
        var batch = await decisions.CommitAsync(due, cancellationToken);
        var results = await handOver.ExecuteAsync(batch.Allowed, cancellationToken);
        // The texts have left: what came of them is written whatever happens to the process around us.
        await outcomes.CommitAsync(results, CancellationToken.None);
        await notice.NoteAsync([.. results.Select(r => r.Outcome)], cancellationToken);
        var stopped = results.Select(r => r.Outcome).OfType<SendOutcome.Stopped>().FirstOrDefault();
        if (stopped is not null)
            await PauseAsync(stopped, cancellationToken);
        else if (results.Any(r => r.Outcome is not SendOutcome.Withheld))
            _isRefused = false;
        return batch.Decided;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Value.Enabled
        // Apart, so that a provider that is slow to answer questions holds up no text.
        ? Task.WhenAll(RepeatAsync(DispatchOrRestAsync, stoppingToken), RepeatAsync(LookUpAndRestAsync, stoppingToken))
        : Task.CompletedTask;

    private async Task DispatchOrRestAsync(CancellationToken cancellationToken)
    {
        if (await DispatchOnceAsync(cancellationToken) == 0)
            await Task.Delay(options.Value.IdlePause, clock, cancellationToken);
    }

    private async Task LookUpAndRestAsync(CancellationToken cancellationToken)
    {
        await inDoubt.LookUpAsync(cancellationToken);
        await Task.Delay(options.Value.LookUpEvery, clock, cancellationToken);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await turn(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                failures++;
                LogFailed(logger, problem);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(30, failures * failures)), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PauseAsync(SendOutcome.Stopped stopped, CancellationToken cancellationToken)
    {
        _isRefused = true;
        LogStopped(logger, stopped.Cause, options.Value.StoppedPause);
        await Task.Delay(options.Value.StoppedPause, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of the dispatcher failed; texts not yet handed over wait in the ledger")]
    private static partial void LogFailed(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The provider takes no texts ({Cause}); trying again in {Pause}")]
    private static partial void LogStopped(ILogger logger, StopCause cause, TimeSpan pause);
}
