using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Campaigns;

internal static class CampaignEndpoints
{
    public static void MapCampaigns(this WebApplication app) =>
        app.MapGet(Paths.Campaigns + "/{id:guid}/recipients.csv", ExportAsync).RequireAuthorization(Permissions.ViewCampaigns, Permissions.ExportReports);

    /// <summary>Everybody of a campaign, or those of one outcome.</summary>
    private static async Task<IResult> ExportAsync(
        Guid id, string? state, string? reason, string? text, string? language, HttpContext request, CampaignDetail campaigns, ExportCampaignRecipients export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        if (!(await campaigns.GetAsync(actor, new CampaignId(id), cancellationToken)).IsSuccess)
            return Results.NotFound();
        var wanted = RecipientFilter.InStates(state);
        if (reason is { Length: > 0 } && !wanted.CanHave(reason))
            return Results.NotFound();
        // Whom somebody texted does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => export.ExecuteAsync(actor, new RecipientQuery(new CampaignId(id), wanted.State, reason) { IsUndelivered = wanted.IsUndelivered, Variant = RecipientFilter.Letter(text), Language = language }, to, cancellationToken), "text/csv; charset=utf-8", "campaign-recipients.csv");
    }
}
