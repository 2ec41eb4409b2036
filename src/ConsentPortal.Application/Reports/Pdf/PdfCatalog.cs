using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Adds by an incremental update (ISO 32000-1 § 7.5.6) what Skia does not write of a finished file: its language, by which screen readers
/// choose their voice, and its outline, which readers show as bookmarks.
/// </summary>
internal static partial class PdfCatalog
{
    // Of an entry of the table of objects: ten digits of its place, a space, five of its generation, a space, a letter, an end of line.
    private const int EntryBytes = 20;
    private const int PlaceDigits = 10;

    /// <exception cref="InvalidDataException">The file has not the form that Skia writes.</exception>
    public static void Complete(MemoryStream pdf, string language, IReadOnlyList<PlacedHeading> headings)
    {
        var file = pdf.GetBuffer().AsSpan(0, (int)pdf.Length);
        var trailer = Trailer().Match(Encoding.Latin1.GetString(file[Math.Max(0, file.LastIndexOf("trailer"u8))..]));
        if (!trailer.Success)
            throw new InvalidDataException("The PDF has no trailer of the known form.");
        var (root, start, size) = (Number(trailer.Groups["root"].ValueSpan), Number(trailer.Groups["start"].ValueSpan), Number(trailer.Groups["size"].ValueSpan));
        var outline = PdfOutline.Objects(headings, size);
        var catalog = $"<<{Inside(file, start, root)}\n/Lang ({language}){(outline.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n/Outlines {size} 0 R"))}>>";
        var (added, table) = (new StringBuilder("\n"), new StringBuilder("xref\n"));
        Append(root, [catalog]);
        if (outline.Count > 0)
            Append(size, outline);
        var at = pdf.Length + added.Length;
        var inside = Size().Replace(trailer.Groups["inside"].Value, string.Create(CultureInfo.InvariantCulture, $"/Size {size + outline.Count}"), 1);
        added.Append(CultureInfo.InvariantCulture, $"{table}trailer\n<<{inside}\n/Prev {start}>>\nstartxref\n{at}\n%%EOF\n");
        pdf.Position = pdf.Length;
        pdf.Write(Encoding.Latin1.GetBytes(added.ToString()));

        void Append(int first, IReadOnlyList<string> objects)
        {
            table.Append(CultureInfo.InvariantCulture, $"{first} {objects.Count}\n");
            for (var i = 0; i < objects.Count; i++)
            {
                table.Append(CultureInfo.InvariantCulture, $"{pdf.Length + added.Length:D10} 00000 n \n");
                added.Append(CultureInfo.InvariantCulture, $"{first + i} 0 obj\n{objects[i]}\nendobj\n");
            }
        }
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

    [GeneratedRegex(@"/Size \d+", RegexOptions.None, 5_000)]
    private static partial Regex Size();

    [GeneratedRegex(@"trailer\s*<<(?<inside>.*?/Size (?<size>\d+).*?/Root (?<root>\d+) 0 R.*?)>>\s*startxref\s+(?<start>\d+)", RegexOptions.Singleline, 5_000)]
    private static partial Regex Trailer();
}
