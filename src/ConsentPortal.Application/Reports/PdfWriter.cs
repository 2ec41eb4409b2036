using System.Globalization;
using ConsentPortal.Application.Reports.Pdf;
using SkiaSharp;

namespace ConsentPortal.Application.Reports;

/// <summary>
/// Draws a report as PDF: A4 or Letter, fonts inside, text that can be searched and copied. The same report is the same bytes, so
/// that a hash in the audit log proves a file that somebody holds.
/// </summary>
public static class PdfWriter
{
    private const string Producer = "ConsentPortal";

    public static byte[] Write(ReportDocument report)
    {
        var sheet = Sheet.Of(report.Head.Paper);
        using var shaper = new TextShaper(sheet);
        var placed = PlacedReport.Of(report, shaper);
        var margins = placed.Margins(report.Head, shaper);
        using var press = new PagePress(placed.Sketch, shaper.CutFonts());
        using var drawn = new MemoryStream();
        using (var document = SKDocument.CreatePdf(drawn, Metadata(report.Head)))
        {
            for (var page = 0; page < placed.Pages.Count; page++)
            {
                using var canvas = document.BeginPage(sheet.Width, sheet.Height);
                press.Draw(canvas, margins[page]);
                press.Draw(canvas, placed.Pages[page]);
                document.EndPage();
            }

            document.Close();
        }

        PdfIdentity.Settle(drawn);
        PdfCatalog.Complete(drawn, report.Head.Language, placed.Headings);
        return drawn.ToArray();
    }

    private static SKDocumentPdfMetadata Metadata(ReportHead head)
    {
        var metadata = SKDocumentPdfMetadata.Default;
        (metadata.Title, metadata.Author, metadata.Subject) = (head.Title, head.Organisation, head.Subtitle);
        (metadata.Creator, metadata.Producer) = (Producer, Producer);
        (metadata.Creation, metadata.Modified) = (head.MadeAt.UtcDateTime, head.MadeAt.UtcDateTime);
        // Skia writes what PDF/A-2b asks for beside the embedded fonts: XMP metadata, an output intent, an id.
        metadata.PdfA = true;
        return metadata;
    }

    /// <summary>As every report writes an instant: 23 Nov 2026, 14:02 UTC.</summary>
    internal static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
