namespace ConsentPortal.Application.Reports;

/// <summary>A report as plain data: what it says, in which order. How it looks is the writer's business.</summary>
public sealed record ReportDocument(ReportHead Head, IReadOnlyList<ReportBlock> Blocks);

/// <summary>What stands at the top of the first page and, in short, on every page.</summary>
/// <param name="Subtitle">One line that says of what: never personal data, because it goes into the file's metadata.</param>
/// <param name="MadeAt">Also the file's own date, so that the same report is the same bytes.</param>
/// <param name="Scope">What the report is limited to: a period, a filter.</param>
/// <param name="Log">The signed state of the audit log that the report was made on; null while nothing is sealed.</param>
/// <param name="Code">Under which the audit trail knows this report.</param>
/// <param name="Language">BCP 47, for readers that speak.</param>
/// <param name="Policies">The versions of the sending policy that governed what is told; null where it plays no part.</param>
/// <param name="VerifyAt">The public page that says whether the report with this code is genuine.</param>
/// <param name="Paper">What it is laid out for.</param>
public sealed record ReportHead(
    string Title, string Subtitle, string Organisation, string MadeBy, DateTimeOffset MadeAt, string? Scope = null, LogState? Log = null, string? Code = null, string Language = "en", Uri? VerifyAt = null, string? Policies = null,
    ReportPaper Paper = ReportPaper.A4);

/// <param name="Size">Entries under the root.</param>
/// <param name="Root">Base64.</param>
public sealed record LogState(long Size, string Root);

/// <summary>One piece of a report, from top to bottom.</summary>
public abstract record ReportBlock
{
    private ReportBlock()
    {
    }

    /// <param name="Level">1 for a section, 2 for a part of one.</param>
    public sealed record Heading(string Text, int Level = 1) : ReportBlock;

    public sealed record Paragraph(string Text, bool IsQuiet = false) : ReportBlock;

    /// <summary>Words exactly as somebody saw or wrote them.</summary>
    /// <param name="Source">Where and in which version.</param>
    public sealed record Quote(string Text, string? Source = null) : ReportBlock;

    /// <summary>The answer in one line, before any detail.</summary>
    public sealed record Verdict(ReportTone Tone, string Text, string? Detail = null) : ReportBlock;

    public sealed record KeyFigures(IReadOnlyList<KeyFigure> Figures) : ReportBlock;

    public sealed record Facts(IReadOnlyList<ReportFact> Lines) : ReportBlock;

    /// <param name="Rows">One text per column.</param>
    /// <param name="Totals">Set apart under the last row, and never alone on a page.</param>
    public sealed record Table(IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string>? Totals = null, string EmptyText = "Nothing to show.") : ReportBlock;

    /// <summary>Upright bars on one scale.</summary>
    /// <param name="Title">What is counted, as the chart's own heading.</param>
    public sealed record Chart(string Title, IReadOnlyList<ChartBar> Bars) : ReportBlock;

    /// <summary>Lines over days, weeks or hours, on one scale that begins at zero.</summary>
    /// <param name="Title">What is told, as the chart's own heading.</param>
    /// <param name="Along">What the points are: "Day (UTC)".</param>
    /// <param name="Measured">In what the values are: "people".</param>
    /// <param name="Points">Their names, in order.</param>
    /// <param name="Lines">Four at most: more can't be told apart on paper.</param>
    public sealed record LineChart(string Title, string Along, string Measured, IReadOnlyList<string> Points, IReadOnlyList<ChartLine> Lines) : ReportBlock
    {
        /// <summary>How many lines differ from each other by stroke and marker, and not by colour alone.</summary>
        public const int MostLines = 4;

        /// <exception cref="ArgumentException">Too many lines, or one that has not a value for each point.</exception>
        public IReadOnlyList<ChartLine> Lines { get; } = Lines.Count <= MostLines && Lines.All(line => line.Values.Count == Points.Count)
            ? Lines
            : throw new ArgumentException($"A chart has at most {MostLines} lines, each with a value or a gap for each of its {Points.Count} points.", nameof(Lines));
    }

    /// <summary>Something to scan, with the same in words beside it.</summary>
    public sealed record QrCode(string Content, string Title, string Text) : ReportBlock;
}

public enum ReportTone
{
    Neutral = 0,
    Good = 1,
    Waiting = 2,
    Bad = 3,
}

public sealed record KeyFigure(string Label, string Value, string? Detail = null);

/// <param name="IsCode">A hash or an id: set smaller, broken anywhere.</param>
public sealed record ReportFact(string Label, string Value, bool IsCode = false);

public sealed record ReportColumn(string Heading, ReportAlign Align = ReportAlign.Left);

public enum ReportAlign
{
    Left = 0,
    Right = 1,
}

/// <param name="ShowsLabel">Dense axes name only some of their bars.</param>
public sealed record ChartBar(string Label, long Value, bool ShowsLabel = true);

/// <param name="Values">One for each point, zero or more; null where nothing is known, which is a gap and no zero.</param>
public sealed record ChartLine(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>Of things that were counted at each point: none is a zero and no gap.</summary>
    public static ChartLine Of(string name, IEnumerable<long> counts) => new(name, [.. counts.Select(count => (double?)count)]);
}
