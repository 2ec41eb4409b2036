using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Takes a scan, a picture or a saved e-mail from a browser into memory; it is small enough.</summary>
internal static class EvidenceUpload
{
    public const string Accepted = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg";

    /// <summary>And saved e-mails.</summary>
    public const string AcceptedLetters = Accepted + ",.eml,.msg,message/rfc822";

    public static Task<Result<EvidenceFile>> TakeAsync(IBrowserFile file, CancellationToken cancellationToken) => TakeAsync(file, EvidenceFile.Read, cancellationToken);

    public static Task<Result<EvidenceFile>> TakeLetterAsync(IBrowserFile file, CancellationToken cancellationToken) => TakeAsync(file, EvidenceFile.ReadLetter, cancellationToken);

    private static async Task<Result<EvidenceFile>> TakeAsync(IBrowserFile file, Func<string, byte[], Result<EvidenceFile>> read, CancellationToken cancellationToken)
    {
        if (file.Size > EvidenceFile.Largest)
            return new EvidenceTooLarge();
        try
        {
            using var bytes = new MemoryStream();
            await using var from = file.OpenReadStream(EvidenceFile.Largest, cancellationToken);
            await from.CopyToAsync(bytes, cancellationToken);
            return read(file.Name, bytes.ToArray());
        }
        catch (IOException)
        {
            return new EvidenceUploadBroke();
        }
    }
}

public sealed record EvidenceUploadBroke() : Failure("The upload broke off. Nothing was kept; choose the file again.");
