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
    // Of an entry of the table of objects: ten digits of its place, a space, five of its generation, a space, a letter, an end of line.
    private const int EntryBytes = 20;
    private const int PlaceDigits = 10;

    /// <exception cref="InvalidDataException">The file has not the form that Skia writes.</exception>
    public static void Add(MemoryStream pdf, string language)
    {
        var file = pdf.GetBuffer().AsSpan(0, (int)pdf.Length);
        var trailer = Trailer().Match(Encoding.Latin1.GetString(file[Math.Max(0, file.LastIndexOf("trailer"u8))..]));
        if (!trailer.Success)
            throw new InvalidDataException("The PDF has no trailer of the known form.");
        var (root, start) = (Number(trailer.Groups["root"].ValueSpan), Number(trailer.Groups["start"].ValueSpan));
        var catalog = Inside(file, start, root);
        var added = new StringBuilder("\n");
        var at = pdf.Length + added.Length;
        added.Append(CultureInfo.InvariantCulture, $"{root} 0 obj\n<<{catalog}\n/Lang ({language})>>\nendobj\n");
        var table = pdf.Length + added.Length;
        added.Append(CultureInfo.InvariantCulture, $"xref\n{root} 1\n{at:D10} 00000 n \ntrailer\n<<{trailer.Groups["inside"].Value}\n/Prev {start}>>\nstartxref\n{table}\n%%EOF\n");
        pdf.Position = pdf.Length;
        pdf.Write(Encoding.Latin1.GetBytes(added.ToString()));
    }

    /// <summary>What stands in a dictionary that is found through the table of objects.</summary>
    private static string Inside(ReadOnlySpan<byte> file, int table, int number)
    {
        var entries = table + Head().Match(Encoding.Latin1.GetString(file.Slice(table, Math.Min(64, file.Length - table)))).Length;
        var place = Number(Encoding.Latin1.GetString(file.Slice(entries + number * EntryBytes, PlaceDigits)));
        var end = file[place..].IndexOf("endobj"u8);
        var found = Dictionary().Match(end < 0 ? "" : Encoding.Latin1.GetString(file.Slice(place, end)));
        return found.Success ? found.Groups["inside"].Value : throw new InvalidDataException("The PDF has no catalog of the known form.");
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^xref\s+0 \d+\s+", RegexOptions.None, 5_000)]
    private static partial Regex Head();

    [GeneratedRegex(@"^\d+ 0 obj\s*<<(?<inside>.*)>>\s*$", RegexOptions.Singleline, 5_000)]
    private static partial Regex Dictionary();

    [GeneratedRegex(@"trailer\s*<<(?<inside>.*?/Root (?<root>\d+) 0 R.*?)>>\s*startxref\s+(?<start>\d+)", RegexOptions.Singleline, 5_000)]
    private static partial Regex Trailer();
}
