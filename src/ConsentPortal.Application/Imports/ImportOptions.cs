using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Application.Imports;

/// <summary>Section <c>Imports</c> of the settings.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    private const long Megabyte = 1024 * 1024;

    /// <summary>The largest file that is read, in bytes; 100 MB by default.</summary>
    [Range(1, 10_000 * Megabyte, ErrorMessage = "Imports:LargestFile is the largest import file in bytes; set it between 1 and 10 GB.")]
    public long LargestFile { get; set; } = 100 * Megabyte;

    /// <summary>A list of more rows than this, brought by a member of staff, needs the approval of a second one; 20,000 by default, 0 for every list.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "Imports:ApprovalAbove is the number of rows above which a second person approves an import; set it to 0 or more.")]
    public int ApprovalAbove { get; set; } = 20_000;

    /// <summary>
    /// How many rows are committed together; 10,000 at most by default, fewer as soon as somebody else waits to write. Each commit writes a page of every index that it touched, so few
    /// large ones write far less than many small ones, and hold the write lock and the rows in memory for longer.
    /// </summary>
    [Range(100, 20_000, ErrorMessage = "Imports:RowsAtOnce is the number of rows that an import commits together; set it between 100 and 20,000.")]
    public int RowsAtOnce { get; set; } = 10_000;
}
