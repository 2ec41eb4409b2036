using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Features.Reports;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What a request is answered with, as files: nothing of them stays on the server.</summary>
internal static class PrivacyRequestEndpoints
{
    public static void MapPrivacyRequests(this WebApplication app)
    {
        app.MapPost(Paths.PrivacyRequestExport, ExportAsync).RequireAuthorization(Permissions.ViewPrivacyRequests, Permissions.ExportReports);
        app.MapGet(Paths.PrivacyRequests + "/{id:guid}/data.zip", PackageAsync).RequireAuthorization(Permissions.HandlePrivacyRequests);
        app.MapGet(Paths.PrivacyRequests + "/{id:guid}/letters/{letter:long}.{form:regex(^(pdf|txt)$)}", LetterAsync).RequireAuthorization(Permissions.HandlePrivacyRequests);
        app.MapPost(Paths.PrivacyRequests + "/{id:guid}/files/{attachment:guid}", AttachmentAsync).RequireAuthorization(Permissions.HandlePrivacyRequests);
        app.MapGet(Paths.PrivacyRequests + "/{id:guid}/certificate.pdf", CertificateAsync).RequireAuthorization(Permissions.ViewPrivacyRequests);
    }

    /// <summary>Posted, so that what was searched for stands in no address and no other site can ask.</summary>
    private static async Task<IResult> ExportAsync([FromForm] string? search, HttpContext request, ExportRequests export, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var query = RequestFilters.From(request.Request.GetEncodedUrl()).Query(search);
        // Personal data does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        return Results.Stream(to => export.ExecuteAsync(actor, query, to, cancellationToken), "text/csv; charset=utf-8", "privacy-requests.csv");
    }

    private static async Task<IResult> PackageAsync(Guid id, HttpContext request, MakeAccessPackage package, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return ReportEndpoints.Download(request, await package.ExecuteAsync(actor, PrivacyRequestId.From(id), cancellationToken), "application/zip");
    }

    private static async Task<IResult> LetterAsync(long letter, string form, HttpContext request, PrintLetter print, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        var asText = form == "txt";
        return ReportEndpoints.Download(request, await print.ExecuteAsync(actor, letter, asText, cancellationToken), asText ? "text/plain; charset=utf-8" : "application/pdf");
    }

    /// <summary>Posted, so that the reason stands in no address and no other site can ask.</summary>
    private static async Task<IResult> AttachmentAsync(Guid id, Guid attachment, [FromForm] string? reason, HttpContext request, OpenAttachment open, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        // Personal data does not stay in a browser's cache.
        request.Response.Headers.CacheControl = "no-store";
        var outcome = await open.ExecuteAsync(actor, PrivacyRequestId.From(id), attachment, reason, cancellationToken);
        return outcome.TryGet(out var file, out var failure)
            ? Results.File(file.Bytes, file.ContentType, file.Name)
            : Results.Text(failure.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> CertificateAsync(Guid id, HttpContext request, MakeErasureCertificate certificate, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return ReportEndpoints.Download(request, await certificate.ExecuteAsync(actor, PrivacyRequestId.From(id), cancellationToken));
    }
}
