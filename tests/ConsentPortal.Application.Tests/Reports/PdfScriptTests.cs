using System.Text;
using System.Text.RegularExpressions;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Pdf;
using UglyToad.PdfPig;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Wordings in other scripts than the Latin: read by another program as they were written.</summary>
public sealed partial class PdfScriptTests
{
    private const string Chinese = "点击“同意”即表示您同意接收我们的营销短信，您可以随时回复“退订”取消。";
    private const string Japanese = "「同意する」を押すと、当社からの広告メッセージの受信に同意したことになります。";
    private const string Korean = "동의 버튼을 누르면 광고 문자 수신에 동의하게 됩니다.";
    private const string Arabic = "أوافق على تلقي الرسائل الإعلانية من الشركة";
    private const string Hebrew = "אני מסכים לקבל הודעות שיווקיות מהחברה";

    private const string Thai = "ฉันยินยอมรับข้อความโฆษณาจากบริษัทและยกเลิกได้ทุกเมื่อ";
    private const string Devanagari = "मैं कंपनी से विज्ञापन संदेश प्राप्त करने के लिए सहमत हूँ और किसी भी समय रद्द कर सकता हूँ।";

    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Chinese)]
    [InlineData(Japanese)]
    [InlineData(Korean)]
    [InlineData(Arabic)]
    [InlineData(Hebrew)]
    [InlineData(Thai)]
    [InlineData(Devanagari)]
    [InlineData("Σύμφωνα με 同意书 15 рублей")]
    [InlineData("ตอบ STOP ถึง 12345, कीमत ₹99 क्षमा कृष्ण श्री")]
    // A family of three, a skin tone, a flag of letters and one of tags, a keycap, a heart that may also be text.
    [InlineData("Sale 🎉🎉 👩‍👩‍👧 👍🏽 🇩🇪 🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F 1️⃣ ❤️ today")]
    public async Task A_wording_of_any_script_is_read_by_others_as_it_was_written(string wording)
    {
        var pdf = PdfWriter.Write(Report(new ReportBlock.Quote(wording)));

        Assert.Equal(pdf, PdfWriter.Write(Report(new ReportBlock.Quote(wording))));
        if (await PdfTools.RunAsync("qpdf", pdf, "--check", "FILE") is { } check)
            Assert.True(check.Exit == 0, check.Output);
        if (await PdfTools.RunAsync("pdftotext", pdf, "FILE", "-") is { } read)
            Assert.Contains(wording, Plain(read.Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I agree: אני מסכים, 15 of them, 同意")]
    [InlineData("שלח STOP אל 12345 לביטול")]
    public async Task A_wording_of_two_directions_stands_in_the_file_in_the_order_in_which_it_is_read(string wording)
    {
        var pdf = PdfWriter.Write(Report(new ReportBlock.Quote(wording)));

        // Without -raw it sorts the words of a line by their place on the paper; with it it puts each direction on a line of its own.
        if (await PdfTools.RunAsync("pdftotext", pdf, "-raw", "FILE", "-") is { } read)
            Assert.Contains(wording.Replace(" ", "", StringComparison.Ordinal), Plain(read.Output).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_word_of_an_Arabic_wording_with_Latin_words_comes_out_whole()
    {
        const string Wording = "أرسل STOP إلى 12345 للإلغاء (مجانا) أو HELP للاستعلام";

        if (await PdfTools.RunAsync("pdftotext", PdfWriter.Write(Report(new ReportBlock.Quote(Wording))), "FILE", "-") is { } read)
            Assert.All(Wording.Split(' '), word => Assert.Contains(word.Trim('(', ')'), Plain(read.Output), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_fonts_that_a_report_needs_are_in_its_file_and_only_in_part()
    {
        var latin = PdfWriter.Write(Report(new ReportBlock.Quote("Yes.")));
        var all = PdfWriter.Write(Report(new ReportBlock.Quote(Chinese), new ReportBlock.Quote(Arabic), new ReportBlock.Quote(Hebrew)));

        Assert.InRange(all.Length, latin.Length, latin.Length + 120_000);
        if (await PdfTools.RunAsync("pdffonts", latin, "FILE") is { } few)
            Assert.DoesNotMatch("Arabic|Hebrew|CJK", few.Output);
        if (await PdfTools.RunAsync("pdffonts", all, "FILE") is not { } fonts)
            return;
        foreach (var face in new[] { "NotoSansArabic", "NotoSansHebrew", "NotoSansCJK" })
            Assert.Contains(face, fonts.Output, StringComparison.Ordinal);
        Assert.All(fonts.Output.Split('\n').Skip(2).Where(l => l.Length > 0), line => Assert.Matches("yes yes yes", line));
    }

    [Fact]
    public async Task Thai_and_emoji_have_their_fonts_inside_in_part_and_only_where_they_stand()
    {
        var latin = PdfWriter.Write(Report(new ReportBlock.Quote("Yes.")));
        var all = PdfWriter.Write(Report(new ReportBlock.Quote(Thai), new ReportBlock.Quote(Devanagari), new ReportBlock.Quote("🎉 👩‍💻")));

        Assert.InRange(all.Length, latin.Length, latin.Length + 60_000);
        if (await PdfTools.RunAsync("pdffonts", latin, "FILE") is { } few)
            Assert.DoesNotMatch("Thai|Emoji", few.Output);
        if (await PdfTools.RunAsync("pdffonts", all, "FILE") is not { } fonts)
            return;
        Assert.All(new[] { "NotoSansThai", "NotoEmoji" }, face => Assert.Contains(face, fonts.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("Type 3", fonts.Output, StringComparison.Ordinal);
        Assert.All(fonts.Output.Split('\n').Skip(2).Where(l => l.Length > 0), line => Assert.Matches("yes yes yes", line));
    }

    [Theory]
    [InlineData("👩‍👩‍👧", 1)]
    [InlineData("👍🏽", 1)]
    [InlineData("🇩🇪", 1)]
    [InlineData("1️⃣", 1)]
    [InlineData("🎉🎉", 2)]
    // No such pair is in any font: its two parts stand side by side.
    [InlineData("🐙\u200D🚒", 2)]
    public void What_is_joined_to_one_emoji_is_one_drawing_and_what_no_font_knows_as_one_its_parts(string text, int drawings)
    {
        using var shaper = new TextShaper(Sheet.Of(ReportPaper.A4));
        var one = shaper.Width("🎉", Ink.Body);

        Assert.Equal(drawings * one, shaper.Width(text, Ink.Body), 0.01);
    }

    [Fact]
    public void What_no_font_has_is_a_code_point_and_a_sign_without_ink_that_means_nothing_here_is_left_out()
    {
        Assert.Equal("a [U+1820] b", TextShaper.Line("a \u1820 b").Text);
        Assert.Equal("a今", TextShaper.Line("a\uFE0F今").Text);
    }

    [Fact]
    public void A_line_of_Thai_ends_between_words_and_only_inside_a_word_that_is_wider_than_the_line()
    {
        using var shaper = new TextShaper(Sheet.Of(ReportPaper.A4));
        string[] words = ["ฉัน", "ยินยอม", "รับ", "ข้อความ", "โฆษณา", "จาก", "บริษัท", "และ", "ยกเลิก", "ได้", "ทุก", "เมื่อ"];
        var ends = words.Aggregate((Ends: new HashSet<int>(), At: 0), (sum, word) => (sum.Ends.Append(sum.At + word.Length).ToHashSet(), sum.At + word.Length)).Ends;
        Assert.Equal(Thai, string.Concat(words));
        for (var width = 50f; width < 200; width += 3.1f)
        {
            var (lines, at) = (TextLines.Of(shaper, Thai, Ink.Quote, width).Lines, 0);
            Assert.True(lines.Count > 1);
            Assert.Equal(Thai, string.Concat(lines.Select(l => l.Text)));
            Assert.All(lines, l => Assert.InRange(shaper.Width(l, Ink.Quote), 1, width));
            Assert.All(lines, l => Assert.Contains(at += l.Text.Length, ends));
        }
    }

    [Theory]
    [InlineData("01940ba2-79a1-79fc-b5c8-cbaafff56ce2", new[] { "01940ba2-", "79a1-", "79fc-", "b5c8-", "cbaafff56ce2" })]
    [InlineData("SAFE-US 2026-11-23 opt-out", new[] { "SAFE-US ", "2026-11-23 ", "opt-", "out" })]
    public void An_id_may_be_parted_at_each_of_its_hyphens_and_the_name_of_a_rule_or_a_date_at_none(string text, string[] words) =>
        Assert.Equal(words, LineBreaks.Words(text).Select(word => text[word.Start..word.End]));

    [Fact]
    public void A_Thai_name_that_no_list_has_stays_whole_between_the_words_around_it()
    {
        const string Name = "ฮฮฮฌฌฌ";
        Assert.Equal(["ข้อความ", "จาก", Name, "บริษัท"], LineBreaks.Words($"ข้อความจาก{Name}บริษัท").Select(word => $"ข้อความจาก{Name}บริษัท"[word.Start..word.End]));
    }

    [Fact]
    public void A_word_that_has_to_be_broken_is_never_broken_inside_a_character_as_readers_see_it()
    {
        using var shaper = new TextShaper(Sheet.Of(ReportPaper.A4));
        string[] characters = ["क्ष", "मि", "त्र", "श्री", "हूँ", "👩‍👩‍👧", "👍🏽", "🇩🇪", "น้ำ", "ที่"];
        var text = string.Concat(Enumerable.Repeat(string.Concat(characters), 6));
        for (var width = 30f; width < 60; width += 2.3f)
        {
            var lines = TextLines.Of(shaper, text, Ink.Quote, width, breaksAnywhere: true).Lines;
            Assert.Equal(text, string.Concat(lines.Select(l => l.Text)));
            foreach (var line in lines)
            {
                var rest = line.Text;
                while (rest.Length > 0)
                    rest = rest[characters.Single(c => rest.StartsWith(c, StringComparison.Ordinal)).Length..];
            }
        }
    }

    [Fact]
    public void Chinese_breaks_between_characters_but_a_line_never_begins_with_a_comma_or_ends_with_an_opening_quote()
    {
        using var shaper = new TextShaper(Sheet.Of(ReportPaper.A4));
        var text = string.Concat(Enumerable.Repeat("同意书，营销短信。「退订」", 20));
        for (var width = 60f; width < 160; width += 4.7f)
        {
            var lines = TextLines.Of(shaper, text, Ink.Quote, width).Lines;

            Assert.Equal(text, string.Concat(lines.Select(l => l.Text)));
            Assert.All(lines, l => Assert.InRange(shaper.Width(l, Ink.Quote), 1, width));
            Assert.DoesNotContain(lines, l => "，。」".Contains(l.Text[0], StringComparison.Ordinal) || l.Text[^1] == '「');
            Assert.All(lines.SkipLast(1), l => Assert.True(shaper.Width(l, Ink.Quote) > width - 4 * Ink.Quote.Size, l.Text));
        }
    }

    [Fact]
    public void Arabic_breaks_at_spaces_and_stands_at_the_right_edge()
    {
        using var shaper = new TextShaper(Sheet.Of(ReportPaper.A4));
        var text = string.Join(' ', Enumerable.Repeat(Arabic, 4));
        var lines = TextLines.Of(shaper, text, Ink.Quote, 200).Lines;

        Assert.True(lines.Count > 2);
        Assert.Equal(text, string.Join(' ', lines.Select(l => l.Text)));
        using var pdf = PdfDocument.Open(PdfWriter.Write(Report(new ReportBlock.Paragraph(Arabic))));
        var letters = pdf.GetPage(1).Letters.Where(l => l.FontName?.Contains("Arabic", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(595.276 - 51, letters.Max(l => l.BoundingBox.Right), 2.0);
        Assert.True(letters.Min(l => l.BoundingBox.Left) > 250);
    }

    [Theory]
    // Examples of Unicode Standard Annex 9; capital letters stand for Hebrew ones.
    [InlineData("car means CAR.", "car means RAC.")]
    [InlineData("he said \"THE VALUES ARE 123, 456, 789, OK\".", "he said \"KO ,789 ,456 ,123 ERA SEULAV EHT\".")]
    [InlineData("IT IS A bmw 500, OK.", ".KO ,bmw 500 A SI TI")]
    [InlineData("PAY $1,234.50 NOW", "WON $1,234.50 YAP")]
    [InlineData("CALL +49 OR (STOP)", "(POTS) RO 49+ LLAC")]
    [InlineData("SEND stop (now) TO", "OT stop (now) DNES")]
    [InlineData("ab (CD) ef", "ab (DC) ef")]
    [InlineData("see (A) and [B, C] now", "see (A) and [C ,B] now")]
    public void Text_of_two_directions_stands_as_its_readers_expect(string written, string seen)
    {
        var text = string.Concat(written.Select(c => char.IsAsciiLetterUpper(c) ? (char)('א' + (c - 'A')) : c));
        var runs = TextRun.FromLeft(TextRun.Of(text, TextOrder.Of(text), FontWeight.Regular));

        Assert.Equal(seen, string.Concat(runs.Select(run => run.IsRightToLeft ? string.Concat(written.Substring(run.Start, run.Length).Reverse().Select(Mirrored)) : written.Substring(run.Start, run.Length))));
    }

    [Theory]
    [InlineData("🎉 مرحبا", true)]
    [InlineData("🎉 hello مرحبا", false)]
    [InlineData("🇩🇪 مرحبا", false)]
    public void A_text_that_begins_with_a_picture_goes_the_way_of_its_first_letter(string text, bool isRightToLeft) => Assert.Equal(isRightToLeft, TextOrder.Of(text).IsRightToLeft);

    [Theory]
    [InlineData("هاتف 12-34", new byte[] { 1, 1, 1, 1, 1, 2, 2, 1, 2, 2 })]
    [InlineData("טלפון 12-34", new byte[] { 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2 })]
    public void A_hyphen_parts_numbers_behind_an_Arabic_word_and_joins_them_behind_a_Hebrew_one(string text, byte[] levels) => Assert.Equal(levels, TextOrder.Of(text).Levels);

    private static char Mirrored(char c) => c switch { '(' => ')', ')' => '(', '[' => ']', ']' => '[', _ => c };

    /// <summary>One line, without the marks that pdftotext sets around what is written from right to left.</summary>
    private static string Plain(string read) => Spaces().Replace(new StringBuilder(read).Replace("\u202A", "").Replace("\u202B", "").Replace("\u202C", "").ToString(), " ");

    private static ReportDocument Report(params ReportBlock[] blocks) => new(new ReportHead("Consent certificate", "One wording", "Aurora Outfitters", "Carla Mendes", Noon), blocks);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 5_000)]
    private static partial Regex Spaces();
}
