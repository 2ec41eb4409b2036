using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Reports;
using SkiaSharp;

namespace ConsentPortal.Benchmarks.Reports;

/// <summary>Draws one long table as PDF. The floor: the same number of pages with the same number of words each, by the drawing library alone.</summary>
internal static class PdfRun
{
    private const int RowsAPage = 44;
    private const int Runs = 3;

    public static void Run(int pages)
    {
        var report = Report(pages * RowsAPage);
        for (var run = 0; run < Runs; run++)
        {
            Measure($"a table of {pages * RowsAPage:N0} rows", () => PdfWriter.Write(report));
            Measure($"{pages:N0} pages of unshaped words", () => Bare(pages));
        }
    }

    private static ReportDocument Report(int rows) => new(
        new ReportHead("Consent register", "As of 1 November 2026", "Aurora", "Carla Mendes", new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero)),
        [
            new ReportBlock.Table(
                [new ReportColumn("Person"), new ReportColumn("Number"), new ReportColumn("Status"), new ReportColumn("Since"), new ReportColumn("Texts", ReportAlign.Right)],
                [.. Enumerable.Range(0, rows).Select(IReadOnlyList<string> (i) => [
                    string.Create(CultureInfo.InvariantCulture, $"S-{i:D8}"), string.Create(CultureInfo.InvariantCulture, $"ends in {i * 7919 % 10_000:D4}"), i % 3 == 0 ? "Withdrawn" : "Granted",
                    string.Create(CultureInfo.InvariantCulture, $"{1 + (i % 28)} Nov 2025"), (i % 97).ToString(CultureInfo.InvariantCulture)])]),
        ]);

    private static byte[] Bare(int pages)
    {
        using var drawn = new MemoryStream();
        using (var document = SKDocument.CreatePdf(drawn))
        {
            using var font = new SKFont(SKTypeface.Default, 8);
            using var paint = new SKPaint();
            for (var page = 0; page < pages; page++)
            {
                using var canvas = document.BeginPage(595, 842);
                for (var word = 0; word < RowsAPage * 5; word++)
                    canvas.DrawText("ends in 1234", 40 + (word % 5 * 100), 60 + (word / 5 * 17), SKTextAlign.Left, font, paint);
                document.EndPage();
            }

            document.Close();
        }

        return drawn.ToArray();
    }

    private static void Measure(string what, Func<byte[]> work)
    {
        var (processor, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var bytes = work();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what} in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F2} s of processor), {bytes.Length / 1024:N0} KB, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB"));
    }
}
