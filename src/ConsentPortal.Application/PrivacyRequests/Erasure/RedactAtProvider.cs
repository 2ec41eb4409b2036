using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// Asks the SMS provider to erase an erased person's texts in its own records, keeps each answer, and completes the request
/// with the last one. Asking twice does no harm.
/// </summary>
public sealed class RedactAtProvider(PortalDatabase database, ISmsGateway gateway, TimeProvider clock)
{
    internal const string Asked = "provider.redacted";

    /// <summary>Asks now for everything that is open, as when the provider has enabled the product meanwhile.</summary>
    public async Task<Result<RedactionTally>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EraseSubscribers);
        var now = clock.GetUtcNow();
        var planned = await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { Kind: PrivacyRequestKind.Erasure } request
                    || !await db.Subscribers.AnyAsync(s => s.Id == request.SubscriberId && s.ErasedAt != null, cancellationToken))
                    return new RequestNotReady("The person's data has not been erased here, so the provider is not asked either. Nothing was changed.");
                // Also erasures from before the provider's answers were kept one by one.
                await RedactionPlan.AddAsync(db, request, now, cancellationToken);
                await db.ProviderRedactions.Where(r => r.RequestId == id && (r.State == RedactionState.Refused || (r.State == RedactionState.Waiting && r.Attempts > 0)))
                    .ExecuteUpdateAsync(r => r.SetProperty(x => x.NextAt, now), cancellationToken);
                return Done.Value;
            },
            cancellationToken);
        if (!planned.IsSuccess)
            return planned.Failure;
        await AskDueAsync(actor, id, int.MaxValue, cancellationToken);
        await using var read = database.Open();
        return await RedactionTally.OfAsync(read, id, cancellationToken);
    }

    /// <summary>Asks for texts whose time has come.</summary>
    /// <param name="id">Of one request; null for all.</param>
    /// <returns>How many were asked for.</returns>
    internal async Task<int> AskDueAsync(Actor actor, PrivacyRequestId? id, int most, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<long, RedactionOutcome>();
        RedactionOutcome? refusal = null;
        foreach (var (row, messageId, direction) in await DueAsync(id, most, cancellationToken))
        {
            // An account without the product is refused every time: one question is enough.
            var outcome = refusal ?? await gateway.RedactAsync(messageId, direction, cancellationToken);
            refusal ??= outcome as RedactionOutcome.Refused;
            answers[row] = outcome;
        }

        if (answers.Count > 0)
            await database.WriteAsJobAsync(db => TakeAsync(db, actor, answers, cancellationToken), cancellationToken);
        return answers.Count;
    }

    /// <summary>Keeps where a request stands with the provider.</summary>
    internal static void Note(PortalDbContext db, Actor actor, PrivacyRequest request, RedactionTally tally, DateTimeOffset now) =>
        db.Audit(actor, now, new AuditFact(Asked, "request", request.Id.ToString(), request.SubscriberId, After: new Dictionary<string, object?>
        {
            ["asked"] = tally.Texts, ["redacted"] = tally.Redacted, ["notHeld"] = tally.NotHeld, ["open"] = tally.Waiting, ["refused"] = tally.Refused,
        }));

    private async Task<IReadOnlyList<(long Row, string MessageId, MessageDirection Direction)>> DueAsync(PrivacyRequestId? id, int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var due = db.ProviderRedactions.AsNoTracking().Where(r => (r.State == RedactionState.Waiting || r.State == RedactionState.Refused) && r.NextAt <= now);
        if (id is { } request)
            due = due.Where(r => r.RequestId == request);
        var rows = await due.OrderBy(r => r.NextAt).ThenBy(r => r.Id).Take(most).Select(r => new { r.Id, r.ProviderMessageId, r.Direction }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => (r.Id, r.ProviderMessageId, r.Direction))];
    }

    private async Task TakeAsync(PortalDbContext db, Actor actor, Dictionary<long, RedactionOutcome> answers, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ids = answers.Keys.ToList();
        var rows = await db.ProviderRedactions.Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
        foreach (var row in rows)
            row.Take(answers[row.Id], now);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var id in rows.Select(r => r.RequestId).Distinct())
            await TellAsync(db, actor, (await db.PrivacyRequests.FindAsync([id], cancellationToken))!, now, cancellationToken);
    }

    private static async Task TellAsync(PortalDbContext db, Actor actor, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tally = await RedactionTally.OfAsync(db, request.Id, cancellationToken);
        Note(db, actor, request, tally, now);
        if (tally.Open > 0)
            return;
        RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Step, tally.Sentence);
        if (!request.AwaitsProvider)
            return;
        request.Complete(string.Create(CultureInfo.InvariantCulture, $"{request.Outcome!.Split(" Open:")[0]} The SMS provider has answered for all {tally.Texts:N0} texts."), now);
        RequestChange.Tell(db, actor, request, now, CompleteRequest.Told(request, "The SMS provider has answered for every text."));
    }
}
