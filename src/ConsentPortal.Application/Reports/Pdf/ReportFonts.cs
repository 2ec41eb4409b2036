using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

internal enum FontWeight
{
    Regular = 0,
    Strong = 1,
}

/// <summary>A font file: the two weights first, under their own numbers, then one for each group of scripts that they lack.</summary>
internal enum FontFace
{
    Regular = 0,
    Strong = 1,
    Arabic = 2,
    Hebrew = 3,
    EastAsian = 4,
    Thai = 5,
    Emoji = 6,
}

/// <summary>
/// The fonts that travel with the portal (Noto, SIL Open Font License 1.1): a report looks the same on every machine, and its text can be
/// searched. Each is loaded once, when a report first needs it; never changed afterwards.
/// </summary>
internal static class ReportFonts
{
    /// <summary>Glyphs of all faces are measured in this, whatever the file counts in.</summary>
    public const int UnitsPerEm = 1_000;

    private static readonly Lazy<ReportFont>[] Faces =
    [
        .. new[] { "NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansCJKsc-Regular.ttf", "NotoSansThai-Regular.ttf", "NotoEmoji-Regular.ttf" }
            .Select(file => new Lazy<ReportFont>(() => ReportFont.Load(file))),
    ];

    public static ReportFont Of(FontFace face) => Faces[(int)face].Value;

    /// <summary>The face that shows a character in a text of this weight; null where none does. Other scripts have no strong weight.</summary>
    public static FontFace? Showing(Rune rune, FontWeight weight)
    {
        var own = (FontFace)weight;
        if (Of(own).Shows(rune))
            return own;
        if (Other(rune.Value) is { } other && Of(other).Shows(rune))
            return other;
        return Emoji.MayBe(rune) && Of(FontFace.Emoji).Shows(rune) ? FontFace.Emoji : null;
    }

    /// <summary>Whose script it is, so that no other file has to be opened to find out.</summary>
    private static FontFace? Other(int character) => character switch
    {
        (>= 0x0590 and <= 0x05FF) or (>= 0xFB1D and <= 0xFB4F) => FontFace.Hebrew,
        (>= 0x0600 and <= 0x06FF) or (>= 0x0750 and <= 0x077F) or (>= 0x08A0 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) => FontFace.Arabic,
        >= 0x0E00 and <= 0x0E7F => FontFace.Thai,
        (>= 0x1100 and <= 0x11FF) or (>= 0x2100 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF) => FontFace.EastAsian,
        _ => null,
    };
}

/// <summary>One file: its outlines for drawing and its tables for shaping.</summary>
internal sealed class ReportFont
{
    // HarfBuzz reads from this memory and does not keep it alive; pinned and held here, it neither moves nor goes away.
    private readonly byte[] _bytes;
    private readonly SKFont _outlines;

    private ReportFont(byte[] bytes)
    {
        _bytes = bytes;
        using var blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0), _bytes.Length, MemoryMode.ReadOnly);
        Face = new Face(blob, 0);
        using var data = SKData.CreateCopy(_bytes);
        Typeface = SKTypeface.FromData(data);
        _outlines = Typeface.ToFont();
    }

    public SKTypeface Typeface { get; }

    public Face Face { get; }

    /// <summary>A glyph without ink and width (U+200B); 0 where the font, having no ligatures, has none.</summary>
    public ushort Blank => _outlines.GetGlyph(0x200B);

    public bool Shows(string text) => _outlines.ContainsGlyphs(text);

    public bool Shows(Rune character) => _outlines.GetGlyph(character.Value) != 0;

    public static ReportFont Load(string file)
    {
        using var resource = typeof(ReportFonts).Assembly.GetManifestResourceStream($"ConsentPortal.Application.Reports.Fonts.{file}")
            ?? throw new InvalidOperationException($"The font {file} is not part of this build.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)resource.Length, pinned: true);
        resource.ReadExactly(bytes);
        return new ReportFont(bytes);
    }
}
