using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Exclude">Segments and static lists whose people get nothing.</param>
/// <param name="Reengages">Null for a campaign that asks nobody to come back.</param>
public sealed record AudienceQuestion(PurposeId PurposeId, SegmentId SegmentId, IReadOnlyCollection<SegmentId> Exclude, Reengagement? Reengages)
{
    /// <summary>Whether the other one would be answered in the same way.</summary>
    public bool IsAs(AudienceQuestion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Exclude = other.Exclude } == other && Exclude.ToHashSet().SetEquals(other.Exclude);
    }
}

/// <summary>How large the audience of a campaign is, as far as sets can tell: hours, caps and what the text says are judged for each person by the dry run.</summary>
/// <param name="People">In the segment; exact.</param>
/// <param name="Asked">Of them, those who were silent for long enough, where the campaign asks people to come back; everybody otherwise.</param>
/// <param name="Reachable">Of those, who could be texted for the purpose at most.</param>
/// <param name="LeftOut">Of the reachable, who are in a segment that is left out.</param>
/// <param name="At">When it was counted (UTC).</param>
public sealed record AudienceFigures(int People, int Asked, int Reachable, int LeftOut, DateTimeOffset At)
{
    /// <summary>How many of the rest a share that is held out takes: about, because each draws their own lot.</summary>
    /// <param name="percent">0 to 50.</param>
    public int HeldOut(int percent) => (int)Math.Round((Reachable - LeftOut) * percent / 100.0, MidpointRounding.AwayFromZero);

    /// <summary>Who is too many after that.</summary>
    /// <param name="most">Null for no limit.</param>
    public int Above(int? most, int percent) => most is { } limit ? Math.Max(0, Reachable - LeftOut - HeldOut(percent) - limit) : 0;

    public int Gets(int? most, int percent) => Reachable - LeftOut - HeldOut(percent) - Above(most, percent);
}

/// <summary>Counts whom a campaign would mean while somebody still chooses: by the sets that the segment builder counts with, and that planning takes people from.</summary>
public sealed class CampaignAudienceCount(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<AudienceFigures>> GetAsync(Actor actor, AudienceQuestion question, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        if (await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == question.PurposeId, cancellationToken) is not { } purpose)
            return new PurposeNotFound();
        List<SegmentId> named = [question.SegmentId, .. question.Exclude];
        var versions = await db.Segments.AsNoTracking().Where(s => named.Contains(s.Id) && s.ArchivedAt == null).ToDictionaryAsync(s => s.Id, s => s.CurrentVersion, cancellationToken);
        if (named.Exists(id => !versions.ContainsKey(id)))
            return new FieldRefused(nameof(CampaignEdit.SegmentId), "Choose segments and lists that are in use.");
        // As it would be planned if it started now; it is never stored.
        var campaign = new Campaign
        {
            Id = default, Name = "", PurposeId = purpose.Id, SegmentId = question.SegmentId, SegmentVersion = versions[question.SegmentId], Body = "", StartAt = now, AuthorId = default, CreatedAt = now,
        };
        campaign.Exclude(question.Exclude.Distinct().ToDictionary(id => id, id => versions[id]));
        campaign.Reengage(question.Reengages);
        return await (await CampaignAudience.ReadAsync(db, campaign, purpose, cancellationToken)).CountAsync(db, now, cancellationToken);
    }
}
