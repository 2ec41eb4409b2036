using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What comes with the purpose of a campaign: who sends, whether answers are heard, on which ground, under which words.</summary>
/// <param name="PromisedPerMonth">The most texts a month that the wordings promise; null where none is promised.</param>
/// <param name="Wordings">Under which people agree today, by language.</param>
public sealed record PurposeOfCampaign(
    PurposeId Id, string Name, string Brand, MessageClass MessageClass, LegalBasis Basis, string Sender, bool SenderCanReceive, int? PromisedPerMonth, bool NeedsDoubleOptIn, IReadOnlyList<WordingChoice> Wordings);

/// <summary>The purpose that somebody chooses while they write a campaign.</summary>
public sealed class CampaignPurpose(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<PurposeOfCampaign>> GetAsync(Actor actor, PurposeId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var purpose = await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (purpose is null)
            return new PurposeNotFound();
        var wordings = await db.Wordings.AsNoTracking().Where(w => w.PurposeId == id && w.ActiveFrom <= now && (w.RetiredAt == null || w.RetiredAt > now))
            .OrderBy(w => w.Language).ThenByDescending(w => w.Version)
            .Select(w => new WordingChoice(w.Id, w.Language, w.Version, w.Text, w.ActiveFrom, w.RetiredAt)).ToListAsync(cancellationToken);
        return new PurposeOfCampaign(
            id, purpose.Name, purpose.Brand, purpose.MessageClass, purpose.Basis, purpose.Sender, purpose.SenderCanReceive, purpose.PromisedPerMonth, purpose.NeedsDoubleOptIn,
            [.. wordings.DistinctBy(w => w.Language)]);
    }
}
