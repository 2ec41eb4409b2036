using System.Collections.Concurrent;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// One body for each different text of a campaign. Texts with a first name in them are the same for many people, and what is
/// found in one is found once; safe on many threads, and let go when they become many.
/// </summary>
internal sealed class SharedBodies(CampaignLinks? links)
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, MessageBody> _bodies = new(StringComparer.Ordinal);
    private int _count;

    /// <param name="text">Merged; counted links are put in its body.</param>
    public MessageBody Of(string text)
    {
        if (_bodies.TryGetValue(text, out var known))
            return known;
        if (Interlocked.Increment(ref _count) > Most)
        {
            _bodies.Clear();
            _count = 0;
        }

        return _bodies.GetOrAdd(text, words => new MessageBody(links?.Shorten(words) ?? words));
    }
}
