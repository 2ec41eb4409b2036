using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>What people have started themselves after a text of theirs that is read only now: the later act is what they want.</summary>
internal static class StartedSince
{
    private static readonly string[] Starts = ["optIn", "confirm"];

    private static readonly ConsentEventKind[] Beginnings = [ConsentEventKind.Requested, ConsentEventKind.Granted, ConsentEventKind.Confirmed, ConsentEventKind.Renewed];

    private static readonly ConsentChannel[] OwnChannels = [ConsentChannel.Keyword, ConsentChannel.PreferenceCentre];

    /// <param name="people">Those whose number it is.</param>
    /// <param name="at">When the text came that is read now (UTC).</param>
    public static async Task<IReadOnlyCollection<PurposeId>> FindAsync(
        PortalDbContext db, byte[] fromHash, IReadOnlyList<Subscriber> people, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ids = people.Select(p => p.Id).ToList();
        var events = await db.ConsentEvents.AsNoTracking()
            .Where(e => ids.Contains(e.SubscriberId) && e.IsActOfPerson && e.At > at && Beginnings.Contains(e.Kind) && OwnChannels.Contains(e.Channel))
            .Select(e => new { e.PurposeId, e.InboundProviderId }).ToListAsync(cancellationToken);
        var texts = await db.InboundMessages.AsNoTracking().Where(m => m.FromHash == fromHash && m.ReceivedAt > at && Starts.Contains(m.Action))
            .Select(m => new { m.ProviderMessageId, m.To }).ToListAsync(cancellationToken);
        var started = events.Select(e => e.PurposeId).ToHashSet();
        // A START while everything is agreed to begins nothing, and says all the same that it shall go on.
        var senders = texts.Where(m => events.TrueForAll(e => e.InboundProviderId != m.ProviderMessageId)).Select(m => m.To.TrimStart('+')).ToList();
        senders.AddRange([.. senders.Select(bare => "+" + bare)]);
        started.UnionWith(await db.Purposes
            .Where(p => senders.Contains(p.Sender)
                && (p.MessageClass == MessageClass.Transactional || db.ConsentRecords.Any(r => r.PurposeId == p.Id && r.Status == ConsentStatus.Granted && ids.Contains(r.SubscriberId))))
            .Select(p => p.Id).ToListAsync(cancellationToken));
        return started;
    }
}
