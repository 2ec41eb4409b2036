using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Names the language of a finished file by an incremental update (ISO 32000-1 § 7.5.6): Skia does not write it, and
/// screen readers choose their voice by it.
/// </summary>
internal static partial class PdfLanguage
{
    /// <exception cref="InvalidDataException">The file has not the form that Skia writes.</exception>
    public static byte[] Add(byte[] pdf, string language)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var trailer = Trailer().Match(text, Math.Max(0, text.LastIndexOf("trailer", StringComparison.Ordinal)));
        if (!trailer.Success)
            throw new InvalidDataException("The PDF has no trailer of the known form.");
        var root = trailer.Groups["root"].Value;
        var catalog = new Regex($@"(?<=[\r\n]){root} 0 obj\s*<<(?<inside>.*?)>>\s*endobj", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Match(text);
        if (!catalog.Success)
            throw new InvalidDataException("The PDF has no catalog of the known form.");
        var added = new StringBuilder("\n");
        var at = pdf.Length + added.Length;
        added.Append(CultureInfo.InvariantCulture, $"{root} 0 obj\n<<{catalog.Groups["inside"].Value}\n/Lang ({language})>>\nendobj\n");
        var table = pdf.Length + added.Length;
        added.Append(CultureInfo.InvariantCulture, $"xref\n{root} 1\n{at:D10} 00000 n \ntrailer\n<<{trailer.Groups["inside"].Value}\n/Prev {trailer.Groups["start"].Value}>>\nstartxref\n{table}\n%%EOF\n");
        return [.. pdf, .. Encoding.Latin1.GetBytes(added.ToString())];
    }

    [GeneratedRegex(@"trailer\s*<<(?<inside>.*?/Root (?<root>\d+) 0 R.*?)>>\s*startxref\s+(?<start>\d+)", RegexOptions.Singleline, 5_000)]
    private static partial Regex Trailer();
}
