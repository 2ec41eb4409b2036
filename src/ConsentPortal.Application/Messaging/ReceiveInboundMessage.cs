using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Takes one text from a handset: reads it, acts on it and plans the answer, in one commit. When it returns, a STOP is
/// durable. The same delivery twice is a success without change.
/// </summary>
/// <remarks>
/// Whoever texts becomes a subscriber without any consent: their words, and the portal's answer to them, are theirs and are
/// erased with them. A sender that is no number, such as a name, can be stored but not answered.
/// </remarks>
public sealed class ReceiveInboundMessage(
    PortalDatabase database, SubscriberFactory factory, SubjectKeys keys, LookupHash hashes, InboundActions actions, TimeProvider clock)
{
    private const string Source = "Text message";

    public async Task ExecuteAsync(Actor actor, InboundText text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        try
        {
            await database.WriteAsync(db => TakeAsync(db, actor, text, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (IsKnownAlready(problem))
        {
            // Two deliveries of one text at the same instant: the other one has done everything.
        }
    }

    private async Task TakeAsync(PortalDbContext db, Actor actor, InboundText text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.InboundMessages.AnyAsync(m => m.ProviderMessageId == text.ProviderMessageId, cancellationToken))
            return;
        var hash = hashes.Phone(text.From);
        var sender = await SenderAsync(db, text.From, hash, now, cancellationToken);
        var programmes = await InboundProgrammes.OfAsync(db, text.To, cancellationToken);
        var joins = programmes.JoinedBy(text.Text);
        var meaning = joins is null ? OptOutMatcher.Match(text.Text, programmes.Brand) : new TextMeaning(TextAction.OptIn, null, "CT-07", joins.JoinKeyword);
        db.InboundMessages.Add(new InboundMessage
        {
            ProviderMessageId = text.ProviderMessageId, SubscriberId = sender?.Id, FromHash = hash, To = text.To, BodySealed = Seal(sender, text.Text), ReceivedAt = text.ReceivedAt,
            Action = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(meaning.Action.ToString()), Tier = meaning.Tier, Rule = meaning.Rule,
            Review = meaning.Action == TextAction.Review ? ReviewState.Waiting : ReviewState.NotNeeded,
        });
        db.Audit(actor, now, new AuditFact("inbound.received", "inbound", text.ProviderMessageId, sender?.Id,
            After: new Dictionary<string, object?> { ["action"] = meaning.Action, ["tier"] = meaning.Tier, ["rule"] = meaning.Rule, ["receivedAt"] = text.ReceivedAt }));
        if (sender is not null)
        {
            sender.LastEngagedAt = now;
            db.SubscriberFacts.Add(new SubscriberFact { SubscriberId = sender.Id, Kind = FactKind.Reply, At = text.ReceivedAt });
        }

        await actions.ApplyAsync(db, new InboundCase(actor, text, meaning, hash, sender, programmes, joins, now), cancellationToken);
    }

    private async Task<Subscriber?> SenderAsync(PortalDbContext db, string from, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.Subscribers.Where(s => s.PhoneHash == hash && s.ErasedAt == null && s.MergedIntoId == null)
            .OrderByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (known is not null || !PhoneNumber.Parse(from, null).TryGet(out var phone, out _))
            return known;
        var added = factory.Add(db, new NewSubscriber(phone, phone.LineType, SubscriberProfile.Empty, Source), now);
        // Later statements of this transaction look the person up.
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    private byte[]? Seal(Subscriber? sender, string words)
    {
        if (sender?.WrappedKey is not { } wrapped)
            return null;
        using var key = keys.Unwrap(wrapped, sender.Id);
        return key.Seal(words, SealedField.InboundBody);
    }

    private bool IsKnownAlready(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }
}
