using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Which texts the inbox shows; a state of its own for "all of them" is null.</summary>
/// <param name="Page">From 0.</param>
public sealed record InboxQuery(ReviewState? Review = ReviewState.Waiting, int Page = 0);

/// <param name="SubscriberId">Null when nobody is known under the sender's number.</param>
/// <param name="Body">Null when the words can't be read: an erased person, or a sender whom nobody knows.</param>
/// <param name="Taken">What the matcher took it for: optOut, optIn, confirm, help, review, none.</param>
public sealed record InboxRow(
    long Id,
    SubscriberId? SubscriberId,
    string? MaskedPhone,
    string? Name,
    string? Region,
    string? Body,
    DateTimeOffset ReceivedAt,
    string Taken,
    string? Tier,
    string? Rule,
    ReviewState Review,
    DateTimeOffset? ReviewedAt,
    string? ReviewedBy);

/// <param name="ToCheck">Texts that were acted on and at which somebody should look.</param>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, int Total, int Waiting, int ToCheck);

/// <summary>Texts from handsets; those that no rule could read wait for a person, oldest first.</summary>
public sealed class InboxList(PortalDatabase database, SubscriberVault vault)
{
    public const int PageSize = 50;

    public async Task<InboxPage> PageAsync(Actor actor, InboxQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReviewInbox);
        await using var db = database.Open();
        var waiting = await db.InboundMessages.CountAsync(m => m.Review == ReviewState.Waiting, cancellationToken);
        var toCheck = await db.InboundMessages.CountAsync(m => m.Review == ReviewState.ToCheck, cancellationToken);
        var matching = query.Review is { } review ? db.InboundMessages.Where(m => m.Review == review) : db.InboundMessages;
        var total = query.Review == ReviewState.Waiting ? waiting : await matching.CountAsync(cancellationToken);
        var ordered = query.Review is ReviewState.Waiting or ReviewState.ToCheck
            ? matching.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id)
            : matching.OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id);
        var texts = await ordered.AsNoTracking().Skip(Math.Max(0, query.Page) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new InboxPage(await RowsAsync(db, texts, cancellationToken), total, waiting, toCheck);
    }

    private async Task<IReadOnlyList<InboxRow>> RowsAsync(PortalDbContext db, List<InboundMessage> texts, CancellationToken cancellationToken)
    {
        var ids = texts.Select(m => m.SubscriberId).OfType<SubscriberId>().Distinct().ToList();
        var people = await db.Subscribers.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
        var names = await ActorNames.OfAsync(db, texts.Where(m => m.ReviewedById is not null).Select(m => (ActorKind.Staff, m.ReviewedById.ToString()!)), cancellationToken);
        return [.. texts.Select(m => Row(m, m.SubscriberId is { } id ? people.GetValueOrDefault(id) : null, names))];
    }

    private InboxRow Row(InboundMessage text, Subscriber? sender, ActorNames names)
    {
        var opened = sender is null ? null : vault.Open(sender);
        return new InboxRow(
            text.Id, sender?.Id, opened?.Phone.ToString(), opened?.Profile.FullName, sender?.Region,
            sender is null ? null : vault.OpenField(sender.Id, sender.WrappedKey, text.BodySealed, SealedField.InboundBody),
            text.ReceivedAt, text.Action, text.Tier, text.Rule, text.Review, text.ReviewedAt,
            text.ReviewedById is { } reviewer ? names.Of(ActorKind.Staff, reviewer.ToString()) : null);
    }
}
