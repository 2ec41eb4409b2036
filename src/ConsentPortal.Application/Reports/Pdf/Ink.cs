using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>The few colours and styles of every report.</summary>
internal static class Ink
{
    public static readonly SKColor Text = new(0x1B, 0x25, 0x30);
    public static readonly SKColor Quiet = new(0x5A, 0x67, 0x76);
    public static readonly SKColor Accent = new(0x0F, 0x76, 0x6E);
    public static readonly SKColor Line = new(0xC9, 0xD1, 0xDA);
    public static readonly SKColor Zebra = new(0xF4, 0xF6, 0xF8);
    public static readonly SKColor Bar = new(0x2A, 0x8F, 0x86);

    /// <summary>Of the lines of a chart, in their order; dark enough for white paper, and of different lightness where there is no colour.</summary>
    public static readonly SKColor[] Lines = [new(0x0F, 0x76, 0x6E), new(0x1B, 0x25, 0x30), new(0xB4, 0x53, 0x09), new(0x4F, 0x46, 0xE5)];

    public static readonly TextStyle Title = new(FontWeight.Strong, 21, 27, Text);
    public static readonly TextStyle Subtitle = new(FontWeight.Regular, 11, 16, Quiet);
    public static readonly TextStyle Section = new(FontWeight.Strong, 12.5f, 18, Text);
    public static readonly TextStyle Part = new(FontWeight.Strong, 10, 15, Text);
    public static readonly TextStyle Body = new(FontWeight.Regular, 9.5f, 14, Text);
    public static readonly TextStyle BodyQuiet = new(FontWeight.Regular, 9, 13.5f, Quiet);
    public static readonly TextStyle Quote = new(FontWeight.Regular, 10.5f, 16, Text);
    public static readonly TextStyle Label = new(FontWeight.Regular, 9, 14, Quiet);
    public static readonly TextStyle Code = new(FontWeight.Regular, 8, 12, Text);
    public static readonly TextStyle Cell = new(FontWeight.Regular, 8.5f, 12.5f, Text);
    public static readonly TextStyle CellStrong = new(FontWeight.Strong, 8.5f, 12.5f, Text);
    public static readonly TextStyle CellHead = new(FontWeight.Strong, 8, 12, Quiet);
    public static readonly TextStyle Figure = new(FontWeight.Strong, 17, 23, Text);
    public static readonly TextStyle Small = new(FontWeight.Regular, 7.5f, 11, Quiet);
    public static readonly TextStyle SmallStrong = new(FontWeight.Strong, 7.5f, 11, Quiet);

    public static (SKColor Ground, SKColor Ink) Of(ReportTone tone) => tone switch
    {
        ReportTone.Neutral => (new SKColor(0xEE, 0xF1, 0xF4), Text),
        ReportTone.Good => (new SKColor(0xE3, 0xF4, 0xEA), new SKColor(0x14, 0x5A, 0x32)),
        ReportTone.Waiting => (new SKColor(0xFD, 0xF2, 0xD8), new SKColor(0x7A, 0x4B, 0x05)),
        ReportTone.Bad => (new SKColor(0xFC, 0xE8, 0xE6), new SKColor(0x8C, 0x1D, 0x18)),
    };
}
