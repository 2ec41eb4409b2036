using System.Collections.Concurrent;
using System.Data.Common;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
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

    // A batch that took longer would still be on its way when its lease is half over.
    private static readonly TimeSpan LongestStretch = TimeSpan.FromSeconds(5);

    // After "too fast" the account is asked half as often for a while.
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(10);

    private readonly LastLook _lastLook = new(database, clock, logger);
    private long? _toldTooFast;

    /// <summary>How many texts the provider takes in a stretch that leaves time for their answers.</summary>
    public int MostAtOnce => gateway.RequestsPerSecond is var rate and > 0 ? Math.Max(1, (int)(rate * LongestStretch.TotalSeconds)) : int.MaxValue;

    /// <param name="cancellationToken">Ends waiting for a turn. A call that has begun is not cut off: that would be a text in doubt.</param>
    public async Task<IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)>> ExecuteAsync(IReadOnlyList<AllowedText> texts, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<(AllowedText, SendOutcome)>();
        var isRefused = false;
        using var turns = Turns(texts);
        await Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (text, _) =>
        {
            // What refused one text refuses all.
            var outcome = Volatile.Read(ref isRefused) ? Again : await ExecuteAsync(text, turns, cancellationToken);
            gate.Leave(text.SubscriberId);
            if (outcome is SendOutcome.Stopped)
                Volatile.Write(ref isRefused, true);
            results.Add((text, outcome));
        });
        await HoldAsync(texts, results.Select(r => r.Item2).OfType<SendOutcome.Throttled>());
        return results;
    }

    /// <returns>Null where the account has no limit.</returns>
    private BatchTurns? Turns(IReadOnlyList<AllowedText> texts)
    {
        if (texts.Count == 0 || gateway.RequestsPerSecond is not (var rate and > 0))
            return null;
        var careful = _toldTooFast is { } at && clock.GetElapsedTime(at) < SlowTime ? Math.Max(1, rate / 2) : rate;
        return new BatchTurns(database, texts[0].SendingBy, texts.Count, careful, clock);
    }

    /// <summary>What one process hears holds for all.</summary>
    private async Task HoldAsync(IReadOnlyList<AllowedText> texts, IEnumerable<SendOutcome.Throttled> throttled)
    {
        if (gateway.RequestsPerSecond == 0 || throttled.MaxBy(t => t.RetryAfter) is not { } longest)
            return;
        var now = clock.GetUtcNow();
        _toldTooFast = clock.GetTimestamp();
        try
        {
            await ProviderTime.HoldAsync(database, texts[0].SendingBy, now + longest.RetryAfter, now, CancellationToken.None);
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            LogNotShared(logger, problem);
        }
    }

    private async Task<SendOutcome> ExecuteAsync(AllowedText text, BatchTurns? turns, CancellationToken cancellationToken)
    {
        try
        {
            var wait = await WaitForTurnAsync(text, turns, cancellationToken);
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

    /// <summary>
    /// Its text is committed as Sending, so it must have an outcome: where no time of the account could be leased, the pace of this process alone holds, and the
    /// provider says so if that was too fast.
    /// </summary>
    private async Task<TimeSpan> WaitForTurnAsync(AllowedText text, BatchTurns? turns, CancellationToken cancellationToken)
    {
        try
        {
            if (turns is not null && await turns.WaitAsync(() => text.Time.Left(clock), cancellationToken) is var ahead && ahead > TimeSpan.Zero)
                return ahead;
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            LogNotShared(logger, problem);
        }

        return await gateway.WaitForTurnAsync(turns is { IsLeased: true }, text.Time.Left(clock), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account's time could not be shared with the other processes; the rest of this batch keeps the pace of this one alone")]
    private static partial void LogNotShared(ILogger logger, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handing over text {MessageId} failed; it is unconfirmed")]
    private static partial void LogFailed(ILogger logger, Exception problem, long messageId);
}
