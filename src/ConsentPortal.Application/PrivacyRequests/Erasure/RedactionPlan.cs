using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Notes, in the transaction of an erasure, every text that the provider has to erase too.</summary>
internal static class RedactionPlan
{
    /// <summary>Adds what is not planned yet; a second erasure of the same request adds nothing.</summary>
    public static async Task AddAsync(PortalDbContext db, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.SubscriberId is not { } subject)
            return;
        var people = await db.Subscribers.Where(s => s.Id == subject || s.MergedIntoId == subject).Select(s => s.Id).ToListAsync(cancellationToken);
        var sent = await db.OutboundMessages.AsNoTracking().Where(m => people.Contains(m.SubscriberId) && m.ProviderMessageId != null).OrderBy(m => m.Id)
            .Select(m => new { Id = m.ProviderMessageId!, At = m.SentAt ?? m.PlannedAt }).ToListAsync(cancellationToken);
        // A long text of the older API has an id for each part, and the row names the first. The provider overwrites one part for each question.
        var sentParts = await (
            from message in db.OutboundMessages.AsNoTracking()
            where people.Contains(message.SubscriberId)
            join part in db.SentParts on message.Id equals part.MessageId
            orderby message.Id, part.ProviderMessageId
            select new { Id = part.ProviderMessageId, At = message.SentAt ?? message.PlannedAt }).ToListAsync(cancellationToken);
        // Receipts of texts from before the answer's ids were kept.
        var told = await (
            from message in db.OutboundMessages.AsNoTracking()
            where people.Contains(message.SubscriberId)
            join receipt in db.ReceivedReceipts on message.Id equals receipt.MessageId
            orderby receipt.Id
            select new { Id = receipt.ProviderMessageId, At = message.SentAt ?? message.PlannedAt }).ToListAsync(cancellationToken);
        var received = await db.InboundMessages.AsNoTracking().Where(m => m.SubscriberId != null && people.Contains(m.SubscriberId.Value)).OrderBy(m => m.Id)
            .Select(m => new { Id = m.ProviderMessageId, At = m.ReceivedAt }).ToListAsync(cancellationToken);
        // The whole of a long text has the id of one of its parts; the provider holds each.
        var parts = await db.ReceivedParts.AsNoTracking().Where(p => people.Contains(p.SubscriberId)).OrderBy(p => p.Id)
            .Select(p => new { Id = p.ProviderMessageId, At = p.ReceivedAt }).ToListAsync(cancellationToken);
        var known = (await db.ProviderRedactions.Where(r => r.RequestId == request.Id).Select(r => r.ProviderMessageId).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var latest = sent.Concat(sentParts).Concat(told).Concat(received).Concat(parts).Select(t => t.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var first = latest > now - RedactionPauses.AfterLastText ? latest + RedactionPauses.AfterLastText : now;
        Add(MessageDirection.Outbound, sent.Concat(sentParts).Concat(told).Select(t => t.Id));
        Add(MessageDirection.Inbound, received.Concat(parts).Select(t => t.Id));

        void Add(MessageDirection direction, IEnumerable<string> ids) => db.ProviderRedactions.AddRange(
            ids.Where(known.Add).Select(id => new ProviderRedaction { RequestId = request.Id, ProviderMessageId = id, Direction = direction, NextAt = first }));
    }

    /// <summary>
    /// Plans a text whose id the provider tells only after its person was erased: it was on its way, or nobody knew whether it had
    /// left. Call it in the transaction that stores the id.
    /// </summary>
    public static async Task AddLateAsync(
        PortalDbContext db, Actor actor, SubscriberId person, IReadOnlyCollection<string> messageIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await (
            from erased in db.Subscribers
            where erased.Id == person && erased.ErasedAt != null
            from r in db.PrivacyRequests
            where r.Kind == PrivacyRequestKind.Erasure && r.SubscriberId != null && (r.SubscriberId == erased.Id || r.SubscriberId == erased.MergedIntoId)
                && (r.Status == PrivacyRequestStatus.Executing || r.Status == PrivacyRequestStatus.Failed
                    || r.Status == PrivacyRequestStatus.Replying || r.Status == PrivacyRequestStatus.Completed)
            orderby r.Number descending
            select (PrivacyRequestId?)r.Id).FirstOrDefaultAsync(cancellationToken);
        if (request is not { } id)
            return;
        var known = await db.ProviderRedactions.Where(r => r.RequestId == id && messageIds.Contains(r.ProviderMessageId)).Select(r => r.ProviderMessageId).ToListAsync(cancellationToken);
        var late = messageIds.Except(known, StringComparer.Ordinal).ToList();
        if (late.Count == 0)
            return;
        db.ProviderRedactions.AddRange(late.Select(text => new ProviderRedaction
        {
            RequestId = id, ProviderMessageId = text, Direction = MessageDirection.Outbound, NextAt = now + RedactionPauses.AfterLastText,
        }));
        RequestChange.Add(db, actor, id, now, RequestEntryKinds.Step, "A text that was on its way when the data was erased has reached the SMS provider, which is asked to erase it.");
    }
}
