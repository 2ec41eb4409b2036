using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="Id">Null for a new purpose.</param>
/// <param name="MessageClass">Chosen once: people agreed to this kind of text and no other.</param>
/// <param name="PromisedPerMonth">1 to 100; null promises no number.</param>
/// <param name="Countries">ISO 3166: where people may join; none for everywhere. Who agreed before a country was taken out keeps their consent.</param>
/// <param name="RetentionMonths">1 to 120; null for the policy's own period.</param>
public sealed record PurposeEdit(
    PurposeId? Id,
    string Name,
    string Brand,
    MessageClass MessageClass,
    LegalBasis Basis,
    string Sender,
    bool SenderCanReceive,
    int? PromisedPerMonth,
    bool NeedsDoubleOptIn,
    string? JoinKeyword,
    IReadOnlyList<string>? Countries = null,
    int? RetentionMonths = null);

/// <summary>
/// Adds or changes a purpose. Once somebody has agreed, neither the brand that they agreed to nor a lower promise can be
/// taken from them: consent to a purpose covers nothing else (CT-02, CT-07).
/// </summary>
public sealed class SavePurpose(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<PurposeId>> ExecuteAsync(Actor actor, PurposeEdit edit, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        if (PurposeRules.Check(edit) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        return await database.WriteAsync(db => SaveAsync(db, actor, Trimmed(edit), now, cancellationToken), cancellationToken);
    }

    private static PurposeEdit Trimmed(PurposeEdit edit) => edit with
    {
        Name = edit.Name.Trim(), Brand = edit.Brand.Trim(), Sender = edit.Sender.Trim(),
        JoinKeyword = string.IsNullOrWhiteSpace(edit.JoinKeyword) ? null : edit.JoinKeyword.Trim().ToUpperInvariant(),
    };

    private static async Task<Result<PurposeId>> SaveAsync(PortalDbContext db, Actor actor, PurposeEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Purposes.AnyAsync(p => p.Id != edit.Id && p.Name == edit.Name, cancellationToken))
            return new FieldRefused(nameof(edit.Name), "Another purpose has this name. Choose one that people can tell apart.");
        if (edit.JoinKeyword is { } word && await WordsOfSender.OwnerAsync(db, edit.Sender, word, edit.Id, cancellationToken) is not null)
            return new FieldRefused(nameof(edit.JoinKeyword), "Another purpose of this sender is joined by this word. Choose another word.");
        return edit.Id is { } id ? await ChangeAsync(db, actor, id, edit, now, cancellationToken) : Add(db, actor, edit, now);
    }

    private static PurposeId Add(PortalDbContext db, Actor actor, PurposeEdit edit, DateTimeOffset now)
    {
        var purpose = new Purpose
        {
            Id = PurposeId.New(now), Name = edit.Name, Brand = edit.Brand, MessageClass = edit.MessageClass, Basis = edit.Basis, Sender = edit.Sender,
            SenderCanReceive = edit.SenderCanReceive, PromisedPerMonth = edit.PromisedPerMonth, NeedsDoubleOptIn = edit.NeedsDoubleOptIn,
            JoinKeyword = edit.JoinKeyword, Countries = PurposeRules.Stored(edit.Countries), RetentionMonths = edit.RetentionMonths, CreatedAt = now,
        };
        db.Purposes.Add(purpose);
        db.Audit(actor, now, new AuditFact("purpose.added", "purpose", purpose.Id.ToString(), After: Facts(purpose)));
        return purpose.Id;
    }

    private static async Task<Result<PurposeId>> ChangeAsync(
        PortalDbContext db, Actor actor, PurposeId id, PurposeEdit edit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purpose = await db.Purposes.FindAsync([id], cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var isInUse = await db.Wordings.AnyAsync(w => w.PurposeId == id && w.FirstUsedAt != null, cancellationToken);
        if (PurposeRules.CheckChange(purpose, edit, isInUse) is { } refused)
            return refused;
        if (edit.JoinKeyword is { } word && (await WordsOfSender.OfAsync(db, id, cancellationToken)).Contains(word, StringComparer.Ordinal))
            return new FieldRefused(nameof(edit.JoinKeyword), "This word is one of the purpose's further words. Retire it there first.");
        if (edit.Sender != purpose.Sender && await MoveWordsAsync(db, purpose, edit, cancellationToken) is { } taken)
            return taken;
        var before = Facts(purpose);
        (purpose.Name, purpose.Brand, purpose.Basis, purpose.Sender, purpose.SenderCanReceive) = (edit.Name, edit.Brand, edit.Basis, edit.Sender, edit.SenderCanReceive);
        (purpose.PromisedPerMonth, purpose.NeedsDoubleOptIn, purpose.JoinKeyword) = (edit.PromisedPerMonth, edit.NeedsDoubleOptIn, edit.JoinKeyword);
        (purpose.Countries, purpose.RetentionMonths) = (PurposeRules.Stored(edit.Countries), edit.RetentionMonths);
        db.Audit(actor, now, new AuditFact("purpose.changed", "purpose", id.ToString(), Before: before, After: Facts(purpose)));
        return id;
    }

    /// <summary>The further words follow the purpose to its new sender, where each must be free.</summary>
    private static async Task<FieldRefused?> MoveWordsAsync(PortalDbContext db, Purpose purpose, PurposeEdit edit, CancellationToken cancellationToken)
    {
        foreach (var word in await WordsOfSender.OfAsync(db, purpose.Id, cancellationToken))
        {
            if (await WordsOfSender.OwnerAsync(db, edit.Sender, word, purpose.Id, cancellationToken) is { } owner)
                return new FieldRefused(nameof(edit.Sender), $"Texting {word} to this sender joins \"{owner}\" already. Retire the word first, or keep the sender.");
        }

        await db.PurposeKeywords.Where(k => k.PurposeId == purpose.Id && k.RetiredAt == null).ExecuteUpdateAsync(k => k.SetProperty(x => x.Sender, edit.Sender), cancellationToken);
        return null;
    }

    private static Dictionary<string, object?> Facts(Purpose purpose) => new()
    {
        ["name"] = purpose.Name, ["brand"] = purpose.Brand, ["class"] = purpose.MessageClass, ["basis"] = purpose.Basis, ["sender"] = purpose.Sender,
        ["senderCanReceive"] = purpose.SenderCanReceive, ["promisedPerMonth"] = purpose.PromisedPerMonth, ["doubleOptIn"] = purpose.NeedsDoubleOptIn,
        ["joinKeyword"] = purpose.JoinKeyword, ["countries"] = purpose.Countries, ["retentionMonths"] = purpose.RetentionMonths,
    };
}
