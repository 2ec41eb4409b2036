using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Reads one whole text, keeps it and acts on it, in the transaction that the caller has open.</summary>
public sealed class InboundReading(SubscriberFactory factory, SubjectKeys keys, InboundActions actions)
{
    private const string Source = "Text message";

    /// <param name="hash">The keyed hash of the sender's number.</param>
    /// <param name="sender">Null when the sender is no number.</param>
    internal async Task ReadAsync(PortalDbContext db, Actor actor, InboundText text, byte[] hash, Subscriber? sender, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.InboundMessages.AnyAsync(m => m.ProviderMessageId == text.ProviderMessageId, cancellationToken))
            return;
        var programmes = await InboundProgrammes.OfAsync(db, text.To, cancellationToken);
        var (meaning, joins) = programmes.Read(text.Text);
        db.InboundMessages.Add(new InboundMessage
        {
            ProviderMessageId = text.ProviderMessageId, SubscriberId = sender?.Id, FromHash = hash, To = text.To, BodySealed = Seal(sender, text.Text), ReceivedAt = text.ReceivedAt,
            Action = JsonNamingPolicy.CamelCase.ConvertName(meaning.Action.ToString()), Tier = meaning.Tier, Rule = meaning.Rule,
            Review = ReviewOf(meaning),
        });
        db.Audit(actor, now, new AuditFact("inbound.received", "inbound", text.ProviderMessageId, sender?.Id,
            After: new Dictionary<string, object?> { ["action"] = meaning.Action, ["tier"] = meaning.Tier, ["rule"] = meaning.Rule, ["receivedAt"] = text.ReceivedAt }));
        if (sender is not null)
        {
            sender.LastEngagedAt = now;
            db.SubscriberFacts.Add(new SubscriberFact { SubscriberId = sender.Id, Kind = FactKind.Reply, At = text.ReceivedAt });
        }

        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        await actions.ApplyAsync(db, new InboundCase(actor, text, meaning, hash, sender, programmes, joins, policy, now), cancellationToken);
    }

    /// <returns>Whoever has the number; somebody new, without any consent, when nobody has; null when it is no number.</returns>
    internal async Task<Subscriber?> SenderAsync(PortalDbContext db, Actor actor, string from, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await OnePerNumber.FindAsync(db, hash, cancellationToken);
        if (known is not null || !PhoneNumber.Parse(from, null).TryGet(out var phone, out _))
            return known;
        var added = factory.Add(db, actor, new NewSubscriber(phone, phone.LineType, SubscriberProfile.Empty, Source), now);
        // Later statements of this transaction look the person up.
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    // A wrong letter, and the claim that the number is somebody else's, are acted on at once and looked at afterwards.
    private static ReviewState ReviewOf(TextMeaning meaning) => meaning switch
    {
        { Action: TextAction.Review } => ReviewState.Waiting,
        { Action: TextAction.OptOut, Tier: "T5" } or { IsWrongNumber: true } => ReviewState.ToCheck,
        _ => ReviewState.NotNeeded,
    };

    private byte[]? Seal(Subscriber? sender, string words)
    {
        if (sender?.WrappedKey is not { } wrapped)
            return null;
        using var key = keys.Unwrap(wrapped, sender.Id);
        return key.Seal(words, SealedField.InboundBody);
    }
}
