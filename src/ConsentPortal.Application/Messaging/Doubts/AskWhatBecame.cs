using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Doubts;

/// <param name="Asked">Texts that the provider's records were asked about.</param>
/// <param name="Known">Of them those whose records said something.</param>
/// <param name="Left">Texts that no receipt has come of still.</param>
public sealed record BecameKnown(int Asked, int Known, int Left);

/// <summary>
/// Asks the provider's records what became of texts that it took and of which no receipt has come, as when its webhooks did not reach the portal for a while. It has
/// named each by an id of its own, so that twenty are one question, whatever number they went to. A record counts like a receipt.
/// </summary>
public sealed class AskWhatBecame(PortalDatabase database, ReceiveDeliveryReceipt receive, ISmsGateway gateway, TimeProvider clock)
{
    /// <summary>At once: each question is charged.</summary>
    public const int Most = 400;

    /// <summary>Receipts come within minutes; what is still silent after this has probably lost its own.</summary>
    public static readonly TimeSpan After = TimeSpan.FromHours(1);

    /// <summary>A text that was asked about is left out for so long: the provider does not know more of it either.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    private const int IdsAtOnce = 20;

    /// <returns>Texts of the campaign that were taken more than an hour ago and of which nothing was heard.</returns>
    public async Task<int> CountAsync(Actor actor, CampaignId campaign, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        return await Silent(db, campaign).CountAsync(cancellationToken);
    }

    public async Task<Result<BecameKnown>> ExecuteAsync(Actor actor, CampaignId campaign, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        if (!gateway.HasAccount)
            return new NoAccountForRecords();
        var texts = await NextAsync(campaign, cancellationToken);
        if (texts.Count == 0)
            return new NothingToAsk();
        var (asked, known, silence) = (0, 0, (Failure?)null);
        foreach (var some in texts.Chunk(IdsAtOnce))
        {
            var found = await gateway.FindByIdAsync([.. some.Select(t => t.ProviderId)], cancellationToken);
            if (!found.TryGet(out var records, out silence))
                break;
            asked += some.Length;
            // Paid for and told: what was learned is kept although the asker has left.
            known += await TakeAsync(actor, some, records);
        }

        await RecordAsync(actor, campaign, asked, known);
        return asked == 0 && silence is not null ? silence : new BecameKnown(asked, known, await CountAsync(actor, campaign, CancellationToken.None));
    }

    private async Task<List<Taken>> NextAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Lately;
        await using var db = database.Open();
        return await Silent(db, campaign).Where(m => m.ProviderMessageId != null && !db.ReceivedReceipts.Any(r => r.MessageId == m.Id && r.ReceivedAt > since && r.DedupeKey.StartsWith(ProviderRecordReceipt.Key)))
            .OrderBy(m => m.Id).Take(Most).Select(m => new Taken(m.ProviderMessageId!, m.ClientRef)).ToListAsync(cancellationToken);
    }

    private IQueryable<OutboundMessage> Silent(PortalDbContext db, CampaignId campaign)
    {
        var before = clock.GetUtcNow() - After;
        return db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == campaign && m.State == MessageState.Accepted && m.SentAt < before);
    }

    private async Task<int> TakeAsync(Actor actor, Taken[] asked, IReadOnlyList<ProviderRecord> records)
    {
        var references = asked.ToDictionary(t => t.ProviderId, t => t.ClientRef, StringComparer.Ordinal);
        var known = 0;
        foreach (var record in records)
        {
            if (!references.TryGetValue(record.ProviderMessageId, out var reference))
                continue;
            await receive.ExecuteAsync(actor, ProviderRecordReceipt.Of(record, reference, clock.GetUtcNow()), CancellationToken.None);
            known++;
        }

        return known;
    }

    private Task RecordAsync(Actor actor, CampaignId campaign, int asked, int known) => database.WriteAsync(
        db =>
        {
            db.Audit(actor, clock.GetUtcNow(), new AuditFact("text.recordsAsked", "campaign", campaign.ToString(), After: new Dictionary<string, object?> { ["texts"] = asked, ["known"] = known }));
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private sealed record Taken(string ProviderId, string ClientRef);
}

/// <summary>What a record of the provider says, as the receipt that would have said it.</summary>
internal static class ProviderRecordReceipt
{
    /// <summary>Begins the key of what was learned from records.</summary>
    public const string Key = "lookup:";

    public static DeliveryReceipt Of(ProviderRecord record, string clientRef, DateTimeOffset now) => new(
        record.ProviderMessageId, clientRef, record.Status, record.ErrorCode, record.ErrorClass, now, Parts: null, record.Price,
        $"{Key}{record.ProviderMessageId}:{record.Status}:{record.ErrorCode}") { IsOfPart = record.IsOfPart };
}

public sealed record NoAccountForRecords() : Failure("The portal has no account at the provider, so there is nobody to ask. Nothing was changed; set up section Vonage of the settings.");

public sealed record NothingToAsk() : Failure("No text of this campaign waits for a receipt that was not asked about in the last day. Nobody was asked.");
