using System.Globalization;
using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>Hands out a kept letter as a file, for staff to send: a PDF for the post, plain text for a mail.</summary>
public sealed class PrintLetter(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, long letterId, bool asText, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                if (await db.PrivacyRequestLetters.FindAsync([letterId], cancellationToken) is not { } letter
                    || await db.PrivacyRequests.FindAsync([letter.RequestId], cancellationToken) is not { } request
                    || await RequestSubject.OfKeyAsync(db, request, letter.SubscriberId, cancellationToken) is not { } subject
                    || await LetterReading.TextAsync(db, vault, request, subject, letter, cancellationToken) is not { } text)
                    return new LetterNotFound();
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var number = string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}");
                var code = ReportTrail.CodeOf("letter", actor, now, log, [number, letter.Kind.ToString()]);
                var bytes = asText ? Encoding.UTF8.GetBytes(text) : PdfWriter.Write(Document(text, new ReportHead(
                    text.Split('\n')[0], number, await ReportTrail.OrganisationAsync(db, cancellationToken), letter.WrittenBy, letter.WrittenAt, Log: log, Code: code, Language: letter.Language,
                    Paper: await ReportTrail.PaperAsync(db, cancellationToken))));
                db.Audit(actor, now, new AuditFact("request.letterPrinted", "request", request.Id.ToString(), request.SubscriberId, After: new Dictionary<string, object?>
                {
                    ["number"] = request.Number, ["letter"] = letter.Kind, ["code"] = code,
                }));
                return new ReportFile(bytes, $"{number}-{letter.Kind.ToString().ToLowerInvariant()}.{(asText ? "txt" : "pdf")}", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), code);
            },
            cancellationToken);
    }

    private static ReportDocument Document(string text, ReportHead head) =>
        new(head, [.. text.Split("\n\n").Skip(1).Select(paragraph => new ReportBlock.Paragraph(paragraph.Replace('\n', ' ')))]);
}
