using System.ComponentModel;
using System.Diagnostics;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>
/// Other people's readers of PDF: what they find is what a recipient finds. On a developer's machine absent ones are passed over; where
/// .ci/run sets CONSENTPORTAL_NEEDS_PDF_TOOLS they must be there.
/// </summary>
internal static class PdfTools
{
    private static readonly bool AreNeeded = Environment.GetEnvironmentVariable("CONSENTPORTAL_NEEDS_PDF_TOOLS") == "1";

    /// <returns>Null where the tool is not installed and need not be.</returns>
    public static Task<(int Exit, string Output)?> RunAsync(string tool, byte[] pdf, params string[] arguments) => RunAsync(tool, pdf, AreNeeded, arguments);

    /// <exception cref="InvalidOperationException">The tool is needed and not installed.</exception>
    public static async Task<(int Exit, string Output)?> RunAsync(string tool, byte[] pdf, bool isNeeded, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.pdf");
        await File.WriteAllBytesAsync(path, pdf);
        try
        {
            var start = new ProcessStartInfo(tool) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument == "FILE" ? path : argument);
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception missing)
        {
            return isNeeded
                ? throw new InvalidOperationException($"{tool} could not be started, and without it nobody but the portal has read this PDF. Install the Debian packages poppler-utils and qpdf.", missing)
                : null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
