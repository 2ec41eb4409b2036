using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Attachments;

/// <param name="Name">Null once removed.</param>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentView(Guid Id, AttachmentKind Kind, string? Name, string ContentType, int Size, DateTimeOffset AddedAt, string AddedBy, DateTimeOffset? RemovedAt, string? RemovedBy)
{
    public bool IsKept => RemovedAt is null;
}

/// <summary>What came with a request, by name; a file itself is handed out by <see cref="OpenAttachment"/>.</summary>
public sealed class RequestAttachments(PortalDatabase database, SubscriberVault vault)
{
    /// <returns>The latest first.</returns>
    public async Task<IReadOnlyList<AttachmentView>> OfAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var rows = await (
            from a in db.PrivacyRequestAttachments.AsNoTracking()
            where a.RequestId == id
            select new
            {
                a.Id, a.Kind, a.NameSealed, a.ContentType, a.Size, a.AddedAt, a.AddedBy, a.RemovedAt, a.RemovedBy, a.SubscriberId,
                WrappedKey = db.Subscribers.Where(s => s.Id == a.SubscriberId).Select(s => s.WrappedKey).FirstOrDefault(), OwnKey = db.UnrecordedNumbers.Where(n => n.RequestId == id).Select(n => n.WrappedKey).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderByDescending(a => a.AddedAt).ThenByDescending(a => a.Id)
                .Select(a => new AttachmentView(a.Id, a.Kind, vault.OpenField(a.SubscriberId, a.SubscriberId == UnrecordedNumber.KeyOf(id) ? a.OwnKey : a.WrappedKey, a.NameSealed, SealedField.Document), a.ContentType, a.Size, a.AddedAt, a.AddedBy, a.RemovedAt, a.RemovedBy)),
        ];
    }

    /// <summary>In the words of a request's activity.</summary>
    internal static string Word(AttachmentKind kind) => kind switch
    {
        AttachmentKind.IdentityPaper => "identity paper",
        AttachmentKind.Letter => "letter",
        AttachmentKind.Email => "e-mail",
        AttachmentKind.Other => "other file",
    };
}
