using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;

namespace ConsentPortal.Application.Tests.Killed;

/// <summary>A provider that knows what it has taken, also from a process that is dead, and answers as it is told to; otherwise it takes the text.</summary>
internal sealed class RememberingProvider(IEnumerable<string> taken) : ForgetfulProvider
{
    private readonly HashSet<string> _taken = [.. taken];

    public IReadOnlySet<string> Taken => _taken.ToHashSet();

    /// <summary>The references of texts that came a second time.</summary>
    public List<string> Twice { get; } = [];

    /// <summary>How it answers to the next text.</summary>
    public Func<OutgoingText, Task<SendOutcome>>? Next { get; set; }

    public override async Task<SendOutcome> SendAsync(OutgoingText text, CancellationToken cancellationToken)
    {
        var next = Next;
        Next = null;
        var outcome = next is null ? new SendOutcome.Accepted([Guid.CreateVersion7().ToString()], Parts: 1) : await next(text);
        if (outcome is SendOutcome.Accepted or SendOutcome.Unconfirmed && !_taken.Add(text.ClientRef))
            Twice.Add(text.ClientRef);
        return outcome;
    }
}
