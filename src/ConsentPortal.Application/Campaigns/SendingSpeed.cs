using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>How fast the texts of a campaign leave, and what is still to come.</summary>
/// <param name="LastMinute">Texts that left in the minute before.</param>
/// <param name="Ready">Texts whose time has come.</param>
/// <param name="Later">Texts that wait for theirs, and the time of the last of them.</param>
public sealed record SendingSpeed(int LastMinute, int Ready, int Later, DateTimeOffset? LastDueAt)
{
    internal static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public double PerSecond => LastMinute / Minute.TotalSeconds;

    /// <summary>When the last text leaves if it goes on like this.</summary>
    /// <returns>Null where texts could leave and none did, so that nothing can be said.</returns>
    public DateTimeOffset? EndsAt(DateTimeOffset now)
    {
        if (Ready > 0 && LastMinute == 0)
            return null;
        var ready = Ready == 0 ? now : now + Minute * Ready / LastMinute;
        return LastDueAt > ready ? LastDueAt : ready;
    }

    /// <param name="texts">All of one campaign.</param>
    internal static async Task<SendingSpeed> ReadAsync(IQueryable<OutboundMessage> texts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Minute;
        var left = await texts.CountAsync(m => m.SentAt > since, cancellationToken);
        var waiting = texts.Where(m => m.State == MessageState.Planned || m.State == MessageState.Deferred);
        var ready = await waiting.CountAsync(m => m.DueAt <= now, cancellationToken);
        var later = await waiting.Where(m => m.DueAt > now).GroupBy(m => m.CampaignId).Select(g => new { Count = g.Count(), Last = g.Max(m => m.DueAt) }).FirstOrDefaultAsync(cancellationToken);
        return new SendingSpeed(left, ready, later?.Count ?? 0, later?.Last);
    }
}
