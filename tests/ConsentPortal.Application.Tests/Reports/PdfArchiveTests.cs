using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConsentPortal.Application.Reports;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>
/// What ISO 19005-2 (PDF/A-2, level B) demands of a file and can be seen in its structure, read by qpdf; clauses in brackets. No
/// validator of the standard runs here, so rules about the inside of glyphs and of colours are not looked at.
/// </summary>
public sealed partial class PdfArchiveTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ReportPaper.A4)]
    [InlineData(ReportPaper.Letter)]
    public async Task The_file_is_built_as_the_archive_standard_wants_it(ReportPaper paper)
    {
        var bytes = PdfWriter.Write(Report(paper));
        if (await PdfStructure.ReadAsync(bytes) is not { } pdf)
            return;
        var text = Encoding.Latin1.GetString(bytes);

        // [6.1.2] A header, and a comment of bytes that no program takes for text.
        Assert.Matches(@"^%PDF-1\.[4-7]\n%[\x80-\xff]{4,}", text);
        // [6.1.3] An id, no encryption, nothing behind the end.
        Assert.Equal(2, pdf.Trailer.GetProperty("/ID").GetArrayLength());
        Assert.False(pdf.Trailer.TryGetProperty("/Encrypt", out _));
        Assert.Matches(@"%%EOF\r?\n?$", text);
        // [6.1.7, 6.1.9] Streams lie in the file, and no filter is one that others may not have.
        Assert.DoesNotMatch(@"/LZWDecode|/Crypt\b", text);
        Assert.DoesNotContain(pdf.Streams, stream => stream.Dictionary.TryGetProperty("/F", out _));
        Assert.All(ObjectHead().Matches(text).Cast<Match>(), match => Assert.Matches(@"^\d+ \d+ obj\n", match.Value));
        // [6.5, 6.6] Nothing that acts, plays or is attached.
        foreach (var forbidden in new[] { "/JavaScript", "/JS", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/AA", "/OpenAction", "/EmbeddedFile", "/AcroForm", "/Rendition", "/RichMedia" })
            Assert.DoesNotContain(pdf.Names, name => name == forbidden);
    }

    [Fact]
    public async Task Colours_are_those_of_a_profile_inside_the_file()
    {
        if (await PdfStructure.ReadAsync(PdfWriter.Write(Report(ReportPaper.A4))) is not { } pdf)
            return;

        // [6.2.3] One output intent with an ICC profile of three colours.
        var intent = pdf.Resolve(Assert.Single(pdf.Catalog.GetProperty("/OutputIntents").EnumerateArray()));
        Assert.Equal("/GTS_PDFA1", intent.GetProperty("/S").GetString());
        Assert.True(intent.TryGetProperty("/OutputConditionIdentifier", out _));
        var (dictionary, profile) = pdf.Stream(intent.GetProperty("/DestOutputProfile"));
        Assert.Equal(3, dictionary.GetProperty("/N").GetInt32());
        Assert.Equal(("RGB ", "acsp"), (Encoding.ASCII.GetString(profile, 16, 4), Encoding.ASCII.GetString(profile, 36, 4)));
        Assert.InRange(profile[8], 2, 4);
        Assert.Equal(profile.Length, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(profile));
        // [6.2.4] Only colours that the profile explains. [6.2.5, 6.2.8] No transfer functions, nothing smoothed by the reader.
        Assert.DoesNotContain(pdf.Names, name => name is "/DeviceCMYK" or "/DeviceN" or "/Separation" or "/TR" or "/TR2" or "/HTP" or "/Alternates" or "/OPI" or "/PS");
        Assert.DoesNotContain(pdf.Contents, content => CmykOperator().IsMatch(content));
        // [6.2.10] Where something shows through, it blends as every reader knows how.
        Assert.All(pdf.Values("/BM"), mode => Assert.Contains(mode.GetString(), new[] { "/Normal", "/Compatible", "/Multiply", "/Screen" }));
        Assert.All(pdf.Values("/SMask"), mask => Assert.Equal("/None", mask.ValueKind == JsonValueKind.String ? mask.GetString() : "a mask"));
        Assert.DoesNotContain(pdf.Values("/Interpolate"), smoothed => smoothed.ValueKind == JsonValueKind.True);
    }

    [Fact]
    public async Task Every_glyph_that_is_shown_has_its_font_inside()
    {
        if (await PdfStructure.ReadAsync(PdfWriter.Write(Report(ReportPaper.A4))) is not { } pdf)
            return;
        var fonts = pdf.Dictionaries.Where(d => d.TryGetProperty("/Type", out var type) && type.GetString() == "/Font").ToList();

        // [6.2.11.4] Every descriptor with its program; [6.2.11.3] composite fonts with an order of glyphs that needs nothing from outside.
        Assert.NotEmpty(fonts);
        var descendants = fonts.Where(f => f.TryGetProperty("/FontDescriptor", out _)).ToList();
        Assert.All(descendants, font => Assert.Contains(pdf.Resolve(font.GetProperty("/FontDescriptor")).EnumerateObject(), p => p.Name is "/FontFile2" or "/FontFile3"));
        Assert.All(fonts.Except(descendants), font => Assert.Equal("/Type0", font.GetProperty("/Subtype").GetString()));
        Assert.All(fonts.Where(f => f.GetProperty("/Subtype").GetString() == "/Type0"), font => Assert.Equal("/Identity-H", font.GetProperty("/Encoding").GetString()));
        Assert.All(fonts.Where(f => f.GetProperty("/Subtype").GetString() == "/CIDFontType2"), font => Assert.Equal("/Identity", font.GetProperty("/CIDToGIDMap").GetString()));
    }

    [Fact]
    public async Task What_the_file_says_of_itself_is_the_same_in_both_places()
    {
        var report = Report(ReportPaper.A4);
        if (await PdfStructure.ReadAsync(PdfWriter.Write(report)) is not { } pdf)
            return;
        var info = pdf.Resolve(pdf.Trailer.GetProperty("/Info"));
        var (dictionary, bytes) = pdf.Stream(pdf.Catalog.GetProperty("/Metadata"));
        var packet = Encoding.UTF8.GetString(bytes);
        var xmp = XDocument.Parse(packet);

        // [6.6.2] An XMP packet that needs no attributes to be read, and says which level this is.
        Assert.Equal(("/Metadata", "/XML"), (dictionary.GetProperty("/Type").GetString(), dictionary.GetProperty("/Subtype").GetString()));
        Assert.DoesNotMatch(@"<\?xpacket begin=[^>]*(bytes|encoding)=", packet);
        Assert.Equal(("2", "B"), (Of("http://www.aiim.org/pdfa/ns/id/", "part"), Of("http://www.aiim.org/pdfa/ns/id/", "conformance")));
        // [6.6.2.3] Only properties that everybody knows.
        string[] known =
        [
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://ns.adobe.com/xap/1.0/", "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/mm/", "http://www.aiim.org/pdfa/ns/id/",
            "adobe:ns:meta/",
        ];
        Assert.All(xmp.Descendants(), element => Assert.Contains(element.Name.NamespaceName, known));
        // [6.6.4] The information dictionary tells the same.
        Assert.Equal(("Everything skipped", "Ñandú & <Söhne>"), (Text("/Title"), Text("/Author")));
        Assert.Equal(Text("/Title"), Of("http://purl.org/dc/elements/1.1/", "title"));
        Assert.Equal(Text("/Author"), Of("http://purl.org/dc/elements/1.1/", "creator"));
        Assert.Equal(Text("/Subject"), Of("http://purl.org/dc/elements/1.1/", "description"));
        Assert.Equal(Text("/Creator"), Of("http://ns.adobe.com/xap/1.0/", "CreatorTool"));
        Assert.Equal(Text("/Producer"), Of("http://ns.adobe.com/pdf/1.3/", "Producer"));
        Assert.Equal((Instant("/CreationDate"), Instant("/ModDate")), (Date("CreateDate"), Date("ModifyDate")));
        Assert.Equal(Noon, Date("CreateDate"));

        string? Of(string space, string name) => xmp.Descendants(XName.Get(name, space)).FirstOrDefault()?.Value.Trim();
        string Text(string key) => PdfStructure.TextOf(info.GetProperty(key));
        DateTimeOffset Date(string name) => DateTimeOffset.Parse(Of("http://ns.adobe.com/xap/1.0/", name)!, CultureInfo.InvariantCulture);
        DateTimeOffset Instant(string key) => DateTimeOffset.ParseExact(Text(key)[2..].Replace("'", "", StringComparison.Ordinal).Replace("Z", "+0000", StringComparison.Ordinal)[..19], "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture);
    }

    private static ReportDocument Report(ReportPaper paper) => new(
        new ReportHead("Everything skipped", "Autumn offers", "Ñandú & <Söhne>", "Carla Mendes", Noon, "All countries", new LogState(1_234, "pXwT5mFf0bq8E1YyYc7C8cJkz0o4pJxw3m5x1kq9f3A="), "AB12-CD34-EF56-GH78", Paper: paper),
        [
            new ReportBlock.Verdict(ReportTone.Good, "Nothing was missed", "As of now"), new ReportBlock.KeyFigures([new KeyFigure("Texts", "12,345")]), new ReportBlock.Quote("Größe, Ελλάδα, Україна"),
            new ReportBlock.Chart("Texts by hour", [.. Enumerable.Range(0, 24).Select(h => new ChartBar($"{h:00}", h))]),
            new ReportBlock.Table([new ReportColumn("Rule"), new ReportColumn("Texts", ReportAlign.Right)], [.. Enumerable.Range(0, 90).Select(i => new[] { $"row-{i}", "1" })], ["Total", "90"]),
            new ReportBlock.QrCode("ConsentPortal report", "Verification code", "Under this code."),
        ]);

    [GeneratedRegex(@"(?<=\n)\d+\s+\d+\s+obj\s", RegexOptions.None, 5_000)]
    private static partial Regex ObjectHead();

    [GeneratedRegex(@"(?m)(?:^|\s)(?:[\d.]+\s+){4}[kK]\s*$", RegexOptions.None, 5_000)]
    private static partial Regex CmykOperator();
}
