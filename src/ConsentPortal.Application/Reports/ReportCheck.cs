namespace ConsentPortal.Application.Reports;

/// <summary>The end of a report: where whoever holds it can ask whether it is genuine.</summary>
internal static class ReportCheck
{
    /// <param name="more">What else can be looked up, where.</param>
    public static IEnumerable<ReportBlock> Blocks(ReportHead head, string more)
    {
        yield return new ReportBlock.Heading("Where this can be checked");
        if (head.Log is { } log)
            yield return new ReportBlock.Facts([new("Entries in the audit log", ReportWords.Count(log.Size)), new("Root of the log", log.Root, IsCode: true)]);
        yield return new ReportBlock.QrCode($"ConsentPortal report {head.Code}", $"Verification code {head.Code}", $"Under this code the audit trail holds the SHA-256 of this very file. {more}".TrimEnd());
    }
}
