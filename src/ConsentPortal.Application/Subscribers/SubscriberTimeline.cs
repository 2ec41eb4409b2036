using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Everything that happened to one person, from four ledgers, newest first; what is planned comes before what was.</summary>
public sealed class SubscriberTimeline(PortalDatabase database, SubscriberVault vault)
{
    public const int PageSize = 40;

    // Looking at a page is shown under "Access"; consent and texts are shown from their own ledgers, which say more.
    private static readonly string[] ShownElsewhere =
        [OpenSubscriber.Viewed, ViewPrivacyRequest.Viewed, OpenInbox.Viewed, "consent.granted", "consent.requested", "consent.confirmed", "consent.withdrawn", "consent.expired", "inbound.received"];

    /// <param name="sources">Which ledgers to read; empty means all.</param>
    /// <param name="after">Where the page before ended; null for the newest.</param>
    public async Task<TimelinePage> PageAsync(
        Actor actor, SubscriberId id, IReadOnlySet<TimelineSource> sources, TimelineCursor? after, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        // Records that went into this one are the same person: theirs is the same history, sealed with their own keys.
        var records = await db.Subscribers.AsNoTracking().Where(s => s.Id == id || s.MergedIntoId == id).Select(s => new { s.Id, s.WrappedKey })
            .ToDictionaryAsync(s => s.Id, s => s.WrappedKey, cancellationToken);
        var read = new Reading(db, vault, records, after);
        var entries = new List<TimelineEntry>();
        if (Wanted(TimelineSource.Consent))
            entries.AddRange(await read.ConsentAsync(cancellationToken));
        if (Wanted(TimelineSource.TextIn))
            entries.AddRange(await read.InboundAsync(cancellationToken));
        if (Wanted(TimelineSource.TextOut))
            entries.AddRange(await read.OutboundAsync(cancellationToken));
        if (Wanted(TimelineSource.Record))
            entries.AddRange(await read.RecordAsync(ShownElsewhere, cancellationToken));
        var page = entries.OrderByDescending(e => e.At).ThenBy(e => e.Source).ThenByDescending(e => e.Place.Id).Take(PageSize + 1).ToList();
        return new TimelinePage([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Place : null);

        bool Wanted(TimelineSource source) => sources.Count == 0 || sources.Contains(source);
    }

    /// <summary>One page's worth from each ledger: the merged page can't need more.</summary>
    private sealed class Reading(PortalDbContext db, SubscriberVault vault, IReadOnlyDictionary<SubscriberId, byte[]?> records, TimelineCursor? after)
    {
        private readonly List<SubscriberId> _ids = [.. records.Keys];

        public async Task<IReadOnlyList<TimelineEntry>> ConsentAsync(CancellationToken cancellationToken)
        {
            var (latest, olderThan) = Bounds(TimelineSource.Consent);
            var events = await (
                from e in db.ConsentEvents.AsNoTracking()
                where _ids.Contains(e.SubscriberId) && (e.At < latest || (e.At == latest && e.Id < olderThan))
                join purpose in db.Purposes on e.PurposeId equals purpose.Id
                join wording in db.Wordings on e.WordingId equals wording.Id into wordings
                from wording in wordings.DefaultIfEmpty()
                orderby e.At descending, e.Id descending
                select new { Event = e, Purpose = purpose.Name, Version = wording == null ? (int?)null : wording.Version, Language = wording == null ? null : wording.Language })
                .Take(PageSize + 1).ToListAsync(cancellationToken);
            var names = await ActorNames.OfAsync(db, events.Select(e => (e.Event.ActorKind, e.Event.ActorId)), cancellationToken);
            return
            [
                .. events.Select(e => new TimelineEntry.ConsentChanged(e.Event.Id, e.Event.At, e.Purpose, e.Event.Kind, e.Event.Channel, e.Version,
                    e.Language, e.Event.IsActOfPerson, names.Of(e.Event.ActorKind, e.Event.ActorId), e.Event.Reason)),
            ];
        }

        public async Task<IReadOnlyList<TimelineEntry>> InboundAsync(CancellationToken cancellationToken)
        {
            var (latest, olderThan) = Bounds(TimelineSource.TextIn);
            var texts = await db.InboundMessages.AsNoTracking()
                .Where(m => m.SubscriberId != null && _ids.Contains(m.SubscriberId.Value) && (m.ReceivedAt < latest || (m.ReceivedAt == latest && m.Id < olderThan)))
                .OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id)
                .Take(PageSize + 1).ToListAsync(cancellationToken);
            return
            [
                .. texts.Select(m => new TimelineEntry.TextReceived(
                    m.Id, m.ReceivedAt, Open(m.SubscriberId!.Value, m.BodySealed, SealedField.InboundBody), m.Action, m.Review)),
            ];
        }

        public async Task<IReadOnlyList<TimelineEntry>> OutboundAsync(CancellationToken cancellationToken)
        {
            var (latest, olderThan) = Bounds(TimelineSource.TextOut);
            var texts = await (
                from message in db.OutboundMessages.AsNoTracking()
                where _ids.Contains(message.SubscriberId)
                join purpose in db.Purposes on message.PurposeId equals purpose.Id
                join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
                from campaign in campaigns.DefaultIfEmpty()
                select new
                {
                    message.Id, message.SubscriberId, At = message.SentAt ?? message.FinalAt ?? message.DueAt, message.Kind, message.State, Purpose = purpose.Name,
                    message.CampaignId, Campaign = campaign == null ? null : campaign.Name, message.BodySealed, message.Parts, message.Reason, message.Rule,
                })
                .Where(m => m.At < latest || (m.At == latest && m.Id < olderThan))
                .OrderByDescending(m => m.At).ThenByDescending(m => m.Id)
                .Take(PageSize + 1).ToListAsync(cancellationToken);
            return
            [
                .. texts.Select(m => new TimelineEntry.TextSent(m.Id, m.At, m.Kind, m.State, m.Purpose, m.CampaignId, m.Campaign,
                    m.Kind == MessageKind.OneTimeCode ? null : Open(m.SubscriberId, m.BodySealed, SealedField.MessageBody), m.Parts, m.Reason, m.Rule)),
            ];
        }

        public async Task<IReadOnlyList<TimelineEntry>> RecordAsync(string[] except, CancellationToken cancellationToken)
        {
            var (latest, olderThan) = Bounds(TimelineSource.Record);
            var entries = await db.AuditEntries.AsNoTracking()
                .Where(e => e.SubscriberId != null && _ids.Contains(e.SubscriberId.Value) && !except.Contains(e.Action) && (e.At < latest || (e.At == latest && e.Id < olderThan)))
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
                .Take(PageSize + 1).ToListAsync(cancellationToken);
            var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
            return
            [
                .. entries.Select(e => new TimelineEntry.RecordChanged(
                    e.Id, e.At, e.Action, e.ObjectKind, e.ObjectId, names.Of(e.ActorKind, e.ActorId), ReasonOf(e))),
            ];
        }

        /// <summary>What follows the cursor in one ledger: older, or of the same instant with a smaller id.</summary>
        private (DateTimeOffset Latest, long OlderThan) Bounds(TimelineSource source) => after switch
        {
            null => (DateTimeOffset.MaxValue, 0),
            _ when source < after.Source => (after.At, 0),
            _ when source == after.Source => (after.At, after.Id),
            _ => (after.At, long.MaxValue),
        };

        private string? Open(SubscriberId id, byte[]? blob, SealedField field) => vault.OpenField(id, records.GetValueOrDefault(id), blob, field);

        private static string? ReasonOf(AuditEntry entry)
        {
            using var leaf = JsonDocument.Parse(entry.Leaf);
            return leaf.RootElement.GetProperty("reason").GetString();
        }
    }
}
