using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>Reports as files. Each is made anew, and the audit trail keeps its hash.</summary>
internal static class ReportEndpoints
{
    private const string Pdf = "application/pdf";

    public static void MapReports(this WebApplication app)
    {
        app.MapGet(Paths.Reports + "/consent-proof/{subscriberId:guid}/{purposeId:guid}", ConsentProofAsync).RequireAuthorization(Permissions.ExportReports);
        app.MapGet(Paths.Reports + "/files/{kind}/{format}", GalleryAsync).RequireAuthorization(Permissions.ViewReports, Permissions.ExportReports);
        app.MapGet(Paths.KeptReports + "/{id:guid}/{format}", KeptAsync).RequireAuthorization(Permissions.ViewReports, Permissions.ExportReports);
        app.MapGet(Paths.Reports + "/campaign/{campaignId:guid}", CampaignAsync).RequireAuthorization(Permissions.ExportReports, Permissions.ViewCampaigns);
    }

    /// <summary>A file to keep, or the sentence that says why there is none.</summary>
    internal static IResult Download(HttpContext request, Result<ReportFile> outcome, string type = Pdf)
    {
        // Personal data does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return outcome.TryGet(out var file, out var failure)
            ? Results.File(file.Bytes, type, file.FileName)
            : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ConsentProofAsync(
        Guid subscriberId, Guid purposeId, string? number, HttpContext request, MakeConsentProof proof, PublicAddress address, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var showsNumber = number == "full";
        if (showsNumber && !actor.May(Permissions.RevealNumbers))
            return Results.Forbid();
        var page = address.Of(Paths.Verify) ?? new Uri($"{request.Request.Scheme}://{request.Request.Host}{Paths.Verify}");
        return Download(request, await proof.ExecuteAsync(actor, new ConsentProofWish(SubscriberId.From(subscriberId), PurposeId.From(purposeId), showsNumber, page), cancellationToken));
    }

    private static async Task<IResult> GalleryAsync(string kind, string format, HttpContext request, ReportGallery gallery, MakeReport report, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        if (ReportFormatNames.Read(format) is not { } form || gallery.NameOf(kind) == kind)
            return Results.NotFound();
        if (gallery.List(actor).All(r => r.Kind != kind))
            return Results.Forbid();
        request.Response.Headers.CacheControl = "no-store";
        var address = request.Request.GetEncodedUrl();
        if (ReportFilters.Unreadable(address) is { } unreadable)
            return Results.Text(unreadable.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
        var made = await report.ExecuteAsync(actor, new ReportWish(kind, ReportFilters.Read(address, "UTC"), ReportFilters.Paper(address)), form, cancellationToken);
        return made.TryGet(out var file, out var failure)
            ? Results.Stream(file.Content, file.ContentType, file.FileName)
            : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> KeptAsync(Guid id, string format, HttpContext request, KeptReports kept, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        if (ReportFormatNames.Read(format) is not { } form)
            return Results.NotFound();
        request.Response.Headers.CacheControl = "no-store";
        return (await kept.OpenAsync(actor, id, form, cancellationToken)).TryGet(out var file, out var failure)
            ? Results.Stream(file.WriteTo, file.ContentType, file.FileName)
            : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> CampaignAsync(Guid campaignId, HttpContext request, MakeCampaignReport report, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return Download(request, await report.ExecuteAsync(actor, CampaignId.From(campaignId), cancellationToken));
    }
}
