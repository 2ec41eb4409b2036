using System.Runtime.CompilerServices;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>Verifies the whole audit log while it is made, and says what came of it.</summary>
internal sealed class AuditCertificateReport(VerifyAudit verify, AuditProofs proofs) : GalleryReport
{
    private const int ProblemsShown = 50;

    public override ReportDescription Description { get; } = new(
        "audit-certificate", "Audit integrity certificate", "The whole audit log is verified now: every entry hashed, every signed root recomputed. The rows are the checkpoints that were signed in some days.",
        ReportNeeds.Days, Permissions.ViewAudit);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var done = await verify.ExecuteAsync(question.Actor, cancellationToken);
        var key = proofs.CurrentKey(question.Actor).ToString();
        return new ReportContent($"The whole log; checkpoints of {ReportFilter.DaysInWords(question)}", new ReportRows("Checkpoints", Fields, RowsAsync(question, cancellationToken)), () => Blocks(done, key));
    }

    private static IReadOnlyList<ReportField> Fields { get; } = [new("Signed at"), new("Entries", true), new("Root")];

    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(ReportQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (question.From, question.To);
        await foreach (var checkpoint in question.Stream.AuditCheckpoints.AsNoTracking().Where(c => c.At >= from && c.At < to).OrderBy(c => c.Size)
            .Select(c => new { c.At, c.Size, c.Root }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return [checkpoint.At, checkpoint.Size, Convert.ToBase64String(checkpoint.Root)];
        }
    }

    private static List<ReportBlock> Blocks(AuditVerification done, string key)
    {
        var found = done.Found;
        List<ReportBlock> blocks =
        [
            new ReportBlock.Verdict(
                found.Valid ? ReportTone.Good : ReportTone.Bad,
                found.Valid ? "The audit log is whole, and as it was signed." : found.IsLogWhole() ? "The audit log is as it was signed, but the send ledger says otherwise." : "The audit log is not as it was signed.",
                $"{ReportWords.Counted(found.Size, "entry", "entries")} verified on {PdfWriter.Time(done.At)}, in {Durations.Words(done.Took)}."),
            new ReportBlock.Facts([new("Entries", ReportWords.Count(found.Size)), new("Root", found.Root, IsCode: true), new("Key that signs", key, IsCode: true)]),
            new ReportBlock.Paragraph(
                "Each entry was hashed anew, the tree built over the hashes (RFC 6962), and every signed root compared on the way; a deleted, edited, swapped, inserted or repeated entry and a database put back to an older state are each found. What the newest entry about each text says was compared with the send ledger. An export of the log verifies the same way without this portal: audit verify FOLDER."),
        ];
        if (!found.Valid)
        {
            blocks.Add(new ReportBlock.Heading("What was found"));
            blocks.Add(new ReportBlock.Table([new("Entry", ReportAlign.Right), new("What is wrong")], [.. found.Problems.Take(ProblemsShown).Select(p => (IReadOnlyList<string>)[p.Index is { } index ? ReportWords.Count(index) : "–", p.Text])]));
        }

        return blocks;
    }
}
