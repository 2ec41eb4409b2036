using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>A purpose with the wordings that people on a list may have been shown, newest first, retired ones included.</summary>
public sealed record PurposeChoice(PurposeId Id, string Name, string Brand, IReadOnlyList<WordingChoice> Wordings);

public sealed record WordingChoice(WordingId Id, string Language, int Version, string Text, bool IsRetired);

/// <summary>Looks up the purpose and the wording that an importer names.</summary>
public sealed class ImportTermsReader(PortalDatabase database, TimeProvider clock)
{
    public async Task<IReadOnlyList<PurposeChoice>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.Name).Select(p => new { p.Id, p.Name, p.Brand }).ToListAsync(cancellationToken);
        var wordings = (await db.Wordings.AsNoTracking().OrderBy(w => w.Language).ThenByDescending(w => w.Version)
            .Select(w => new { w.PurposeId, w.Id, w.Language, w.Version, w.Text, IsRetired = w.RetiredAt != null }).ToListAsync(cancellationToken)).ToLookup(w => w.PurposeId);
        return [.. purposes.Select(p => new PurposeChoice(
            p.Id, p.Name, p.Brand, [.. wordings[p.Id].Select(w => new WordingChoice(w.Id, w.Language, w.Version, w.Text, w.IsRetired))]))];
    }

    /// <param name="purpose">By name, without regard to case.</param>
    /// <param name="language">ISO 639-1.</param>
    /// <returns>The purpose with its wording of that language that is in force.</returns>
    public async Task<Result<(PurposeId Purpose, WordingId Wording)>> FindAsync(Actor actor, string purpose, string language, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).Select(p => new { p.Id, p.Name }).ToListAsync(cancellationToken);
        if (purposes.Find(p => string.Equals(p.Name, purpose.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } found)
            return new PurposeUnknown();
        var code = language.Trim().ToLowerInvariant();
        var wording = await db.Wordings.AsNoTracking()
            .Where(w => w.PurposeId == found.Id && w.Language == code && w.ActiveFrom <= now && w.RetiredAt == null)
            .OrderByDescending(w => w.Version).Select(w => (WordingId?)w.Id).FirstOrDefaultAsync(cancellationToken);
        return wording is { } id ? (found.Id, id) : new WordingUnknown();
    }

    internal static async Task<Result<ImportTerms>> ReadAsync(PortalDatabase database, ImportRequest request, CancellationToken cancellationToken)
    {
        if (request.PurposeId is null && request.WordingId is null)
            return ImportTerms.None with { AsksForDoubleOptIn = request.AsksForDoubleOptIn };
        if (request.PurposeId is null || request.WordingId is null)
            return new WordingNeeded();
        await using var db = database.Open();
        var purpose = await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PurposeId && p.RetiredAt == null, cancellationToken);
        if (purpose is null)
            return new PurposeUnknown();
        // A retired wording may be what the people saw at the time.
        var wording = await db.Wordings.AsNoTracking().SingleOrDefaultAsync(w => w.Id == request.WordingId && w.PurposeId == purpose.Id, cancellationToken);
        return wording is null ? new WordingUnknown() : new ImportTerms(purpose, wording, request.AsksForDoubleOptIn);
    }
}
