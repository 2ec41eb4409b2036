using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>One person's page: who they are, masked, and where they stand.</summary>
public sealed class SubscriberDetail(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    /// <returns>Also for an erased person: what is left then are dates, statuses and the stops of their number.</returns>
    public async Task<Result<SubscriberDetails>> GetAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var subscriber = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (subscriber is null)
            return new SubscriberNotFound();
        var opened = vault.Open(subscriber);
        return new SubscriberDetails(
            subscriber.Id, opened?.Phone.ToString(), subscriber.Region, subscriber.LineType, subscriber.NumberState,
            opened?.Profile ?? SubscriberProfile.Empty, subscriber.Source, subscriber.Language,
            new SubscriberPlace(subscriber.DeclaredRegion, subscriber.DeclaredState, subscriber.DeclaredZone),
            subscriber.Frequency, subscriber.PausedUntil, subscriber.IsRestricted,
            new SubscriberDates(subscriber.CreatedAt, subscriber.UpdatedAt, subscriber.LastTextAt, subscriber.LastEngagedAt, subscriber.ErasedAt, subscriber.ImportBatchId),
            subscriber.Version, ZonesOf(subscriber, opened),
            await new PersonConsents(db, vault, subscriber).ReadAsync(now, cancellationToken),
            await SuppressionsAsync(db, subscriber, cancellationToken),
            await AttributesAsync(db, id, cancellationToken),
            await RequestsAsync(db, id, cancellationToken))
        {
            NetworkCode = subscriber.NetworkCode, Papers = await PersonDocuments.NamesAsync(db, vault, id, cancellationToken),
        };
    }

    internal static IReadOnlyList<string> ZonesOf(Subscriber subscriber, OpenedSubscriber? opened) =>
        subscriber.DeclaredZone is { } declared ? [declared]
        : opened is null ? []
        : Recipient.Of(opened.Phone).Zones;

    private static async Task<IReadOnlyList<ActiveSuppression>> SuppressionsAsync(PortalDbContext db, Subscriber subscriber, CancellationToken cancellationToken)
    {
        if (subscriber.PhoneHash is not { } hash)
            return [];
        return await (
            from suppression in db.Suppressions.AsNoTracking()
            where suppression.PhoneHash == hash && suppression.LiftedAt == null
            join purpose in db.Purposes on suppression.PurposeId equals purpose.Id into purposes
            from purpose in purposes.DefaultIfEmpty()
            orderby suppression.At descending, suppression.Id descending
            select new ActiveSuppression(
                suppression.Scope, purpose == null ? null : purpose.Name, suppression.Sender, suppression.Source, suppression.Reason, suppression.At))
            .ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<AttributeValue>> AttributesAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        await (
            from value in db.SubscriberAttributes.AsNoTracking()
            where value.SubscriberId == id
            join definition in db.AttributeDefinitions on value.AttributeId equals definition.Id
            orderby definition.Name
            select new AttributeValue(definition.Name, definition.Type, definition.IsSensitive, value.Text, value.Number, value.Date))
            .ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<RequestSummary>> RequestsAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken) =>
        await db.PrivacyRequests.AsNoTracking().Where(r => r.SubscriberId == id)
            .OrderByDescending(r => r.Number)
            .Select(r => new RequestSummary(r.Id, r.Number, r.Kind, r.Status, r.ReceivedAt, r.DueOn, r.CompletedAt))
            .ToListAsync(cancellationToken);
}
