using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// A font cut down to the glyphs that one report draws: a certificate of two pages is then tens of kilobytes instead of
/// hundreds. Done by HarfBuzz, whose managed wrapper leaves these functions out; glyphs keep their numbers.
/// </summary>
internal static partial class FontSubset
{
    private const string HarfBuzz = "libHarfBuzzSharp";
    private const uint NoHinting = 0x01;
    private const uint RetainGlyphNumbers = 0x02;
    private const uint NoLayoutClosure = 0x200;
    private const int DroppedTables = 3;

    // Shaping is done when the subset is made; readers of the file use none of these.
    private static readonly string[] Unneeded = ["GSUB", "GPOS", "GDEF", "kern", "DSIG"];

    /// <exception cref="InvalidOperationException">HarfBuzz could not cut the font.</exception>
    public static SKTypeface Of(ReportFont font, IReadOnlyCollection<ushort> glyphs)
    {
        var input = hb_subset_input_create_or_fail();
        try
        {
            hb_subset_input_set_flags(input, NoHinting | RetainGlyphNumbers | NoLayoutClosure);
            var wanted = hb_subset_input_glyph_set(input);
            foreach (var glyph in glyphs)
                hb_set_add(wanted, glyph);
            var dropped = hb_subset_input_set(input, DroppedTables);
            foreach (var table in Unneeded)
                hb_set_add(dropped, Tag.Parse(table));
            return Typeface(hb_subset_or_fail(font.Face.Handle, input));
        }
        finally
        {
            hb_subset_input_destroy(input);
        }
    }

    private static SKTypeface Typeface(nint face)
    {
        if (face == 0)
            throw new InvalidOperationException("A font could not be cut down to the glyphs of a report.");
        var blob = hb_face_reference_blob(face);
        try
        {
            var start = hb_blob_get_data(blob, out var length);
            using var data = SKData.CreateCopy(start, (ulong)length);
            return SKTypeface.FromData(data);
        }
        finally
        {
            hb_blob_destroy(blob);
            hb_face_destroy(face);
        }
    }

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint hb_subset_input_create_or_fail();

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void hb_subset_input_destroy(nint input);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void hb_subset_input_set_flags(nint input, uint flags);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint hb_subset_input_glyph_set(nint input);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint hb_subset_input_set(nint input, int kind);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void hb_set_add(nint set, uint value);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint hb_subset_or_fail(nint face, nint input);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint hb_face_reference_blob(nint face);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint hb_blob_get_data(nint blob, out uint length);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void hb_blob_destroy(nint blob);

    [LibraryImport(HarfBuzz), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void hb_face_destroy(nint face);
}
