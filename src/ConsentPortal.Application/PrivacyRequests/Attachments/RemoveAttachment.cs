using ConsentPortal.Application.Database;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Attachments;

/// <summary>Takes one file away for good, such as one that belongs to somebody else; that it was there stays.</summary>
public sealed class RemoveAttachment(PortalDatabase database, DatabaseRemains remains, TimeProvider clock)
{
    /// <param name="reason">Deleted with the person's data.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, Guid attachmentId, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        var outcome = await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.attachmentRemoved", "A file was removed; no copy is kept.", reason),
            async (db, request) =>
            {
                if (await db.PrivacyRequestAttachments.FindAsync([attachmentId], cancellationToken) is not { RemovedAt: null } attachment || attachment.RequestId != id)
                    return new AttachmentNotFound();
                if (await HeldFiles.RefusalAsync(db, request, now, cancellationToken) is { } held)
                    return held;
                attachment.Remove(actor.Name, now);
                return Done.Value;
            },
            cancellationToken);
        if (outcome.IsSuccess)
            await remains.OverwriteAsync(CancellationToken.None);
        return outcome;
    }
}

/// <summary>
/// Deletes the papers that showed who asks, with a note that they were seen: they were needed for that alone (GDPR art. 5(1)(c),
/// recital 64; 11 CCR § 7060).
/// </summary>
public sealed class DeleteIdentityPapers(PortalDatabase database, DatabaseRemains remains, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        var outcome = await RequestChange.ApplyAsync(
            database, actor, id, now, new RequestStep("request.identityPapersDeleted", "The identity papers were seen and deleted; no copy is kept."),
            (db, request) => DeleteAsync(db, actor, request, now, cancellationToken), cancellationToken);
        if (outcome.IsSuccess)
            await remains.OverwriteAsync(CancellationToken.None);
        return outcome;
    }

    private static async Task<Result<Done>> DeleteAsync(PortalDbContext db, Actor actor, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request is { IsOpen: true, NeedsVerification: true, VerifiedAt: null })
            return new PapersNotUsedYet();
        var papers = await db.PrivacyRequestAttachments.Where(a => a.RequestId == request.Id && a.Kind == AttachmentKind.IdentityPaper && a.RemovedAt == null).ToListAsync(cancellationToken);
        if (papers.Count == 0)
            return new NoIdentityPapers();
        if (await HeldFiles.RefusalAsync(db, request, now, cancellationToken) is { } held)
            return held;
        foreach (var paper in papers)
            paper.Remove(actor.Name, now);
        return Done.Value;
    }
}

/// <summary>A legal hold keeps files as it keeps everything else of the person.</summary>
internal static class HeldFiles
{
    public static async Task<Failure?> RefusalAsync(PortalDbContext db, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        request.SubscriberId is { } person && await (await HeldRecords.AtAsync(db, now, cancellationToken)).HoldAsync(db, person, cancellationToken) ? new FilesAreHeld() : null;
}

public sealed record FilesAreHeld()
    : Failure("A legal hold keeps this person's data as evidence, files among them. Nothing was removed; lift the hold on the retention page when it is no longer needed.");

public sealed record PapersNotUsedYet()
    : Failure("Nobody has noted yet that the person was recognised. Nothing was deleted; mark the request as verified first, or remove a wrong file alone.");

public sealed record NoIdentityPapers() : Failure("No identity paper is kept with this request. Nothing was changed.");
