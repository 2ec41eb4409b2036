using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <param name="Text">1 to 400 characters, without names or numbers: it is kept unsealed.</param>
/// <param name="Expected">What it means, whatever the lists say today.</param>
public sealed record KeywordCaseDraft(string Text, string? Language, TextAction Expected);

/// <summary>Keeps a text whose meaning is settled, so that a change of the word lists that reads it differently is seen.</summary>
public sealed class SaveKeywordCase(PortalDatabase database, TimeProvider clock)
{
    public const int LongestText = 400;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, KeywordCaseDraft draft, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReviewInbox);
        var text = draft.Text.Trim();
        if (text.Length is 0 or > LongestText)
            return new KeywordCaseRefused($"A case is a text of 1 to {LongestText} characters. Nothing was kept.");
        // Nine figures in a row or more are somebody's number.
        if (text.Where(c => char.IsDigit(c)).Count() >= 9)
            return new KeywordCaseRefused("The text seems to hold a phone number, and cases are kept for good. Nothing was kept; take it out.");
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.KeywordCases.AnyAsync(c => c.Text == text, cancellationToken))
                    return new KeywordCaseRefused("This text is a case already. Nothing was kept; remove the other one to settle it anew.");
                if (await db.KeywordCases.CountAsync(cancellationToken) >= KeywordCases.Most)
                    return new KeywordCaseRefused($"There are {KeywordCases.Most} cases already. Remove some that say the same first.");
                var expected = KeywordCases.NameOf(draft.Expected);
                var added = new KeywordCase { Text = text, Language = draft.Language, Expected = expected, AddedBy = actor.Name, AddedAt = now };
                db.KeywordCases.Add(added);
                await db.SaveChangesAsync(cancellationToken);
                db.Audit(actor, now, new AuditFact("inbound.caseAdded", "keyword case", added.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    After: new Dictionary<string, object?> { ["expected"] = expected }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record KeywordCaseRefused(string Message) : Failure(Message);
