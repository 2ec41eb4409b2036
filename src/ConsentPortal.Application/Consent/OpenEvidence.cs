using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Consent;

/// <summary>Hands a signed paper to somebody who gives a reason; the entry is written before the file is handed out.</summary>
public sealed class OpenEvidence(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const string Opened = "evidence.opened";

    /// <param name="hash">SHA-256 of the file, as the consent event names it.</param>
    public async Task<Result<EvidenceFile>> ExecuteAsync(Actor actor, SubscriberId id, string hash, string? reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<EvidenceFile>>(
            async db =>
            {
                var subscriber = await db.Subscribers.FindAsync([id], cancellationToken);
                if (subscriber is not { ErasedAt: null })
                    return new SubscriberNotFound();
                if (PersonTraces.Refusal(vault, subscriber, reason) is { } named)
                    return named;
                var found = (await PersonDocuments.OfAsync(db, vault, id, cancellationToken)).FirstOrDefault(d => d.File.Hash == hash);
                if (found is null)
                    return new EvidenceNotFound();
                db.Audit(actor, now, new AuditFact(Opened, "subscriber", id.ToString(), id, reason!.Trim(), After: new Dictionary<string, object?> { ["document"] = hash }));
                return found.File;
            },
            cancellationToken);
    }
}

public sealed record EvidenceNotFound() : Failure("This document is not kept for this person. It may have been erased.");
