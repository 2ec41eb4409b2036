using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Application.Breaches;

/// <summary>The notification in the order of GDPR art. 33(3): what happened, to whom, what follows, what was done.</summary>
internal static class BreachNotificationDocument
{
    /// <param name="firstAwareAt">What was entered first as the time of becoming aware (UTC), by the audit trail; null where the trail does not hold it.</param>
    public static ReportDocument Of(BreachView view, DateTimeOffset? firstAwareAt, ReportHead head)
    {
        var breach = view.Breach;
        return new ReportDocument(head,
        [
            new ReportBlock.Paragraph("To the competent supervisory authority, under article 33 of Regulation (EU) 2016/679. What is not known yet follows without undue further delay (art. 33(4))."),
            Clock(view, head.MadeAt),
            new ReportBlock.Facts(
            [
                new("Controller", head.Organisation),
                new("Contact point", breach.Contact ?? "Not given"),
                new("Became aware", firstAwareAt is { } first && (first - breach.AwareAt).Duration() >= TimeSpan.FromMinutes(1)
                    ? $"{PdfWriter.Time(breach.AwareAt)}; entered first as {PdfWriter.Time(first)}. Why it was changed: {breach.Grounds}" : PdfWriter.Time(breach.AwareAt)),
                new("Began", breach.BeganAt is { } began ? PdfWriter.Time(began) : "Not known yet"),
                new("Reference", $"BR-{breach.Number}"),
            ]),
            new ReportBlock.Heading("1. Nature of the breach"),
            new ReportBlock.Paragraph($"{breach.Title}. {breach.WhatHappened}"),
            new ReportBlock.KeyFigures(
            [
                new("People concerned, about", About(breach.People)), new("Records concerned, about", About(breach.Records)), new("Assessed risk", BreachWords.Of(breach.Risk)),
            ]),
            new ReportBlock.Heading("2. Categories of data"),
            new ReportBlock.Paragraph(breach.Data),
            new ReportBlock.Heading("3. Likely consequences"),
            new ReportBlock.Paragraph(OrUnknown(breach.Consequences)),
            new ReportBlock.Heading("4. Measures taken and proposed"),
            new ReportBlock.Paragraph(OrUnknown(breach.Measures)),
            new ReportBlock.Heading("5. Who has been told"),
            new ReportBlock.Table([new("When"), new("Who"), new("How")], [.. view.Notices.Select(Notice)], EmptyText: "Nobody so far."),
            new ReportBlock.QrCode($"ConsentPortal report {head.Code}", $"Verification code {head.Code}", "Under this code the audit trail of the controller holds the SHA-256 of this very file."),
        ]);
    }

    private static ReportBlock.Verdict Clock(BreachView view, DateTimeOffset madeAt)
    {
        var due = view.Breach.AuthorityDue;
        if (view.AuthorityToldAt is { } told)
            return new ReportBlock.Verdict(told <= due ? ReportTone.Good : ReportTone.Bad, told <= due ? "First notified within 72 hours." : "First notified after 72 hours.", $"{PdfWriter.Time(told)}; the time ended on {PdfWriter.Time(due)}.");
        return madeAt <= due
            ? new ReportBlock.Verdict(ReportTone.Waiting, "Notified within 72 hours of awareness if sent in time.", $"The time ends on {PdfWriter.Time(due)}.")
            : new ReportBlock.Verdict(ReportTone.Bad, "The 72 hours have passed.", $"They ended on {PdfWriter.Time(due)}. Reasons for the delay: {view.Breach.Grounds ?? "Not given yet"}");
    }

    private static IReadOnlyList<string> Notice(BreachNotice notice) => [PdfWriter.Time(notice.ToldAt), $"{BreachWords.Of(notice.Kind)}: {notice.Whom}", notice.How];

    private static string About(int? number) => number is { } known ? ReportWords.Count(known) : "Not known yet";

    private static string OrUnknown(string text) => text.Length == 0 ? "Not known yet." : text;
}
