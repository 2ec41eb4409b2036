using System.Collections.Concurrent;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Whose texts are about to be handed to the provider at this moment. A withdrawal calls back the one that still waits for
/// its turn and waits for the one that is on its way, inside its own transaction, so that nothing leaves after it is
/// committed: while it holds the database's pen, nothing new can be decided.
/// </summary>
public sealed class SendingGate
{
    // A provider that is silent for longer must not hold up a STOP.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<SubscriberId, Passage> _passages = new();

    /// <summary>Before the commit that says "sending".</summary>
    public void Enter(SubscriberId id) => _passages.TryAdd(id, new Passage());

    /// <summary>The last look before the text is handed over.</summary>
    /// <returns>False once a withdrawal has called it back: the text must not leave on the decision that it has.</returns>
    public bool TryPass(SubscriberId id) => _passages.TryGetValue(id, out var passage) && passage.TryBe(Stage.Passing);

    /// <summary>Once the provider has answered, or the text was not handed over.</summary>
    public void Leave(SubscriberId id)
    {
        if (_passages.TryRemove(id, out var passage))
            passage.Left.TrySetResult();
    }

    /// <summary>Returns when no text of this person can leave any more that was decided on before.</summary>
    public async Task WaitAsync(SubscriberId id, CancellationToken cancellationToken)
    {
        if (!_passages.TryGetValue(id, out var passage) || passage.TryBe(Stage.CalledBack))
            return;
        try
        {
            await passage.Left.Task.WaitAsync(LongestWait, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The text may have left already; whether it did stands in the ledger, and this withdrawal ends all others.
        }
    }

    private enum Stage
    {
        Waiting = 0,
        Passing = 1,
        CalledBack = 2,
    }

    /// <summary>One text between its decision and the provider's answer; of passing and being called back, the first wins.</summary>
    private sealed class Passage
    {
        private int _stage;

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <returns>Whether it is at this stage now; each text passes once.</returns>
        public bool TryBe(Stage stage)
        {
            var before = (Stage)Interlocked.CompareExchange(ref _stage, (int)stage, (int)Stage.Waiting);
            return before == Stage.Waiting || (before == stage && stage == Stage.CalledBack);
        }
    }
}
