using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Stops what would fail text after text because of our settings, registration or account, and not because of the numbers: the campaign, or all sending where
/// the account itself is refused. Asked in the transaction that writes such a failure, so that few people's texts are lost to it.
/// </summary>
internal static class SettingsAtFault
{
    /// <summary>Equal failures among the latest <see cref="Latest"/> that are no accident any more.</summary>
    public const int Enough = 10;

    private const int Latest = 20;

    /// <summary>While more than this were delivered between them, most texts pass: a single country or network is refused.</summary>
    private const int MostDelivered = 40;

    /// <summary>Begins the reason of a campaign that was paused here.</summary>
    internal const string Because = "The provider refuses its texts";

    /// <summary>Older failures are of another day's settings.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly Actor Guard = Actor.Job("provider-refusals");

    /// <summary>The provider refuses texts of this kind: after some, their campaign is paused until a person has put it right.</summary>
    /// <param name="message">With its failure written.</param>
    /// <param name="meaning">What the code means, in a few words; null where nobody knows.</param>
    public static async Task PauseAsync(PortalDbContext db, OutboundMessage message, string? code, string? meaning, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (code is null || message.CampaignId is not { } id || await db.Campaigns.FindAsync([id], cancellationToken) is not { Status: CampaignStatus.Sending or CampaignStatus.Preparing } campaign)
            return;
        var since = campaign.CountedFrom is { } from && from > now - Window ? from : now - Window;
        if (!await IsCommonAsync(db.OutboundMessages.Where(m => m.CampaignId == id), code, since, cancellationToken))
            return;
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{Because}: {Said(code, meaning)}. At least {Enough} of the latest failed so, and they are not sent again. Put it right, then let the campaign go on.");
        if (!campaign.Pause(sentence).IsSuccess)
            return;
        campaign.Touch(now);
        db.AuditCampaign(Guard, now, campaign, "campaign.pausedByRefusals", sentence, after: new Dictionary<string, object?> { ["code"] = code, ["text"] = message.ClientRef });
        // The next failure of the same batch finds it paused.
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The provider takes texts and lets them fail because of the account: after some, nothing leaves until a person says so.</summary>
    public static async Task HoldAsync(PortalDbContext db, string? code, string? meaning, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (code is null || await SendingStopNotice.FindAsync(db, cancellationToken) is { IsHeld: true })
            return;
        var since = await SendingStopNotice.LetGoAtAsync(db, cancellationToken) is { } letGo && letGo > now - Window ? letGo : now - Window;
        if (!await IsCommonAsync(db.OutboundMessages, code, since, cancellationToken))
            return;
        await SendingStopNotice.HoldAsync(db, Guard, code,
            $"The provider takes texts and then lets every one fail ({Said(code, meaning)}). Sending is stopped and every text that waits is kept. Put it right with the provider, try it with a test text, then choose \"Send again\".",
            now, cancellationToken);
    }

    private static string Said(string code, string? meaning) => meaning is null ? $"code {code}" : $"{meaning}, code {code}";

    private static async Task<bool> IsCommonAsync(IQueryable<OutboundMessage> texts, string code, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // By when they were due, which is about the order in which they left and what the index is in.
        var failed = await texts.AsNoTracking().Where(m => m.State == MessageState.Failed && (m.SentAt ?? m.FinalAt) > since)
            .OrderByDescending(m => m.DueAt).ThenByDescending(m => m.Id).Take(Latest).Select(m => new { m.Id, m.DueAt, m.ErrorCode }).ToListAsync(cancellationToken);
        var equal = failed.FindAll(m => m.ErrorCode == code);
        if (equal.Count < Enough)
            return false;
        var first = equal[Enough - 1];
        return await texts.Where(m => m.State == MessageState.Delivered && (m.DueAt > first.DueAt || (m.DueAt == first.DueAt && m.Id > first.Id)))
            .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(MostDelivered + 1).CountAsync(cancellationToken) <= MostDelivered;
    }
}
