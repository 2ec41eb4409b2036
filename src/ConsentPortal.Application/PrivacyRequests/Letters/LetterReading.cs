using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <param name="Text">Null where the words went with the person's data.</param>
public sealed record LetterView(long Id, LetterKind Kind, string Language, string? Text, DateTimeOffset WrittenAt, string WrittenBy, DateOnly? SentOn, string? SentBy);

/// <summary>Opens the letters of a request.</summary>
internal static class LetterReading
{
    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<LetterView>> AllAsync(PortalDbContext db, SubscriberVault vault, PrivacyRequest request, RequestSubject subject, CancellationToken cancellationToken)
    {
        var letters = await db.PrivacyRequestLetters.AsNoTracking().Where(l => l.RequestId == request.Id).OrderByDescending(l => l.Id).ToListAsync(cancellationToken);
        var read = new List<LetterView>();
        foreach (var l in letters)
            read.Add(new LetterView(l.Id, l.Kind, l.Language, await TextAsync(db, vault, request, subject, l, cancellationToken), l.WrittenAt, l.WrittenBy, l.SentOn, l.SentBy));
        return read;
    }

    /// <summary>What was written after an erasure is its template and nothing else, so it can be written again.</summary>
    public static async Task<string?> TextAsync(
        PortalDbContext db, SubscriberVault vault, PrivacyRequest request, RequestSubject subject, PrivacyRequestLetter letter, CancellationToken cancellationToken) =>
        letter.TextSealed is not null ? vault.OpenField(letter.SubscriberId, subject.WrappedKey, letter.TextSealed, SealedField.RequestDetail)
        : letter.Kind == LetterKind.Completion && letter.WrittenAt >= subject.ErasedAt ? (await LetterDesk.ComposeAsync(db, request, subject, letter.Kind, letter.Language, null, letter.WrittenAt, cancellationToken)).Text
        : null;
}
