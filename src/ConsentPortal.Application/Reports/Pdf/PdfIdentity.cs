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

    /// <exception cref="InvalidDataException">The file has not the form that Skia writes.</exception>
    public static byte[] Settle(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var end = text.LastIndexOf("trailer", StringComparison.Ordinal);
        if (end < 0)
            throw new InvalidDataException("The PDF has no trailer of the known form.");
        // In the XMP metadata, where every spelling has the same length, so that nothing moves.
        var body = Uuid().Replace(text[..end], Guid.Empty.ToString());
        var id = SHA256.HashData(Encoding.Latin1.GetBytes(body)).AsSpan(0, IdBytes);
        body = body.Replace($"uuid:{Guid.Empty}", $"uuid:{new Guid(id, bigEndian: true)}", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(body + Trailer(text[end..], Convert.ToHexString(id)));
    }

    private static string Trailer(string trailer, string id) => string.Create(
        CultureInfo.InvariantCulture,
        $"trailer\n<</Size {Number(Size(), trailer)}\n/Root {Number(Root(), trailer)} 0 R\n/Info {Number(Info(), trailer)} 0 R\n/ID [<{id}><{id}>]>>\nstartxref\n{Number(Start(), trailer)}\n%%EOF\n");

    private static string Number(Regex pattern, string trailer) =>
        pattern.Match(trailer) is { Success: true } match ? match.Groups["number"].Value : throw new InvalidDataException("The PDF has no trailer of the known form.");

    [GeneratedRegex("(?<=uuid:)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.None, 5_000)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"/Size (?<number>\d+)", RegexOptions.None, 5_000)]
    private static partial Regex Size();

    [GeneratedRegex(@"/Root (?<number>\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Root();

    [GeneratedRegex(@"/Info (?<number>\d+) 0 R", RegexOptions.None, 5_000)]
    private static partial Regex Info();

    [GeneratedRegex(@"startxref\s+(?<number>\d+)", RegexOptions.None, 5_000)]
    private static partial Regex Start();
}
