namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>One block, measured and ready to be placed.</summary>
internal abstract class BlockLayout
{
    /// <summary>White above it when something stands before it on the page.</summary>
    public abstract float SpaceBefore { get; }

    /// <summary>How much of it has to stand together with what comes before: a heading never ends a page.</summary>
    public abstract float Start { get; }

    public abstract void Place(PageFlow flow, TextShaper shaper);

    public static BlockLayout Of(ReportBlock block, TextShaper shaper) => block switch
    {
        ReportBlock.Heading heading => new TextLayout(TextLines.Of(shaper, heading.Text, heading.Level == 1 ? Ink.Section : Ink.Part, shaper.Sheet.Measure), heading.Level == 1 ? 22 : 14),
        ReportBlock.Paragraph paragraph => new TextLayout(TextLines.Of(shaper, paragraph.Text, paragraph.IsQuiet ? Ink.BodyQuiet : Ink.Body, shaper.Sheet.Measure, isOurs: true), 6),
        ReportBlock.Quote quote => new QuoteLayout(quote, shaper),
        ReportBlock.Verdict verdict => new VerdictLayout(verdict, shaper),
        ReportBlock.KeyFigures figures => new KeyFiguresLayout(figures, shaper),
        ReportBlock.Facts facts => new FactsLayout(facts, shaper),
        ReportBlock.Table table => new TableLayout(table, shaper),
        ReportBlock.Chart chart => new ChartLayout(chart, shaper),
        ReportBlock.LineChart chart => new LineChartLayout(chart, shaper),
        ReportBlock.QrCode code => new QrCodeLayout(code, shaper),
        _ => throw new System.Diagnostics.UnreachableException($"The writer does not know {block.GetType().Name}."),
    };
}

/// <summary>Lines of text; two lines at least stay together.</summary>
internal sealed class TextLayout(TextLines text, float spaceBefore) : BlockLayout
{
    private const int LinesTogether = 2;

    public override float SpaceBefore => spaceBefore;

    public override float Start => Math.Min(text.Lines.Count, LinesTogether) * text.Style.Leading;

    /// <summary>Whether its start is all of it.</summary>
    public bool IsWhole => text.Lines.Count <= LinesTogether;

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        for (var from = 0; from < text.Lines.Count;)
        {
            flow.Need(Math.Min(text.Lines.Count - from, LinesTogether) * text.Style.Leading);
            var count = Math.Clamp((int)(flow.Room / text.Style.Leading), 1, text.Lines.Count - from);
            // The last line does not go over alone.
            if (text.Lines.Count - from - count == 1 && count > LinesTogether)
                count--;
            var (part, top) = (text.Part(from, count), flow.Y);
            part.Draw(flow.Page, shaper, Sheet.Left, top);
            flow.Take(part.Height);
            from += count;
        }
    }
}

/// <summary>Exact words on a ground of their own, with a bar at their side.</summary>
internal sealed class QuoteLayout(ReportBlock.Quote quote, TextShaper shaper) : BlockLayout
{
    private const float Pad = 10;
    private const float Indent = 16;

    private readonly TextLines _text = TextLines.Of(shaper, quote.Text, Ink.Quote, shaper.Sheet.Measure - Indent - Pad);
    private readonly TextLines _source = TextLines.Of(shaper, quote.Source ?? "", Ink.Small, shaper.Sheet.Measure - Indent - Pad);

    public override float SpaceBefore => 8;

    public override float Start => Math.Min(_text.Lines.Count, 3) * Ink.Quote.Leading + 2 * Pad;

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        var rest = quote.Source is null ? 0 : _source.Height + 4;
        for (var from = 0; from < _text.Lines.Count;)
        {
            var left = _text.Lines.Count - from;
            flow.Need(Math.Min(left, 3) * Ink.Quote.Leading + 2 * Pad + (left <= 3 ? rest : 0));
            var count = Math.Clamp((int)((flow.Room - 2 * Pad - rest) / Ink.Quote.Leading), 1, left);
            var (part, top, isLast) = (_text.Part(from, count), flow.Y, count == left);
            var height = part.Height + 2 * Pad + (isLast ? rest : 0);
            flow.Page.Fill(new SkiaSharp.SKRect(Sheet.Left, top, shaper.Sheet.Right, top + height), Ink.Zebra);
            flow.Page.Fill(new SkiaSharp.SKRect(Sheet.Left, top, Sheet.Left + 2.5f, top + height), Ink.Accent);
            part.Draw(flow.Page, shaper, Sheet.Left + Indent, top + Pad);
            if (isLast && rest > 0)
                _source.Draw(flow.Page, shaper, Sheet.Left + Indent, top + Pad + part.Height + 4);
            flow.Take(height);
            from += count;
        }
    }
}

/// <summary>The answer on a coloured ground: its words say what the colour says.</summary>
internal sealed class VerdictLayout : BlockLayout
{
    private const float Pad = 11;

    private readonly ReportTone _tone;
    private readonly TextLines _text;
    private readonly TextLines? _detail;

    public VerdictLayout(ReportBlock.Verdict verdict, TextShaper shaper)
    {
        _tone = verdict.Tone;
        var ink = Ink.Of(verdict.Tone).Ink;
        _text = TextLines.Of(shaper, verdict.Text, Ink.Section with { Color = ink, Size = 11.5f, Leading = 17 }, shaper.Sheet.Measure - 2 * Pad);
        _detail = verdict.Detail is null ? null : TextLines.Of(shaper, verdict.Detail, Ink.Body with { Color = ink }, shaper.Sheet.Measure - 2 * Pad);
    }

    public override float SpaceBefore => 10;

    public override float Start => _text.Height + (_detail?.Height ?? 0) + 2 * Pad;

    public override void Place(PageFlow flow, TextShaper shaper)
    {
        flow.Need(Start);
        var top = flow.Y;
        flow.Page.Fill(new SkiaSharp.SKRect(Sheet.Left, top, shaper.Sheet.Right, top + Start), Ink.Of(_tone).Ground, 5);
        _text.Draw(flow.Page, shaper, Sheet.Left + Pad, top + Pad);
        _detail?.Draw(flow.Page, shaper, Sheet.Left + Pad, top + Pad + _text.Height);
        flow.Take(Start);
    }
}
