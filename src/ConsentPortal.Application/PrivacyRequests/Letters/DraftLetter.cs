using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <param name="Language">ISO 639-1.</param>
/// <param name="Text">The first line is the subject.</param>
/// <param name="IsFixed">The person's data was erased, so that no own words may be added.</param>
public sealed record LetterDraft(LetterKind Kind, string Language, string Text, bool IsFixed);

/// <summary>Fills in the template of a letter for staff to read and change; nothing is kept.</summary>
public sealed class DraftLetter(PortalDatabase database, TimeProvider clock)
{
    /// <param name="language">Null takes the person's.</param>
    public async Task<Result<LetterDraft>> ExecuteAsync(Actor actor, PrivacyRequestId id, LetterKind kind, string? language, string? reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        await using var db = database.Open();
        if (await db.PrivacyRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } request)
            return new RequestNotFound();
        if (await RequestSubject.FindAsync(db, request, cancellationToken) is not { } subject)
            return new SubscriberNotFound();
        var (spoken, text) = await LetterDesk.ComposeAsync(db, request, subject, kind, language, reason ?? request.Outcome, clock.GetUtcNow(), cancellationToken);
        return new LetterDraft(kind, spoken, text, subject.WrappedKey is null);
    }
}
