using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>A person's texts both ways with their words, and the texts that were planned and not sent, with the rule that stopped them.</summary>
internal sealed class PersonTextReader(PortalDbContext db, SubscriberVault vault, IReadOnlyList<PersonRecord> records)
{
    /// <summary>As data.json says it.</summary>
    internal const string FromPerson = "fromPerson";

    private readonly List<SubscriberId> _ids = [.. records.Select(r => r.Row.Id)];

    public async Task<IReadOnlyList<PersonText>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await ReceivedAsync(cancellationToken)).Concat(await PlannedAsync(cancellationToken)).OrderBy(t => t.At)];

    private async Task<IEnumerable<PersonText>> ReceivedAsync(CancellationToken cancellationToken)
    {
        var texts = await db.InboundMessages.AsNoTracking().Where(m => m.SubscriberId != null && _ids.Contains(m.SubscriberId.Value)).OrderBy(m => m.Id).ToListAsync(cancellationToken);
        return texts.Select(m => new PersonText(
            FromPerson, m.ReceivedAt, Open(m.SubscriberId, m.BodySealed, SealedField.InboundBody), m.Action, null, null, "received", null, null, m.Rule, null, null)
        {
            Key = PersonDataReader.Key("in", m.Id),
        });
    }

    private async Task<IEnumerable<PersonText>> PlannedAsync(CancellationToken cancellationToken)
    {
        var texts = await (
            from message in db.OutboundMessages.AsNoTracking()
            where _ids.Contains(message.SubscriberId)
            join purpose in db.Purposes on message.PurposeId equals purpose.Id
            join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
            from campaign in campaigns.DefaultIfEmpty()
            orderby message.Id
            select new { Message = message, Purpose = purpose.Name, Campaign = campaign == null ? null : campaign.Name }).ToListAsync(cancellationToken);
        return texts.Select(t => new PersonText(
            "toPerson", t.Message.SentAt ?? t.Message.DecidedAt ?? t.Message.PlannedAt,
            Open(t.Message.SubscriberId, t.Message.BodySealed, SealedField.MessageBody), PersonDataReader.Word(t.Message.Kind), t.Purpose, t.Campaign,
            PersonDataReader.Word(t.Message.State), t.Message.DecisionKind is { } kind ? PersonDataReader.Word((DecisionKind)kind) : null, t.Message.Reason, t.Message.Rule,
            t.Message.PolicyVersion, t.Message.ConsentEventId)
        {
            Key = PersonDataReader.Key("out", t.Message.Id),
        });
    }

    private string? Open(SubscriberId? holder, byte[]? blob, SealedField field)
    {
        var record = records.First(r => r.Row.Id == holder).Row;
        return vault.OpenField(record.Id, record.WrappedKey, blob, field);
    }
}
