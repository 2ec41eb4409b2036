using SkiaSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// A table that may run over many pages: its head stands on each, and rows stay whole. A short table stays whole too, and of a long one at least two rows stand
/// together where it begins and where it ends, with its totals.
/// </summary>
internal sealed class TableLayout : BlockLayout
{
    private const float PadX = 5;
    private const float PadY = 3.5f;
    private const int RowsTogether = 2;
    private const int ShortRows = 8;
    private const float ShortShare = 1 / 3f;

    private readonly ReportBlock.Table _table;
    private readonly float[] _widths;
    private readonly TableRow _head;
    private readonly TableRow? _totals;
    private readonly TextShaper _shaper;

    public TableLayout(ReportBlock.Table table, TextShaper shaper)
    {
        (_table, _shaper) = (table, shaper);
        _widths = TableColumns.Widths(table, shaper, shaper.Sheet.Measure, 2 * PadX);
        _head = Row([.. table.Columns.Select(c => c.Heading)], Ink.CellHead);
        _totals = table.Totals is null ? null : Row(table.Totals, Ink.CellStrong);
        Start = Beginning(shaper.Sheet);
    }

    public override float SpaceBefore => 8;

    public override float Start { get; }

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        flow.Need(Math.Min(Start, flow.Sheet.Bottom - Sheet.Top));
        PlaceHead(flow);
        if (_table.Rows.Count == 0)
            PlaceRow(flow, new TableRow([TextLines.Of(shaper, _table.EmptyText, Ink.BodyQuiet, shaper.Sheet.Measure - 2 * PadX)]), isStriped: false);
        for (var i = 0; i < _table.Rows.Count && !flow.IsOver; i++)
        {
            var row = Row(_table.Rows[i], Ink.Cell);
            var together = row.Height + EndAfter(i);
            if (together > flow.Room && flow.Y > Sheet.Top + _head.Height)
                NextPage(flow);
            foreach (var piece in Pieces(row))
            {
                if (piece.Height > flow.Room)
                    NextPage(flow);
                PlaceRow(flow, piece, i % 2 == 1);
            }
        }

        if (_totals is not null)
            PlaceTotals(flow, _totals);
    }

    private float Beginning(Sheet sheet)
    {
        if (_table.Rows.Count == 0)
            return _head.Height + Ink.Cell.Leading;
        var rows = _table.Rows.Take(ShortRows + 1).Select(cells => Row(cells, Ink.Cell).Height).ToList();
        var whole = _head.Height + rows.Sum() + (_totals?.Height ?? 0);
        var isShort = rows.Count <= ShortRows && whole <= (sheet.Bottom - Sheet.Top) * ShortShare;
        return isShort ? whole : _head.Height + rows.Take(RowsTogether).Sum();
    }

    /// <summary>What must find room on the page of a row because it ends the table: nothing but for the last rows.</summary>
    private float EndAfter(int row)
    {
        if (row + RowsTogether < _table.Rows.Count)
            return 0;
        var others = Enumerable.Range(row + 1, _table.Rows.Count - row - 1).Sum(next => Row(_table.Rows[next], Ink.Cell).Height);
        return others + (_totals?.Height ?? 0);
    }

    private TableRow Row(IReadOnlyList<string> cells, TextStyle style) =>
        new([.. cells.Select((cell, i) => TextLines.Of(_shaper, cell, style, _widths[i] - 2 * PadX))]);

    private void NextPage(PageFlow flow)
    {
        flow.NewPage();
        PlaceHead(flow);
    }

    private void PlaceHead(PageFlow flow)
    {
        var top = flow.Y;
        DrawCells(flow.Page, _head, top);
        flow.Page.Rule(Sheet.Left, flow.Sheet.Right, top + _head.Height - 0.8f, Ink.Quiet, 0.8f);
        flow.Take(_head.Height);
    }

    private void PlaceRow(PageFlow flow, TableRow row, bool isStriped)
    {
        var top = flow.Y;
        if (isStriped)
            flow.Page.Fill(new SKRect(Sheet.Left, top, flow.Sheet.Right, top + row.Height), Ink.Zebra);
        DrawCells(flow.Page, row, top);
        flow.Take(row.Height);
    }

    private void PlaceTotals(PageFlow flow, TableRow totals)
    {
        var top = flow.Y;
        flow.Page.Rule(Sheet.Left, flow.Sheet.Right, top, Ink.Quiet, 0.8f);
        DrawCells(flow.Page, totals, top);
        flow.Take(totals.Height);
    }

    private void DrawCells(PageSketch page, TableRow row, float top)
    {
        var x = Sheet.Left;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var isRight = row.Cells.Count > 1 && _table.Columns[i].Align == ReportAlign.Right;
            row.Cells[i].Draw(page, _shaper, x + PadX, top + PadY, isRight ? x + _widths[i] - PadX : null);
            x += _widths[i];
        }
    }

    /// <summary>A row that is taller than a page is the only one that is cut.</summary>
    private IEnumerable<TableRow> Pieces(TableRow row)
    {
        var lines = (int)((_shaper.Sheet.Bottom - Sheet.Top - 60) / Ink.Cell.Leading);
        var most = row.Cells.Max(c => c.Lines.Count);
        if (most <= lines)
            return [row];
        return Enumerable.Range(0, (most + lines - 1) / lines).Select(n => new TableRow([.. row.Cells.Select(c => c.Part(n * lines, lines))]));
    }

    private sealed record TableRow(IReadOnlyList<TextLines> Cells)
    {
        public float Height { get; } = Cells.Max(c => c.Height) + 2 * PadY;
    }
}
