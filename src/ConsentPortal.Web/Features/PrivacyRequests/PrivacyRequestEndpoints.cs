using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Features.Reports;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What a request is answered with, as files: nothing of them stays on the server.</summary>
internal static class PrivacyRequestEndpoints
{
    public static void MapPrivacyRequests(this WebApplication app)
    {
        app.MapGet(Paths.PrivacyRequests + "/{id:guid}/data.zip", PackageAsync).RequireAuthorization(Permissions.HandlePrivacyRequests);
        app.MapGet(Paths.PrivacyRequests + "/{id:guid}/letters/{letter:long}.{form:regex(^(pdf|txt)$)}", LetterAsync).RequireAuthorization(Permissions.HandlePrivacyRequests);
        app.MapGet(Paths.PrivacyRequests + "/{id:guid}/certificate.pdf", CertificateAsync).RequireAuthorization(Permissions.ViewPrivacyRequests);
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

    private static async Task<IResult> CertificateAsync(Guid id, HttpContext request, MakeErasureCertificate certificate, CancellationToken cancellationToken)
    {
        var actor = await CurrentActor.OfRequestAsync(request, cancellationToken);
        return ReportEndpoints.Download(request, await certificate.ExecuteAsync(actor, PrivacyRequestId.From(id), cancellationToken));
    }
}
