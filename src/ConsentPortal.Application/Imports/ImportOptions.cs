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
}
