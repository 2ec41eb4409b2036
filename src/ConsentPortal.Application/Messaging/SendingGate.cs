using System.Collections.Concurrent;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Whose texts are being handed to the provider at this moment. A withdrawal waits for the one that is on its way, inside
/// its own transaction, so that nothing leaves after it is committed: while it holds the database's pen, nothing new can
/// be decided.
/// </summary>
public sealed class SendingGate
{
    // A provider that is silent for longer must not hold up a STOP.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SubscriberId, TaskCompletionSource> _underWay = new();

    /// <summary>Before the commit that says "sending".</summary>
    public void Enter(SubscriberId id) => _underWay.TryAdd(id, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Once the provider has answered, or the commit did not happen.</summary>
    public void Leave(SubscriberId id)
    {
        if (_underWay.TryRemove(id, out var waiting))
            waiting.TrySetResult();
    }

    public async Task WaitAsync(SubscriberId id, CancellationToken cancellationToken)
    {
        if (!_underWay.TryGetValue(id, out var waiting))
            return;
        try
        {
            await waiting.Task.WaitAsync(LongestWait, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The text may have left already; whether it did stands in the ledger, and this withdrawal ends all others.
        }
    }
}
