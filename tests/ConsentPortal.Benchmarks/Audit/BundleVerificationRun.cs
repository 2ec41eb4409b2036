using System.Diagnostics;
using System.Globalization;
using System.Text;
using ConsentPortal.Application.Audit;

namespace ConsentPortal.Benchmarks.Audit;

/// <summary>Writes a bundle and verifies it, once each: entries per second and the largest memory of the process.</summary>
internal static class BundleVerificationRun
{
    public static async Task RunAsync(int entries)
    {
        var folder = Directory.CreateTempSubdirectory("bundle");
        try
        {
            using var signer = CheckpointSigner.Create("portal.example");
            var bundle = Path.Combine(folder.FullName, "export");
            var watch = new Watch();
            await AuditBundleWriter.WriteAsync(bundle, Leaves(entries), "portal.example/audit", signer, CancellationToken.None);
            Report("written", entries, watch);
            watch = new Watch();
            var found = await AuditBundleVerifier.VerifyAsync(bundle, signer.VerifierKey, CancellationToken.None);
            Report($"verified (valid: {found.Valid})", entries, watch);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Report(string what, int entries, Watch watch) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{entries:N0} entries {what} in {watch.Seconds:F2} s ({watch.ProcessorSeconds:F2} s of processor), {entries / watch.Seconds:N0}/s, peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MB"));

    // Wall time says little on a busy machine; processor time says what an idle one could do.
    private sealed class Watch
    {
        private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;
        private readonly long _start = Stopwatch.GetTimestamp();

        public double Seconds => Stopwatch.GetElapsedTime(_start).TotalSeconds;

        public double ProcessorSeconds => (Environment.CpuUsage.TotalTime - _processor).TotalSeconds;
    }

    // About 330 bytes, as long as an entry of the portal with a small ciphertext.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Leaves(int entries)
    {
        await Task.Yield();
        var cipher = new string('A', 120);
        for (var i = 0; i < entries; i++)
        {
            yield return Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"action":"ConsentGranted","actor":{"id":"0192f0c1-7d3b-7000-8000-0000000012ab","kind":"staff"},"after":{"cipher":"{{{cipher}}}","key":17},"at":"2026-11-23T14:02:00.1234567Z","object":"subscriber/{{{i}}}","seq":{{{i}}}}"""));
        }
    }
}
