using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>What a report has to be told before it can be made.</summary>
[Flags]
public enum ReportNeeds
{
    None = 0,

    /// <summary>From one day to another, both counted.</summary>
    Days = 1,

    /// <summary>The end of one day; now, where none is given.</summary>
    Day = 2,
    Purpose = 4,

    /// <summary>One purpose, or all.</summary>
    PurposeOrAll = 8,
    Campaign = 16,
    Person = 32,
}

/// <summary>One kind of report, as the gallery shows it.</summary>
/// <param name="Kind">In words with hyphens: stands in addresses, file names and audit entries.</param>
/// <param name="Permission">What else somebody has to be allowed who makes it.</param>
/// <param name="IsKeepable">False where it is about one person: what is kept has to outlive nobody's erasure.</param>
public sealed record ReportDescription(string Kind, string Name, string Text, ReportNeeds Needs, string Permission, bool IsKeepable = true)
{
    public bool Has(ReportNeeds need) => (Needs & need) != 0;
}

/// <summary>
/// One report: it reads its rows once, in a stream, and tells its figures when all have passed. People stand in it by their id
/// and never by number or name, so that a file which is kept says nothing of anybody who was erased.
/// </summary>
internal abstract class GalleryReport
{
    public abstract ReportDescription Description { get; }

    public abstract Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken);
}

/// <param name="Db">For figures and look-ups.</param>
/// <param name="Stream">A connection of its own for the rows, which are read while others are looked up.</param>
/// <param name="From">The first instant of the days that are asked for (UTC).</param>
/// <param name="To">The first instant after them, and never later than <paramref name="Now"/>.</param>
internal sealed record ReportQuestion(Actor Actor, PortalDbContext Db, PortalDbContext Stream, ReportFilter Filter, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now);

/// <param name="Scope">The filter in words, as it is printed.</param>
/// <param name="Blocks">Asked once, after the last row.</param>
internal sealed record ReportContent(string Scope, ReportRows Rows, Func<IReadOnlyList<ReportBlock>> Blocks);

/// <summary>The one long table of a report: the whole of a CSV file, and of a PDF as much as paper bears.</summary>
/// <param name="Rows">One value per field: text, whole number, share, instant, day, yes or no, or nothing.</param>
/// <param name="Totals">The same for all rows together, where each thing is counted in one of them; the first value is no sum.</param>
internal sealed record ReportRows(string Title, IReadOnlyList<ReportField> Fields, IAsyncEnumerable<IReadOnlyList<object?>> Rows, IReadOnlyList<object?>? Totals = null)
{
    public const string Total = "Total";

    /// <summary>Of rows that are few and known already.</summary>
    public static ReportRows Of(string title, IReadOnlyList<ReportField> fields, IEnumerable<IReadOnlyList<object?>> rows, IReadOnlyList<object?>? totals = null) => new(title, fields, rows.ToAsyncEnumerable(), totals);
}

/// <param name="IsNumber">Set to the right on paper.</param>
/// <param name="OnPaper">False for what only programs need.</param>
public sealed record ReportField(string Name, bool IsNumber = false, bool OnPaper = true);
