using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Pdf;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Which columns of a crowded table give way.</summary>
public sealed class TableColumnsTests
{
    private const float Padding = 10;

    private static readonly Sheet Paper = Sheet.Of(ReportPaper.A4);

    [Fact]
    public void Headings_are_broken_before_cells_are()
    {
        var table = new ReportBlock.Table(
            [new("Purpose"), new("Month"), new("By"), .. Numbers("Agreed at once", "Agreed by confirming", "Asked to confirm", "Texted", "Of those confirmed")],
            [["Appointment reminders", "2026-08", "Text message", "16", "2", "2", "0", "2"]]);

        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1], Lines(table));
    }

    [Fact]
    public void Room_goes_to_the_highest_cells_so_that_rows_are_low()
    {
        var table = new ReportBlock.Table(
            [new("Said at (UTC)"), new("Purpose"), new("By"), new("Person"), .. Numbers("Seconds"), new("Last lawful day"), new("In time"), .. Numbers("Texts meanwhile", "Texts afterwards")],
            [["17 Oct 2026, 17:57:36", "Appointment reminders", "Text message", "019409ed-9f3e-7268-b77a-54a4f1a3fd48", "0", "27 Oct 2026", "Yes", "0", "0"]]);

        Assert.Equal(2, Lines(table).Max());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(30)]
    public void However_many_columns_there_are_they_fill_the_page_and_no_more(int columns)
    {
        var table = new ReportBlock.Table(
            [.. Enumerable.Range(0, columns).Select(i => new ReportColumn($"Heading {i} of many words"))], [[.. Enumerable.Range(0, columns).Select(i => $"Some words in cell {i}\nand 019409ed-9f3e-7268-b77a-54a4f1a3fd48")]]);
        using var shaper = new TextShaper(Paper);

        var widths = TableColumns.Widths(table, shaper, Paper.Measure, Padding);

        Assert.InRange(widths.Sum(), Paper.Measure - 0.5f, Paper.Measure + 0.5f);
        Assert.All(widths, width => Assert.True(width > Padding));
    }

    private static IEnumerable<ReportColumn> Numbers(params string[] headings) => headings.Select(heading => new ReportColumn(heading, ReportAlign.Right));

    /// <summary>How many each cell of the first row takes.</summary>
    private static IEnumerable<int> Lines(ReportBlock.Table table)
    {
        using var shaper = new TextShaper(Paper);
        var widths = TableColumns.Widths(table, shaper, Paper.Measure, Padding);
        return [.. table.Rows[0].Select((cell, i) => TextLines.Of(shaper, cell, Ink.Cell, widths[i] - Padding).Lines.Count)];
    }
}
