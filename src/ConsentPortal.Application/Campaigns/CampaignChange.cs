using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What every change of a campaign has in common: one transaction, a new version, and an answer when two people were at it.</summary>
internal static class CampaignChange
{
    /// <param name="change">Returns its refusal before it has changed anything.</param>
    public static async Task<Result<Done>> ApplyAsync(
        PortalDatabase database, CampaignId id, DateTimeOffset now, Func<PortalDbContext, Campaign, Purpose, Task<Result<Done>>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    var campaign = await db.Campaigns.FindAsync([id], cancellationToken);
                    if (campaign is null)
                        return new CampaignNotFound();
                    var purpose = (await db.Purposes.FindAsync([campaign.PurposeId], cancellationToken))!;
                    var result = await change(db, campaign, purpose);
                    if (result.IsSuccess)
                        campaign.Touch(now);
                    return result;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    public static void Touch(this Campaign campaign, DateTimeOffset now) => (campaign.UpdatedAt, campaign.Version) = (now, Guid.CreateVersion7(now));

    public static void AuditCampaign(this PortalDbContext db, Actor actor, DateTimeOffset now, Campaign campaign, string action, string? reason = null,
        IReadOnlyDictionary<string, object?>? before = null, IReadOnlyDictionary<string, object?>? after = null) =>
        db.Audit(actor, now, new AuditFact(action, "campaign", campaign.Id.ToString(), Reason: reason, Before: before, After: after));

    /// <summary>The content in words that the audit trail keeps; templates name fields, never people.</summary>
    public static Dictionary<string, object?> Facts(Campaign campaign, Purpose purpose, string segment) => new()
    {
        ["name"] = campaign.Name, ["purpose"] = purpose.Name, ["sender"] = purpose.Sender, ["segment"] = segment, ["segmentVersion"] = campaign.SegmentVersion,
        ["text"] = campaign.Body, ["subject"] = campaign.Subject, ["startAt"] = campaign.StartAt, ["notAfter"] = campaign.NotAfter,
    };

    public static Task<string> SegmentNameAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken) =>
        db.Segments.Where(s => s.Id == campaign.SegmentId).Select(s => s.Name).SingleAsync(cancellationToken);

    /// <returns>Null for anybody who is no member of staff: only people write, submit and approve.</returns>
    public static Guid? StaffId(Actor actor) => actor.Kind == ActorKind.Staff && Guid.TryParse(actor.Id, out var id) ? id : null;
}

public sealed record CampaignNotFound() : Failure("There is no such campaign. Nothing was changed.");

public sealed record StaffNeeded() : Failure("Only a member of staff can do this with a campaign. Nothing was changed.");
