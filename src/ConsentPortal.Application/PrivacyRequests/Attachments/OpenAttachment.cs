using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Attachments;

/// <summary>Hands a file that came with a request to somebody who gives a reason; the entry is written before the file is handed out.</summary>
public sealed class OpenAttachment(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const string Opened = "request.attachmentOpened";

    public async Task<Result<EvidenceFile>> ExecuteAsync(Actor actor, PrivacyRequestId id, Guid attachmentId, string? reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<EvidenceFile>>(
            async db =>
            {
                if (await db.PrivacyRequestAttachments.FindAsync([attachmentId], cancellationToken) is not { ContentSealed: not null } attachment || attachment.RequestId != id
                    || await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request
                    || await RequestSubject.OfKeyAsync(db, request, attachment.SubscriberId, cancellationToken) is not { ErasedAt: null } subject)
                    return new AttachmentNotFound();
                if (await NamingAsync(db, request, reason!, cancellationToken) is { } named)
                    return named;
                var name = vault.OpenField(subject.KeyId, subject.WrappedKey, attachment.NameSealed, SealedField.Document);
                var bytes = vault.OpenBytes(subject.KeyId, subject.WrappedKey, attachment.ContentSealed, SealedField.Document);
                if (name is null || bytes is null || !EvidenceFile.ReadLetter(name, bytes).TryGet(out var file, out _))
                    return new AttachmentNotFound();
                db.Audit(actor, now, new AuditFact(Opened, "request", id.ToString(), request.SubscriberId, reason!.Trim(), After: new Dictionary<string, object?>
                {
                    ["number"] = request.Number, ["attachment"] = attachmentId.ToString(), ["attachmentKind"] = attachment.Kind,
                }));
                return file;
            },
            cancellationToken);
    }

    private async Task<Failure?> NamingAsync(PortalDbContext db, PrivacyRequest request, string reason, CancellationToken cancellationToken) => request.SubscriberId is { } id
        ? await db.Subscribers.FindAsync([id], cancellationToken) is { } person ? PersonTraces.Refusal(vault, person, reason) : null
        : UnrecordedNumber.NamingRefusal(vault, await db.UnrecordedNumbers.FindAsync([request.Id], cancellationToken), reason);
}

public sealed record AttachmentNotFound() : Failure("This file is not kept with this request. It may have been removed, or erased with the person's data.");
