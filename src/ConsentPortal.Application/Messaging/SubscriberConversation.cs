using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>One text between a person and the portal.</summary>
/// <param name="Body">Null for an erased person, and for a text whose words were never kept.</param>
public abstract record ConversationText(long Id, DateTimeOffset At, string? Body)
{
    /// <param name="Taken">What it was taken for: optOut, optIn, confirm, help, review, none.</param>
    public sealed record In(long Id, DateTimeOffset At, string? Body, string Taken, string? Rule, ReviewState Review) : ConversationText(Id, At, Body);

    /// <param name="Steps">The receipts in the order in which they came.</param>
    public sealed record Out(
        long Id, DateTimeOffset At, string? Body, MessageKind Kind, MessageState State, string Purpose, CampaignId? CampaignId, string? Campaign,
        int? Parts, string? ErrorCode, IReadOnlyList<DeliveryStep> Steps) : ConversationText(Id, At, Body);
}

/// <param name="Status">As the provider says it: submitted, delivered, rejected, undeliverable.</param>
public sealed record DeliveryStep(string Status, DateTimeOffset At, string? ErrorCode);

/// <param name="Texts">Oldest first, as a conversation is read.</param>
/// <param name="Earlier">Pass as <c>before</c> for what came before; null at the beginning.</param>
public sealed record ConversationPage(IReadOnlyList<ConversationText> Texts, DateTimeOffset? Earlier);

/// <summary>The texts that reached or left a person, both ways, with what became of each.</summary>
public sealed class SubscriberConversation(PortalDatabase database, SubscriberVault vault)
{
    private const int PageSize = 50;

    /// <param name="before">Only texts older than this instant; null for the latest.</param>
    public async Task<ConversationPage> PageAsync(Actor actor, SubscriberId id, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var until = before ?? DateTimeOffset.MaxValue;
        await using var db = database.Open();
        var key = await db.Subscribers.AsNoTracking().Where(s => s.Id == id).Select(s => s.WrappedKey).FirstOrDefaultAsync(cancellationToken);
        var received = await db.InboundMessages.AsNoTracking()
            .Where(m => m.SubscriberId == id && m.ReceivedAt < until)
            .OrderByDescending(m => m.ReceivedAt).Take(PageSize + 1).ToListAsync(cancellationToken);
        var texts = received
            .Select(ConversationText (m) => new ConversationText.In(
                m.Id, m.ReceivedAt, vault.OpenField(id, key, m.BodySealed, SealedField.InboundBody), m.Action, m.Rule, m.Review))
            .Concat(await SentAsync(db, id, key, until, cancellationToken))
            .OrderByDescending(t => t.At).Take(PageSize + 1).ToList();
        var shown = texts.Take(PageSize).Reverse().ToList();
        return new ConversationPage(shown, texts.Count > PageSize ? shown[0].At : null);
    }

    private async Task<IEnumerable<ConversationText>> SentAsync(
        PortalDbContext db, SubscriberId id, byte[]? key, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sent = await (
            from message in db.OutboundMessages.AsNoTracking()
            where message.SubscriberId == id && message.SentAt != null && message.SentAt < until
            join purpose in db.Purposes on message.PurposeId equals purpose.Id
            join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
            from campaign in campaigns.DefaultIfEmpty()
            orderby message.SentAt descending
            select new { Message = message, Purpose = purpose.Name, Campaign = campaign == null ? null : campaign.Name })
            .Take(PageSize + 1).ToListAsync(cancellationToken);
        var ids = sent.Select(m => (long?)m.Message.Id).ToList();
        var receipts = (await db.ReceivedReceipts.AsNoTracking().Where(r => ids.Contains(r.MessageId)).OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(cancellationToken))
            .ToLookup(r => r.MessageId, r => new DeliveryStep(r.Status, r.At, r.ErrorCode));
        return sent.Select(m => new ConversationText.Out(
            m.Message.Id, m.Message.SentAt!.Value, BodyOf(id, key, m.Message), m.Message.Kind,
            m.Message.State, m.Purpose, m.Message.CampaignId, m.Campaign, m.Message.Parts, m.Message.ErrorCode, [.. receipts[m.Message.Id]]));
    }

    /// <summary>A code is for the holder of the number alone: staff who read it could act as them.</summary>
    private string? BodyOf(SubscriberId id, byte[]? key, OutboundMessage message) =>
        message.Kind == MessageKind.OneTimeCode ? null : vault.OpenField(id, key, message.BodySealed, SealedField.MessageBody);
}
