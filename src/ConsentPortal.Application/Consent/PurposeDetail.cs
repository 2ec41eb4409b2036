using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="IsInUse">Somebody has agreed under one of the wordings, so what they were promised is fixed.</param>
/// <param name="Wordings">By language, newest version first.</param>
/// <param name="Keywords">Further words to join by that are in use, oldest first.</param>
public sealed record PurposeDetails(Purpose Purpose, bool IsInUse, IReadOnlyList<WordingDetails> Wordings, IReadOnlyList<PurposeKeyword> Keywords)
{
    /// <summary>By language: who agreed under words that have changed since.</summary>
    public IReadOnlyList<EarlierWords> Earlier => EarlierWords.Of(Wordings);
}

/// <param name="Shown">How many people's consent rests on it now.</param>
/// <param name="Pictures">Of the form on which it was shown, oldest first.</param>
public sealed record WordingDetails(Wording Wording, int Shown, IReadOnlyList<WordingPicture> Pictures);

/// <summary>One purpose with every version of its wordings.</summary>
public sealed class PurposeDetail(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<PurposeDetails>> GetAsync(Actor actor, PurposeId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        var purpose = await db.Purposes.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var wordings = await db.Wordings.AsNoTracking().Where(w => w.PurposeId == id)
            .OrderBy(w => w.Language).ThenByDescending(w => w.Version).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var shown = await db.ConsentRecords.AsNoTracking()
            .Where(r => r.PurposeId == id && r.WordingId != null && r.Status == ConsentStatus.Granted && (r.ExpiresAt == null || r.ExpiresAt > now))
            .GroupBy(r => r.WordingId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var keywords = await db.PurposeKeywords.AsNoTracking().Where(k => k.PurposeId == id && k.RetiredAt == null).OrderBy(k => k.Id).ToListAsync(cancellationToken);
        var pictures = (await WordingPictures.OfAsync(db, [.. wordings.Select(w => w.Id)], cancellationToken)).ToLookup(p => p.WordingId);
        var counts = shown.ToDictionary(s => s.Key!.Value, s => s.Count);
        return new PurposeDetails(purpose, wordings.Exists(w => w.FirstUsedAt is not null),
            [.. wordings.Select(w => new WordingDetails(w, counts.GetValueOrDefault(w.Id), [.. pictures[w.Id]]))], keywords);
    }
}
