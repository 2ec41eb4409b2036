using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>The words of a PDF as another program reads them, lines joined by single spaces.</summary>
internal static partial class PdfText
{
    public static string Of(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        var text = new StringBuilder();
        foreach (var page in document.GetPages())
            text.Append(string.Join(' ', page.GetWords().Select(w => w.Text))).Append(' ');
        return Spaces().Replace(text.ToString(), " ");
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
