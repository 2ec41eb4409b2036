using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Attachments;

/// <summary>Keeps a file that came with a request, sealed with the person's key, or with that of the request where no record has its number.</summary>
public sealed class AttachToRequest(PortalDatabase database, SubjectKeys keys, TimeProvider clock)
{
    public const int MostKept = 20;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, AttachmentKind kind, EvidenceFile file, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => AttachAsync(db, actor, id, kind, file, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private async Task<Result<Done>> AttachAsync(
        PortalDbContext db, Actor actor, PrivacyRequestId id, AttachmentKind kind, EvidenceFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
            return new RequestNotFound();
        if (!request.IsOpen)
            return new RequestNotReady("This request is closed, so nothing is added to it. The file was not kept.");
        if (await RequestSubject.FindAsync(db, request, cancellationToken) is not { WrappedKey: { } wrapped } subject)
            return new PersonIsErased();
        if (await db.PrivacyRequestAttachments.CountAsync(a => a.RequestId == id && a.RemovedAt == null, cancellationToken) >= MostKept)
            return new TooManyAttachments();
        using var key = keys.Unwrap(wrapped, subject.KeyId);
        var attachment = new PrivacyRequestAttachment
        {
            Id = Guid.CreateVersion7(now), RequestId = id, SubscriberId = subject.KeyId, Kind = kind, NameSealed = key.Seal(file.Name, SealedField.Document), ContentType = file.ContentType,
            Size = file.Bytes.Length, ContentSealed = key.Seal(file.Bytes, SealedField.Document), AddedAt = now, AddedBy = actor.Name,
        };
        db.PrivacyRequestAttachments.Add(attachment);
        // Neither the name nor a hash of the content: the log stays when the person's data goes, and a hash of a short mail could be guessed.
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.attached", $"A file was attached: {RequestAttachments.Word(kind)}."), new Dictionary<string, object?>
        {
            ["attachment"] = attachment.Id.ToString(), ["attachmentKind"] = kind, ["contentType"] = file.ContentType, ["size"] = attachment.Size,
        });
        return Done.Value;
    }
}

public sealed record TooManyAttachments()
    : Failure($"A request keeps at most {AttachToRequest.MostKept} files. This one was not kept; remove what is not needed any more, or put several papers into one PDF.");
