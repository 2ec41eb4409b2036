using System.Collections.Concurrent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Subscribers;
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
    DispatchQueue queue, DispatchDecisions decisions, DispatchOutcomes outcomes, MessagesInDoubt inDoubt, SendingGate gate, ISmsGateway gateway,
    IOptions<DispatchOptions> options, TimeProvider clock, ILogger<MessageDispatcher> logger) : BackgroundService
{
    /// <summary>Calls to the provider at the same time; its answers, not our threads, are what takes long.</summary>
    private const int Parallelism = 16;

    /// <summary>One turn; tests call it directly.</summary>
    /// <returns>How many texts were decided on.</returns>
    public async Task<int> DispatchOnceAsync(CancellationToken cancellationToken)
    {
        await inDoubt.MarkSilentAsync(cancellationToken);
        var due = await queue.NextAsync(options.Value.BatchSize, cancellationToken);
        if (due.Count == 0)
            return 0;
        var batch = await decisions.CommitAsync(due, cancellationToken);
        var results = await HandOverAsync(batch.Allowed);
        var stopped = results.Select(r => r.Outcome).OfType<SendOutcome.Stopped>().FirstOrDefault();
        // The texts have left: what came of them is written whatever happens to the process around us.
        await outcomes.CommitAsync(results, CancellationToken.None);
        if (stopped is not null)
            await PauseAsync(stopped, cancellationToken);
        return batch.Decided;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var decided = await DispatchOnceAsync(stoppingToken);
                await inDoubt.LookUpAsync(stoppingToken);
                failures = 0;
                if (decided == 0)
                    await Task.Delay(options.Value.IdlePause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                failures++;
                LogFailed(logger, problem);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(30, failures * failures)), clock, CancellationToken.None);
            }
        }
    }

    private async Task<IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)>> HandOverAsync(IReadOnlyList<AllowedText> allowed)
    {
        var results = new ConcurrentBag<(AllowedText, SendOutcome)>();
        // Not cancelled on shutdown: a call that is cut off half-way is a text in doubt.
        await Parallel.ForEachAsync(allowed, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (text, _) =>
        {
            try
            {
                results.Add((text, await gateway.SendAsync(text.Outgoing, CancellationToken.None)));
            }
            finally
            {
                gate.Leave(text.SubscriberId);
            }
        });
        return results;
    }

    private async Task PauseAsync(SendOutcome.Stopped stopped, CancellationToken cancellationToken)
    {
        LogStopped(logger, stopped.Cause, options.Value.StoppedPause);
        await Task.Delay(options.Value.StoppedPause, clock, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of the dispatcher failed; texts not yet handed over wait in the ledger")]
    private static partial void LogFailed(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The provider takes no texts ({Cause}); trying again in {Pause}")]
    private static partial void LogStopped(ILogger logger, StopCause cause, TimeSpan pause);
}

/// <summary>One text that may leave: committed as Sending, not yet handed over.</summary>
public sealed record AllowedText(long MessageId, SubscriberId SubscriberId, OutgoingText Outgoing, int Attempts);
