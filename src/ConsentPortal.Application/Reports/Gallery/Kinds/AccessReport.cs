using System.Runtime.CompilerServices;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>Who looked at whom behind the mask, and why, and which days of whom stand out.</summary>
internal sealed class AccessReport : GalleryReport
{
    private const int EntriesAtOnce = 500;

    public override ReportDescription Description { get; } = new(
        "access-and-reveal", "Access and reveal", "Who looked at people in some days, how often, and on which days far more than they use to; each look behind the mask with its reason.",
        ReportNeeds.Days, Permissions.ViewAudit);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var staff = await LooksByStaff.ReadAsync(question.Db, question.From, question.To, cancellationToken);
        return new ReportContent(ReportFilter.DaysInWords(question), new ReportRows("Looks behind the mask", Fields, RowsAsync(question, cancellationToken)), () => Blocks(staff));
    }

    private static IReadOnlyList<ReportField> Fields { get; } = [new("When"), new("Who"), new("Role"), new("What"), new("Person"), new("Reason"), new("Log entry", true)];

    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(ReportQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (question.From, question.To);
        foreach (var (action, objectKind, kind) in LooksAtPeople.All.Where(look => LooksAtPeople.IsReveal(look.Kind)))
        {
            var entries = question.Stream.AuditEntries.AsNoTracking().Where(e => e.Action == action && e.ObjectKind == objectKind && e.At >= from && e.At < to).OrderBy(e => e.At).ThenBy(e => e.Id).AsAsyncEnumerable();
            await foreach (var some in entries.Chunk(EntriesAtOnce).WithCancellation(cancellationToken))
            {
                var names = await ActorNames.OfAsync(question.Db, some.Select(e => (e.ActorKind, e.ActorId)).Distinct(), cancellationToken);
                foreach (var entry in some)
                    yield return Row(entry, kind, names);
            }
        }
    }

    private static IReadOnlyList<object?> Row(AuditEntry entry, LookKind kind, ActorNames names)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return
        [
            entry.At, names.Of(entry.ActorKind, entry.ActorId), leaf.RootElement.GetProperty("actor").GetProperty("role").GetString(), Word(kind), entry.SubscriberId?.ToString(),
            leaf.RootElement.GetProperty("reason").GetString(), entry.LeafIndex,
        ];
    }

    private static string Word(LookKind kind) => kind switch
    {
        LookKind.Page => "Page, masked",
        LookKind.Number => "Full number",
        LookKind.Text => "Text with their name",
        LookKind.Paper => "Signed paper",
        LookKind.Attachment => "File sent with a request",
        LookKind.AuditValues => "Values of an audit entry",
        LookKind.Evidence => "Record of a sample, masked",
        LookKind.Request => "Privacy request, masked",
        LookKind.Inbox => "Texts in the inbox, masked",
        LookKind.Package => "Package of all their data",
        LookKind.PackageReview => "Review of that package",
        LookKind.File => "Full number, in a file",
        LookKind.Trail => "Their entries of the audit trail, masked",
        LookKind.Standing => "Where their consents stand, to a program",
    };

    private static IReadOnlyList<ReportBlock> Blocks(IReadOnlyList<StaffLooks> staff)
    {
        var unusual = staff.SelectMany(s => s.Unusual.Select(d => (s.Who, Day: d))).OrderByDescending(u => u.Day.Day).ToList();
        return
        [
            new ReportBlock.Verdict(
                unusual.Count == 0 ? ReportTone.Good : ReportTone.Waiting, unusual.Count == 0 ? "No day of anybody stands out." : $"{ReportWords.Counted(unusual.Count, "day stands", "days stand")} out: somebody looked at far more people than they use to.",
                UnusualDays.Sentence),
            new ReportBlock.KeyFigures(
            [
                new("Looks behind the mask", ReportWords.Count(staff.Sum(s => (long)s.Reveals))), new("Masked pages opened", ReportWords.Count(staff.Sum(s => (long)s.Pages))), new("Who looked", ReportWords.Count(staff.Count)),
            ]),
            new ReportBlock.Heading("By who looked"),
            new ReportBlock.Table(
                [new("Who"), new("Behind the mask", ReportAlign.Right), new("Usual day", ReportAlign.Right), new("Masked pages", ReportAlign.Right), new("Days that stand out", ReportAlign.Right)],
                [.. staff.Select(s => (IReadOnlyList<string>)[s.Who, ReportWords.Count(s.Reveals), ReportCells.OnPaper(s.UsualReveals), ReportWords.Count(s.Pages), ReportWords.Count(s.Unusual.Count)])],
                staff.Count > 1 ? ["Total", ReportWords.Count(staff.Sum(s => (long)s.Reveals)), "", ReportWords.Count(staff.Sum(s => (long)s.Pages)), ReportWords.Count(unusual.Count)] : null, "Nobody looked at anybody."),
            new ReportBlock.Heading("Days that stand out"),
            new ReportBlock.Table(
                [new("Day (UTC)"), new("Who"), new("What"), new("Looks", ReportAlign.Right), new("Median before", ReportAlign.Right)],
                [.. unusual.Select(u => (IReadOnlyList<string>)[ReportWords.Date(u.Day.Day), u.Who, u.Day.IsReveal ? "Behind the mask" : "Masked pages", ReportWords.Count(u.Day.Count), ReportCells.OnPaper(u.Day.Median)])], EmptyText: "None."),
        ];
    }
}
