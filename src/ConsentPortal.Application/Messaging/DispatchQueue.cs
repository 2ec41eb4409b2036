using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Which texts are due: answers to people first, then campaigns that are being sent, in fair shares. No campaign waits for another one to end, and no text that
/// was deferred waits for all that have not been looked at yet.
/// </summary>
public sealed class DispatchQueue(PortalDatabase database, TimeProvider clock)
{
    private static readonly MessageKind[] Answers =
        [MessageKind.OneTimeCode, MessageKind.OptOutConfirmation, MessageKind.HelpReply, MessageKind.OptInConfirmation, MessageKind.DoubleOptInPrompt, MessageKind.Transactional];

    private static readonly MessageState[] Waiting = [MessageState.Planned, MessageState.Deferred];

    private uint _turn;

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
        var campaigns = await (
            from campaign in db.Campaigns.AsNoTracking()
            join purpose in db.Purposes.AsNoTracking() on campaign.PurposeId equals purpose.Id
            where campaign.Status == CampaignStatus.Sending
            orderby campaign.StartAt, campaign.Id
            select new { campaign.Id, campaign.TextsPerMinute, campaign.NextTextAt, purpose.Sender }).ToListAsync(cancellationToken);
        if (campaigns.Count == 0)
            return due;
        var room = await SendingBudget.RoomAsync(db, now, cancellationToken);
        // Another one is the first each time: what does not come out even, or too many campaigns for one batch, always strike somebody else.
        var first = (int)(_turn++ % (uint)campaigns.Count);
        for (var i = 0; i < campaigns.Count && due.Count < count; i++)
        {
            var campaign = campaigns[(first + i) % campaigns.Count];
            var share = Math.Min(Math.Max(1, (count - due.Count) / (campaigns.Count - i)), room.GetValueOrDefault(campaign.Sender, int.MaxValue));
            if (campaign.TextsPerMinute is { } pace)
                share = Math.Min(share, new Pace(pace, campaign.NextTextAt).RoomAt(now));
            if (share > 0)
                due.AddRange(await OfCampaignAsync(db, campaign.Id, now, share, cancellationToken));
        }

        return due;
    }

    /// <summary>Half of what is taken has been deferred before, as far as there is so much: its hours may end before all others were looked at.</summary>
    private static async Task<IEnumerable<long>> OfCampaignAsync(PortalDbContext db, CampaignId campaign, DateTimeOffset now, int share, CancellationToken cancellationToken)
    {
        var deferred = await OfStateAsync(db, campaign, MessageState.Deferred, now, share, cancellationToken);
        var planned = await OfStateAsync(db, campaign, MessageState.Planned, now, share, cancellationToken);
        var again = Math.Min(deferred.Count, Math.Max(share - planned.Count, share / 2));
        return deferred.Take(again).Concat(planned.Take(share - again));
    }

    private static Task<List<long>> OfStateAsync(
        PortalDbContext db, CampaignId campaign, MessageState state, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        db.OutboundMessages.AsNoTracking()
            .Where(m => m.CampaignId == campaign && m.State == state && m.DueAt <= now)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(count).Select(m => m.Id).ToListAsync(cancellationToken);
}
