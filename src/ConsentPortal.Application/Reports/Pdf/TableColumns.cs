namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>How wide each column is: as wide as its text while all fit; otherwise wordy columns give way first.</summary>
internal static class TableColumns
{
    private const int RowsMeasured = 2_000;
    private const float WidestWord = 130;

    // An id or a hash may be broken anywhere; a narrower one is as readable as one on a line.
    private const float NarrowestCode = 74;

    /// <param name="padding">Of a cell, left and right together.</param>
    public static float[] Widths(ReportBlock.Table table, TextShaper shaper, float measure, float padding)
    {
        var (natural, least) = (new float[table.Columns.Count], new float[table.Columns.Count]);
        for (var i = 0; i < natural.Length; i++)
        {
            Take(i, table.Columns[i].Heading, Ink.CellHead);
            foreach (var row in table.Rows.Take(RowsMeasured))
                Take(i, row[i], Ink.Cell);
            if (table.Totals is not null)
                Take(i, table.Totals[i], Ink.CellStrong);
            (natural[i], least[i]) = (natural[i] + padding + 0.5f, Math.Min(least[i], WidestWord) + padding + 0.5f);
        }

        return natural.Sum() <= measure ? Spread(natural, table, measure) : Squeeze(natural, least, measure);

        void Take(int column, string text, TextStyle style)
        {
            foreach (var line in text.Split('\n'))
                natural[column] = Math.Max(natural[column], shaper.Width(line, style));
            least[column] = Math.Max(least[column], TextLines.LongestWord(shaper, text, style));
        }
    }

    /// <summary>What is left goes to the columns of words, so that the table is as wide as the text around it.</summary>
    private static float[] Spread(float[] natural, ReportBlock.Table table, float measure)
    {
        var rest = measure - natural.Sum();
        var words = table.Columns.Count(c => c.Align == ReportAlign.Left);
        return [.. natural.Select((width, i) => words == 0 ? width + rest / natural.Length : table.Columns[i].Align == ReportAlign.Left ? width + rest / words : width)];
    }

    private static float[] Squeeze(float[] natural, float[] least, float measure)
    {
        var needed = least.Sum();
        if (needed >= measure)
            return Break(least, measure);
        var share = (measure - needed) / natural.Zip(least, (n, l) => Math.Max(0, n - l)).Sum();
        return [.. natural.Zip(least, (n, l) => l + Math.Max(0, n - l) * share)];
    }

    /// <summary>Words longer than any other, which are codes, give way before words are broken that should not be.</summary>
    private static float[] Break(float[] least, float measure)
    {
        float[] broken = [.. least.Select(width => Math.Min(width, NarrowestCode))];
        var (needed, over) = (broken.Sum(), least.Sum() - broken.Sum());
        return needed >= measure ? [.. broken.Select(width => width * measure / needed)] : [.. broken.Zip(least, (b, l) => b + (l - b) * (measure - needed) / over)];
    }
}
