namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// How wide each column is: as wide as its text while all fit. Otherwise headings are broken first, and then the columns whose cells take
/// the most lines get what room there is, so that rows are as low as they can be.
/// </summary>
internal static class TableColumns
{
    private const int RowsMeasured = 2_000;
    private const float WidestWord = 130;

    // An id or a hash may be broken anywhere; a narrower one is as readable as one on a line.
    private const float NarrowestCode = 74;

    // Nearer than this no width is looked for, in points.
    private const float Near = 1;

    /// <param name="padding">Of a cell, left and right together.</param>
    public static float[] Widths(ReportBlock.Table table, TextShaper shaper, float measure, float padding)
    {
        var columns = Enumerable.Range(0, table.Columns.Count).Select(i => Column.Of(table, i, shaper, padding)).ToList();
        float[] natural = [.. columns.Select(c => Math.Max(c.Cells, c.Heading))], cells = [.. columns.Select(c => Math.Max(c.Cells, c.Least))];
        if (natural.Sum() <= measure)
            return Spread(natural, table, measure);
        if (cells.Sum() <= measure)
            return Share(cells, natural, measure);
        float[] least = [.. columns.Select(c => c.Least)];
        return least.Sum() >= measure ? Break(least, measure) : Level(columns, least, cells, measure);
    }

    /// <summary>Lowers the highest cells by a line for as long as there is room to do it in all columns that have some as high.</summary>
    private static float[] Level(IReadOnlyList<Column> columns, float[] least, float[] cells, float measure)
    {
        float[] widths = [.. least];
        for (var most = columns.Select((c, i) => c.LinesAt(widths[i])).Max(); most > 1; most--)
        {
            float[] lower = [.. columns.Select((c, i) => c.LinesAt(widths[i]) < most ? widths[i] : c.NarrowestFor(most - 1, widths[i], cells[i]))];
            if (lower.Sum() > measure)
                break;
            widths = lower;
        }

        return Share(LowerSingly(columns, widths, cells, measure), cells, measure);
    }

    /// <summary>What room is left lowers the columns for which it takes least: rows without a high cell elsewhere get lower by it.</summary>
    private static float[] LowerSingly(IReadOnlyList<Column> columns, float[] widths, float[] cells, float measure)
    {
        while (true)
        {
            var room = measure - widths.Sum();
            var cheapest = columns.Select((c, i) => (Index: i, Lines: c.LinesAt(widths[i]))).Where(c => c.Lines > 1)
                .Select(c => (c.Index, Width: columns[c.Index].NarrowestFor(c.Lines - 1, widths[c.Index], cells[c.Index]))).OrderBy(c => c.Width - widths[c.Index]).FirstOrDefault((Index: -1, Width: 0f));
            if (cheapest.Index < 0 || cheapest.Width - widths[cheapest.Index] > room)
                return widths;
            widths[cheapest.Index] = cheapest.Width;
        }
    }

    /// <summary>What is left goes to all columns in proportion to what they lack.</summary>
    private static float[] Share(float[] widths, float[] wanted, float measure)
    {
        var lacking = wanted.Zip(widths, (n, w) => Math.Max(0, n - w)).Sum();
        var share = lacking == 0 ? 0 : Math.Min(1, (measure - widths.Sum()) / lacking);
        return [.. wanted.Zip(widths, (n, w) => w + Math.Max(0, n - w) * share)];
    }

    /// <summary>What is left goes to the columns of words, so that the table is as wide as the text around it.</summary>
    private static float[] Spread(float[] natural, ReportBlock.Table table, float measure)
    {
        var rest = measure - natural.Sum();
        var words = table.Columns.Count(c => c.Align == ReportAlign.Left);
        return [.. natural.Select((width, i) => words == 0 ? width + rest / natural.Length : table.Columns[i].Align == ReportAlign.Left ? width + rest / words : width)];
    }

    /// <summary>Words longer than any other, which are codes, give way before words are broken that should not be.</summary>
    private static float[] Break(float[] least, float measure)
    {
        float[] broken = [.. least.Select(width => Math.Min(width, NarrowestCode))];
        var (needed, over) = (broken.Sum(), least.Sum() - broken.Sum());
        return needed >= measure ? [.. broken.Select(width => width * measure / needed)] : [.. broken.Zip(least, (b, l) => b + (l - b) * (measure - needed) / over)];
    }

    /// <summary>What one column needs, each with the padding of its cells.</summary>
    /// <param name="Cells">On one line each, the heading not counted.</param>
    /// <param name="Heading">On one line.</param>
    /// <param name="Least">Below it a word would have to be broken, the heading's among them.</param>
    /// <param name="Longest">The text of its longest cell.</param>
    private sealed record Column(float Cells, float Heading, float Least, string Longest, TextShaper Shaper, float Padding)
    {
        public static Column Of(ReportBlock.Table table, int index, TextShaper shaper, float padding)
        {
            var heading = table.Columns[index].Heading;
            var (cells, least, longest, length) = (0f, TextLines.LongestWord(shaper, heading, Ink.CellHead), "", 0f);
            foreach (var row in table.Rows.Take(RowsMeasured))
                Take(row[index], Ink.Cell);
            if (table.Totals is not null)
                Take(table.Totals[index], Ink.CellStrong);
            var border = padding + 0.5f;
            return new Column(cells + border, shaper.Width(heading, Ink.CellHead) + border, Math.Min(least, WidestWord) + border, longest, shaper, border);

            void Take(string text, TextStyle style)
            {
                var all = 0f;
                foreach (var line in text.Split('\n'))
                {
                    var width = shaper.Width(line, style);
                    (cells, all) = (Math.Max(cells, width), all + width);
                }

                if (all > length)
                    (longest, length) = (text, all);
                least = Math.Max(least, TextLines.LongestWord(shaper, text, style));
            }
        }

        public int LinesAt(float width) => TextLines.Of(Shaper, Longest, Ink.Cell, width - Padding).Lines.Count;

        /// <returns>More than there can be room for where no width is enough.</returns>
        public float NarrowestFor(int lines, float narrow, float wide)
        {
            if (LinesAt(wide) > lines)
                return float.PositiveInfinity;
            while (wide - narrow > Near)
            {
                var middle = (narrow + wide) / 2;
                (narrow, wide) = LinesAt(middle) <= lines ? (narrow, middle) : (middle, wide);
            }

            return wide;
        }
    }
}
