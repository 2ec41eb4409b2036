using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports.Gallery;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Kept;

/// <summary>Cuts a file into pieces, and puts pieces together again, one in memory at a time.</summary>
internal static class ReportParts
{
    /// <param name="isText">Cut at the last end of a line, as far as there is one.</param>
    public static async IAsyncEnumerable<byte[]> CutAsync(Stream file, int size, bool isText, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new byte[size];
        var filled = 0;
        while (true)
        {
            filled += await file.ReadAtLeastAsync(block.AsMemory(filled), size - filled, throwOnEndOfStream: false, cancellationToken);
            if (filled < size)
                break;
            var end = isText && block.AsSpan().LastIndexOf((byte)'\n') is >= 0 and var line ? line + 1 : filled;
            yield return block[..end];
            block.AsSpan(end, filled - end).CopyTo(block);
            filled -= end;
        }

        if (filled > 0)
            yield return block[..filled];
    }

    public static async IAsyncEnumerable<byte[]> ReadAsync(PortalDbContext db, Guid report, ReportFormats format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var bytes in db.KeptReportParts.AsNoTracking().Where(p => p.ReportId == report && p.Format == format).OrderBy(p => p.Number).Select(p => p.Bytes).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return bytes;
    }
}
