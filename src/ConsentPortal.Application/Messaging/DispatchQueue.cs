using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Which texts are due: answers to people first, then campaigns that are being sent, in fair shares.</summary>
public sealed class DispatchQueue(PortalDatabase database, TimeProvider clock)
{
    private static readonly MessageKind[] Answers =
        [MessageKind.OneTimeCode, MessageKind.OptOutConfirmation, MessageKind.HelpReply, MessageKind.OptInConfirmation, MessageKind.DoubleOptInPrompt, MessageKind.Transactional];

    private static readonly MessageState[] Waiting = [MessageState.Planned, MessageState.Deferred];

    /// <returns>Ids of rows that were due when asked; nothing is claimed yet.</returns>
    public async Task<IReadOnlyList<long>> NextAsync(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var due = await db.OutboundMessages.AsNoTracking()
            .Where(m => Answers.Contains(m.Kind) && Waiting.Contains(m.State) && m.DueAt <= now)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(count).Select(m => m.Id).ToListAsync(cancellationToken);
        if (due.Count == count)
            return due;
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => c.Status == CampaignStatus.Sending).OrderBy(c => c.StartAt)
            .Select(c => new { c.Id, c.TextsPerMinute, c.NextTextAt }).ToListAsync(cancellationToken);
        for (var i = 0; i < campaigns.Count && due.Count < count; i++)
        {
            var share = Math.Max(1, (count - due.Count) / (campaigns.Count - i));
            if (campaigns[i].TextsPerMinute is { } pace)
                share = Math.Min(share, new Pace(pace, campaigns[i].NextTextAt).RoomAt(now));
            foreach (var state in share == 0 ? [] : Waiting)
                due.AddRange(await OfCampaignAsync(db, campaigns[i].Id, state, now, share, cancellationToken));
        }

        return due.Count > count ? due[..count] : due;
    }

    private static Task<List<long>> OfCampaignAsync(
        PortalDbContext db, CampaignId campaign, MessageState state, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        db.OutboundMessages.AsNoTracking()
            .Where(m => m.CampaignId == campaign && m.State == state && m.DueAt <= now)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(count).Select(m => m.Id).ToListAsync(cancellationToken);
}
