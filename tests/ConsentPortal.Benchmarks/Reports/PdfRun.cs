using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Reports;
using SkiaSharp;

namespace ConsentPortal.Benchmarks.Reports;

/// <summary>
/// Draws one long table as PDF, with its rows in memory as a caller has them. The floor: the same number of pages with the same number of
/// words each, by the drawing library alone.
/// </summary>
internal static class PdfRun
{
    // What fits below a table's head; the title block takes some of them from the first page.
    private const int RowsAPage = 34;
    private const int Runs = 5;

    public static void Run(int pages)
    {
        var report = Report(pages * RowsAPage);
        for (var run = 0; run < Runs; run++)
            Measure($"a table of {pages * RowsAPage:N0} rows", () => PdfWriter.Write(report));
        for (var run = 0; run < Runs; run++)
            Measure("bare words, unshaped", () => Bare(pages));
        GC.KeepAlive(report);
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
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = ForgetPeak();
        var (processor, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var bytes = work();
        var (took, used) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {Pages(bytes):N0} pages in {took:F2} s ({used:F2} s of processor), {bytes.Length / 1024:N0} KB, peak {peak >> 20} MB, {(peak - before) >> 20} MB above what the process took before"));
    }

    /// <summary>Begins the highest use of memory anew where the system can (proc(5), clear_refs); elsewhere it is the highest so far.</summary>
    private static long ForgetPeak()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
        return Process.GetCurrentProcess().WorkingSet64;
    }

    /// <summary>As the file has them: each is an object of its own, outside of any stream.</summary>
    private static int Pages(ReadOnlySpan<byte> pdf)
    {
        var pages = 0;
        for (var next = pdf.IndexOf("/Type /Page"u8); next >= 0; next = pdf.IndexOf("/Type /Page"u8))
        {
            pdf = pdf[(next + "/Type /Page"u8.Length)..];
            pages += pdf[0] == (byte)'s' ? 0 : 1;
        }

        return pages;
    }
}
