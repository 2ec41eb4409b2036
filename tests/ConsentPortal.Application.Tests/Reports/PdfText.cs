using UglyToad.PdfPig;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>The words of a PDF in reading order, a space between any two.</summary>
internal static class PdfText
{
    public static string Of(byte[] pdf)
    {
        using var read = PdfDocument.Open(pdf);
        return string.Join(' ', read.GetPages().Select(page => string.Join(' ', page.GetWords().Select(w => w.Text))));
    }
}
