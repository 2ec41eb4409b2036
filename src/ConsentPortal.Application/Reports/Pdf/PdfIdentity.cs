using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Gives a file an id that is made of its content. An archive file (PDF/A) has one, and Skia draws it by lot: the same report
/// would be other bytes each time.
/// </summary>
internal static partial class PdfIdentity
{
    private const int IdBytes = 16;
    private const int UuidLength = 36;

    /// <exception cref="InvalidDataException">The file has not the form that Skia writes.</exception>
    public static void Settle(MemoryStream pdf)
    {
        var file = pdf.GetBuffer().AsSpan(0, (int)pdf.Length);
        var end = file.LastIndexOf("trailer"u8);
        if (end < 0)
            throw new InvalidDataException("The PDF has no trailer of the known form.");
        var body = file[..end];
        // In the XMP metadata, where every spelling has the same length, so that nothing moves.
        var places = Uuids(body);
        places.ForEach(place => Put(Guid.Empty, pdf, place));
        var id = SHA256.HashData(body).AsSpan(0, IdBytes);
        var uuid = new Guid(id, bigEndian: true);
        places.ForEach(place => Put(uuid, pdf, place));
        var trailer = Trailer(Encoding.Latin1.GetString(file[end..]), Convert.ToHexString(id));
        pdf.SetLength(end);
        pdf.Position = end;
        pdf.Write(Encoding.Latin1.GetBytes(trailer));
    }

    private static List<int> Uuids(ReadOnlySpan<byte> body)
    {
        var places = new List<int>();
        for (var at = 0; body[at..].IndexOf("uuid:"u8) is >= 0 and var next;)
        {
            at += next + "uuid:"u8.Length;
            if (body.Length - at >= UuidLength && Guid.TryParseExact(Encoding.Latin1.GetString(body.Slice(at, UuidLength)), "D", out _))
                places.Add(at);
        }

        return places;
    }

    private static void Put(Guid uuid, MemoryStream pdf, int place) => Encoding.Latin1.GetBytes(uuid.ToString(), pdf.GetBuffer().AsSpan(place));

    private static string Trailer(string trailer, string id) => string.Create(
        CultureInfo.InvariantCulture,
        $"trailer\n<</Size {Number(Size(), trailer)}\n/Root {Number(Root(), trailer)} 0 R\n/Info {Number(Info(), trailer)} 0 R\n/ID [<{id}><{id}>]>>\nstartxref\n{Number(Start(), trailer)}\n%%EOF\n");

    private static string Number(Regex pattern, string trailer) =>
        pattern.Match(trailer) is { Success: true } match ? match.Groups["number"].Value : throw new InvalidDataException("The PDF has no trailer of the known form.");

    [GeneratedRegex(@"/Size (?<number>\d+)", RegexOptions.None, 5_000)]
    private static partial Regex Size();

    [GeneratedRegex(@"/Root (?<number>\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/Info (?<number>\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Info();

    [GeneratedRegex(@"startxref\s+(?<number>\d+)", RegexOptions.None, 5_000)]
    private static partial Regex Start();
}
