using System.Globalization;
using ConsentPortal.Application.Reports.Pdf;
using SkiaSharp;

namespace ConsentPortal.Application.Reports;

/// <summary>
/// Draws a report as PDF: A4, fonts inside, text that can be searched and copied. The same report is the same bytes, so
/// that a hash in the audit log proves a file that somebody holds.
/// </summary>
public static class PdfWriter
{
    private const string Producer = "ConsentPortal";

    public static byte[] Write(ReportDocument report)
    {
        using var shaper = new TextShaper();
        var sketch = new PageSketch();
        var flow = new PageFlow(sketch);
        ReportHeadLayout.Place(report.Head, flow, shaper);
        PlaceBlocks(report, flow, shaper);
        var pages = flow.End();
        var margins = Margins(report.Head, sketch, shaper, pages.Count);
        using var press = new PagePress(sketch, shaper.CutFonts());
        using var drawn = new MemoryStream();
        using (var document = SKDocument.CreatePdf(drawn, Metadata(report.Head)))
        {
            for (var page = 0; page < pages.Count; page++)
            {
                using var canvas = document.BeginPage(Sheet.Width, Sheet.Height);
                press.Draw(canvas, margins[page]);
                press.Draw(canvas, pages[page]);
                document.EndPage();
            }

            document.Close();
        }

        PdfIdentity.Settle(drawn);
        PdfLanguage.Add(drawn, report.Head.Language);
        return drawn.ToArray();
    }

    /// <summary>The head and foot of each page, once it is known how many there are.</summary>
    private static List<byte[]> Margins(ReportHead head, PageSketch sketch, TextShaper shaper, int pages)
    {
        var margins = new List<byte[]>(pages);
        for (var page = 1; page <= pages; page++)
        {
            ReportHeadLayout.DrawMargins(sketch, shaper, head, page, pages);
            margins.Add(sketch.Tear());
        }

        return margins;
    }

    private static void PlaceBlocks(ReportDocument report, PageFlow flow, TextShaper shaper)
    {
        var blocks = report.Blocks.Select(block => BlockLayout.Of(block, shaper)).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            flow.Space(blocks[i].SpaceBefore);
            flow.Need(StandsTogether(report, blocks, i));
            blocks[i].Place(flow, shaper);
        }
    }

    /// <summary>Headings in a row, and the beginning of what they head.</summary>
    private static float StandsTogether(ReportDocument report, List<BlockLayout> blocks, int first)
    {
        var height = blocks[first].Start;
        for (var i = first; i + 1 < blocks.Count && report.Blocks[i] is ReportBlock.Heading; i++)
            height += blocks[i + 1].SpaceBefore + blocks[i + 1].Start;
        return Math.Min(height, Sheet.Bottom - Sheet.Top);
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
