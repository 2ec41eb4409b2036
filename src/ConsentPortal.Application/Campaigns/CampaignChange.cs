using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
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

    /// <summary>Adds the entry of a change that is made already; where it has moved the campaign on, from which status to which stands in it.</summary>
    public static void AuditCampaign(this PortalDbContext db, Actor actor, DateTimeOffset now, Campaign campaign, string action, string? reason = null,
        IReadOnlyDictionary<string, object?>? before = null, IReadOnlyDictionary<string, object?>? after = null) =>
        db.Audit(actor, now, new AuditFact(
            action, "campaign", campaign.Id.ToString(), Reason: reason, Before: WithStatus(db, campaign, before, isBefore: true), After: WithStatus(db, campaign, after, isBefore: false)));

    private static IReadOnlyDictionary<string, object?>? WithStatus(PortalDbContext db, Campaign campaign, IReadOnlyDictionary<string, object?>? values, bool isBefore)
    {
        if (db.AsRead(campaign)?.GetValue<CampaignStatus>(nameof(Campaign.Status)) is not { } before || before == campaign.Status)
            return values;
        return new Dictionary<string, object?>(values ?? new Dictionary<string, object?>()) { ["status"] = isBefore ? before : campaign.Status };
    }

    /// <summary>The content in words that the audit trail keeps; templates name fields, never people.</summary>
    public static Dictionary<string, object?> Facts(Campaign campaign, Purpose purpose, AudienceNames names)
    {
        var facts = new Dictionary<string, object?>
        {
            ["name"] = campaign.Name, ["purpose"] = purpose.Name, ["sender"] = purpose.Sender, ["segment"] = names.Segment, ["segmentVersion"] = campaign.SegmentVersion,
            ["leftOut"] = names.LeftOut, ["reached"] = names.Reached, ["atMost"] = campaign.AtMost, ["heldOut"] = campaign.HoldoutPercent == 0 ? null : $"{campaign.HoldoutPercent} %",
            ["text"] = campaign.Body, ["subject"] = campaign.Subject, ["startAt"] = campaign.StartAt, ["notAfter"] = campaign.NotAfter,
            ["timing"] = CampaignWording.OfTiming(campaign.Timing), ["textsPerMinute"] = campaign.TextsPerMinute, ["limits"] = CampaignWording.OfLimits(campaign.Limits),
            ["repeats"] = CampaignWording.OfRepeats(campaign.Repeats, campaign.StartAt), ["reengages"] = CampaignWording.OfReengages(campaign.Reengages),
        };
        foreach (var text in campaign.OtherTexts)
            facts[$"text{text.Letter}"] = text.Body;
        foreach (var text in campaign.Translations)
            facts[CampaignApprovals.FieldOf(text)] = text.Body;
        if (campaign.Language is { } usual)
            facts["language"] = usual;
        if (campaign.CountsClicks)
            facts["clicks"] = "counted";
        if (campaign.OtherTexts.Count > 0)
            facts["weights"] = CampaignWording.OfWeights(campaign.Texts);
        return facts;
    }

    public static async Task<AudienceNames> NamesAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        var reached = await CampaignReach.ReadAsync(db, campaign, cancellationToken);
        List<SegmentId> ids = [campaign.SegmentId, .. campaign.Exclusions.Select(e => e.SegmentId), .. reached.Select(s => s.Id)];
        var names = await db.Segments.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, cancellationToken);
        return new AudienceNames(names[campaign.SegmentId], Listed(campaign.Exclusions.Select(e => (e.SegmentId, e.Version)), names), Listed(reached.Select(s => (s.Id, s.Version)), names));
    }

    private static string? Listed(IEnumerable<(SegmentId Id, int Version)> segments, Dictionary<SegmentId, string> names) =>
        string.Join(", ", segments.Select(s => $"{names[s.Id]} (version {s.Version})").Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : null;

    /// <returns>Null for anybody who is no member of staff: only people write, submit and approve.</returns>
    public static Guid? StaffId(Actor actor) => actor.Kind == ActorKind.Staff && Guid.TryParse(actor.Id, out var id) ? id : null;
}

/// <param name="LeftOut">The excluded segments with their versions; null for none.</param>
/// <param name="Reached">The segments that the rules of all these name, directly or through others, with their versions; null for none.</param>
internal sealed record AudienceNames(string Segment, string? LeftOut, string? Reached);

public sealed record CampaignNotFound() : Failure("There is no such campaign. Nothing was changed.");

public sealed record StaffNeeded() : Failure("Only a member of staff can do this with a campaign. Nothing was changed.");
