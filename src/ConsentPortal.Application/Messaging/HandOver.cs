using System.Collections.Concurrent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Messaging;

/// <summary>One text that may leave: committed as Sending, not yet handed over.</summary>
/// <param name="Ground">On what it may leave.</param>
/// <param name="SendingBy">With <paramref name="Attempts"/> the proof, when its outcome is written, that the row is still this attempt's.</param>
public sealed record AllowedText(long MessageId, SubscriberId SubscriberId, SendGround Ground, OutgoingText Outgoing, string SendingBy, int Attempts, HandOverTime Time);

/// <summary>How long a text may wait for the provider before it has to be decided on again.</summary>
/// <param name="Until">By the clock (UTC), which other processes go by.</param>
/// <param name="Since">A timestamp of the clock, which does not jump.</param>
public sealed record HandOverTime(DateTimeOffset Until, long Since, TimeSpan Length)
{
    /// <summary>The first half of a lease is for the way to the provider, the second half for its answer.</summary>
    public static HandOverTime Of(TimeSpan lease, TimeProvider clock) => new(clock.GetUtcNow() + lease / 2, clock.GetTimestamp(), lease / 2);

    /// <summary>What is left by the clock or by the time that has passed, whichever is less.</summary>
    public TimeSpan Left(TimeProvider clock)
    {
        var (byClock, passed) = (Until - clock.GetUtcNow(), Length - clock.GetElapsedTime(Since));
        return byClock < passed ? byClock : passed;
    }
}

/// <summary>Hands allowed texts to the provider, some at a time, and withholds those that may not leave any more.</summary>
public sealed partial class HandOver(PortalDatabase database, SendingGate gate, ISmsGateway gateway, TimeProvider clock, ILogger<HandOver> logger)
{
    /// <summary>Calls to the provider at the same time; its answers, not our threads, are what takes long.</summary>
    private const int Parallelism = 16;

    private static readonly SendOutcome.Withheld Again = new(TimeSpan.Zero);

    private readonly LastLook _lastLook = new(database, clock, logger);

    /// <param name="cancellationToken">Ends waiting for a turn. A call that has begun is not cut off: that would be a text in doubt.</param>
    public async Task<IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)>> ExecuteAsync(IReadOnlyList<AllowedText> texts, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<(AllowedText, SendOutcome)>();
        var isRefused = false;
        await Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (text, _) =>
        {
            // What refused one text refuses all.
            var outcome = Volatile.Read(ref isRefused) ? Again : await ExecuteAsync(text, cancellationToken);
            gate.Leave(text.SubscriberId);
            if (outcome is SendOutcome.Stopped)
                Volatile.Write(ref isRefused, true);
            results.Add((text, outcome));
        });
        return results;
    }

    private async Task<SendOutcome> ExecuteAsync(AllowedText text, CancellationToken cancellationToken)
    {
        try
        {
            var wait = await gateway.WaitForTurnAsync(text.Time.Left(clock), cancellationToken);
            if (wait > TimeSpan.Zero)
                return new SendOutcome.Withheld(wait);
            // Asked for outside the gate, in which a withdrawal waits for us, and with nothing slow between here and the call.
            if (!await _lastLook.MayLeaveAsync(text, cancellationToken))
                return Again;
            // A process that was stalled past its time may find its text in other hands.
            if (text.Time.Left(clock) <= TimeSpan.Zero || !gate.TryPass(text.SubscriberId))
                return Again;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Again;
        }

        try
        {
            return await gateway.SendAsync(text.Outgoing, CancellationToken.None);
        }
        catch (Exception problem)
        {
            // One text must not take the outcomes of the others with it.
            LogFailed(logger, problem, text.MessageId);
            return new SendOutcome.Unconfirmed(UnconfirmedCause.Interrupted, "The call to the provider failed in the portal, so the text may or may not have left.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Handing over text {MessageId} failed; it is unconfirmed")]
    private static partial void LogFailed(ILogger logger, Exception problem, long messageId);
}
