using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

internal enum FontWeight
{
    Regular = 0,
    Strong = 1,
}

/// <summary>
/// The fonts that travel with the portal (Noto Sans, SIL Open Font License 1.1): a report looks the same on every machine,
/// and its text can be searched. Loaded once; never changed afterwards.
/// </summary>
internal static class ReportFonts
{
    private static readonly Lazy<ReportFont> Regular = new(() => ReportFont.Load("NotoSans-Regular.ttf"));
    private static readonly Lazy<ReportFont> Strong = new(() => ReportFont.Load("NotoSans-SemiBold.ttf"));

    public static ReportFont Of(FontWeight weight) => weight == FontWeight.Strong ? Strong.Value : Regular.Value;
}

/// <summary>One weight: its outlines for drawing and its tables for shaping.</summary>
internal sealed class ReportFont
{
    // HarfBuzz reads from this memory and does not keep it alive; pinned and held here, it neither moves nor goes away.
    private readonly byte[] _bytes;

    private ReportFont(byte[] bytes)
    {
        _bytes = bytes;
        using var blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0), _bytes.Length, MemoryMode.ReadOnly);
        Face = new Face(blob, 0);
        using var data = SKData.CreateCopy(_bytes);
        Typeface = SKTypeface.FromData(data);
        UnitsPerEm = Typeface.UnitsPerEm;
    }

    public SKTypeface Typeface { get; }

    public Face Face { get; }

    public int UnitsPerEm { get; }

    public static ReportFont Load(string file)
    {
        using var resource = typeof(ReportFonts).Assembly.GetManifestResourceStream($"ConsentPortal.Application.Reports.Fonts.{file}")
            ?? throw new InvalidOperationException($"The font {file} is not part of this build.");
        var bytes = GC.AllocateUninitializedArray<byte>((int)resource.Length, pinned: true);
        resource.ReadExactly(bytes);
        return new ReportFont(bytes);
    }
}
