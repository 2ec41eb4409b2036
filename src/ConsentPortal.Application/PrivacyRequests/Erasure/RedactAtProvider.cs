using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>What the provider answered for a person's texts.</summary>
/// <param name="Open">Too young, or not answered: worth asking again.</param>
public sealed record RedactionTally(int Asked, int Redacted, int NotHeld, int Open, int Refused)
{
    public string Sentence => Asked == 0
        ? "The SMS provider holds no text of this person that the portal knows of."
        : string.Create(CultureInfo.InvariantCulture, $"The SMS provider was asked to erase {Asked:N0} {(Asked == 1 ? "text" : "texts")}: {Redacted + NotHeld:N0} gone there, {Open:N0} to be asked for again, {Refused:N0} refused.");
}

/// <summary>Asks the SMS provider to erase an erased person's texts in its own records. Asking twice does no harm.</summary>
public sealed class RedactAtProvider(PortalDatabase database, ISmsGateway gateway, TimeProvider clock)
{
    internal const string Asked = "provider.redacted";

    /// <summary>Asks again for what was too young or not answered.</summary>
    public async Task<Result<RedactionTally>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        await using (var db = database.Open())
        {
            if (!await db.PrivacyRequests.AnyAsync(r => r.Id == id && r.Kind == PrivacyRequestKind.Erasure && db.Subscribers.Any(s => s.Id == r.SubscriberId && s.ErasedAt != null), cancellationToken))
                return new RequestNotReady("The person's data has not been erased here, so the provider is not asked either. Nothing was changed.");
        }

        return await AskAsync(actor, id, cancellationToken);
    }

    internal async Task<RedactionTally> AskAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        var answers = new List<RedactionOutcome>();
        foreach (var (messageId, direction) in await TextsAsync(id, cancellationToken))
        {
            answers.Add(await gateway.RedactAsync(messageId, direction, cancellationToken));
            // An account without the product is refused every time.
            if (answers[^1] is RedactionOutcome.Refused)
                break;
        }

        var tally = new RedactionTally(
            answers.Count, answers.OfType<RedactionOutcome.Redacted>().Count(), answers.OfType<RedactionOutcome.NotHeld>().Count(),
            answers.Count(a => a is RedactionOutcome.TooEarly or RedactionOutcome.Postponed), answers.OfType<RedactionOutcome.Refused>().Count());
        await NoteAsync(actor, id, tally, cancellationToken);
        return tally;
    }

    private async Task<List<(string Id, MessageDirection Direction)>> TextsAsync(PrivacyRequestId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var person = await db.PrivacyRequests.Where(r => r.Id == id).Select(r => r.SubscriberId).SingleAsync(cancellationToken);
        var sent = await db.OutboundMessages.AsNoTracking().Where(m => m.SubscriberId == person && m.ProviderMessageId != null).OrderBy(m => m.Id).Select(m => m.ProviderMessageId!).ToListAsync(cancellationToken);
        var received = await db.InboundMessages.AsNoTracking().Where(m => m.SubscriberId == person).OrderBy(m => m.Id).Select(m => m.ProviderMessageId).ToListAsync(cancellationToken);
        // The whole of a long text has the id of one of its parts; the provider holds each.
        var parts = await db.ReceivedParts.AsNoTracking().Where(p => p.SubscriberId == person).OrderBy(p => p.Id).Select(p => p.ProviderMessageId).ToListAsync(cancellationToken);
        return [.. sent.Select(m => (m, MessageDirection.Outbound)), .. received.Union(parts).Select(m => (m, MessageDirection.Inbound))];
    }

    private Task NoteAsync(Actor actor, PrivacyRequestId id, RedactionTally tally, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                var person = await db.PrivacyRequests.Where(r => r.Id == id).Select(r => r.SubscriberId).SingleAsync(cancellationToken);
                RequestChange.Add(db, actor, id, now, RequestEntryKinds.Step, tally.Sentence);
                db.Audit(actor, now, new AuditFact(Asked, "request", id.ToString(), person, After: new Dictionary<string, object?>
                {
                    ["asked"] = tally.Asked, ["redacted"] = tally.Redacted, ["notHeld"] = tally.NotHeld, ["open"] = tally.Open, ["refused"] = tally.Refused,
                }));
            },
            cancellationToken);
    }
}
