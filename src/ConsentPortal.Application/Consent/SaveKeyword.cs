using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="Language">ISO 639-1 of those who are told the word, so that they are answered in it; null takes the person's own.</param>
public sealed record KeywordDraft(PurposeId PurposeId, string Word, string? Language);

/// <summary>Adds another word by which people join a purpose: one for a poster, a shop or a season.</summary>
public sealed class SaveKeyword(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, KeywordDraft draft, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        var trimmed = draft with { Word = draft.Word.Trim().ToUpperInvariant(), Language = string.IsNullOrWhiteSpace(draft.Language) ? null : draft.Language.Trim() };
        if (PurposeRules.CheckWord(trimmed.Word, nameof(draft.Word)) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        return await database.WriteAsync(db => AddAsync(db, actor, trimmed, now, cancellationToken), cancellationToken);
    }

    private static async Task<Result<Done>> AddAsync(PortalDbContext db, Actor actor, KeywordDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purpose = await db.Purposes.AsNoTracking().FirstOrDefaultAsync(p => p.Id == draft.PurposeId && p.RetiredAt == null, cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        if (!purpose.SenderCanReceive)
            return new FieldRefused(nameof(draft.Word), "This sender receives no replies, so nobody can join by text. Nothing was added.");
        if (draft.Language is { } language && !await db.Wordings.AnyAsync(w => w.PurposeId == purpose.Id && w.Language == language && w.RetiredAt == null, cancellationToken))
            return new FieldRefused(nameof(draft.Language), "The purpose has no wording in this language. Write it first, or let the person's own language decide.");
        if (await WordsOfSender.OwnerAsync(db, purpose.Sender, draft.Word, null, cancellationToken) is { } owner)
            return new FieldRefused(nameof(draft.Word), $"Texting this word to {purpose.Sender} joins \"{owner}\" already. Choose another word.");
        db.PurposeKeywords.Add(new PurposeKeyword { PurposeId = purpose.Id, Sender = purpose.Sender, Word = draft.Word, Language = draft.Language, CreatedAt = now });
        db.Audit(actor, now, new AuditFact("purpose.keywordAdded", "purpose", purpose.Id.ToString(),
            After: new Dictionary<string, object?> { ["word"] = draft.Word, ["language"] = draft.Language, ["sender"] = purpose.Sender }));
        return Done.Value;
    }
}
