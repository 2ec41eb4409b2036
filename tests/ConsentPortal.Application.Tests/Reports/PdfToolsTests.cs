namespace ConsentPortal.Application.Tests.Reports;

public sealed class PdfToolsTests
{
    [Fact]
    public async Task A_reader_of_PDF_that_is_missing_is_passed_over_only_where_none_is_needed()
    {
        Assert.Null(await PdfTools.RunAsync("no-such-reader-of-pdf", [], isNeeded: false));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => PdfTools.RunAsync("no-such-reader-of-pdf", [], isNeeded: true));

        Assert.StartsWith("no-such-reader-of-pdf could not be started", refused.Message, StringComparison.Ordinal);
    }
}
