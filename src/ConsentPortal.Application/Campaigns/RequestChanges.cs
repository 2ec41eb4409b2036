using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The reviewer's no, with what has to change.</summary>
public sealed class RequestChanges(PortalDatabase database, TimeProvider clock)
{
    /// <param name="reason">5 to 400 characters; the author reads it.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CampaignId id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveCampaigns);
        if (CampaignReason.Of(reason) is not { } text)
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await CampaignChange.ApplyAsync(
            database, id, now,
            (db, campaign, _) =>
            {
                var result = campaign.RequestChanges(text);
                if (result.IsSuccess)
                    db.AuditCampaign(actor, now, campaign, "campaign.changesRequested", text);
                return Task.FromResult(result);
            },
            cancellationToken);
    }
}

internal static class CampaignReason
{
    private const int Longest = 400;

    /// <returns>Null for no reason at all; the column holds 400 characters.</returns>
    public static string? Of(string? text) => ReasonNeeded.IsMetBy(text) ? Cut(text!.Trim()) : null;

    private static string Cut(string reason) => reason[..Math.Min(reason.Length, Longest)];
}
