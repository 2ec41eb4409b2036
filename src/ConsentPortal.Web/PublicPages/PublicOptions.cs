using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Web.PublicPages;

/// <summary>How much the public pages take from one address, so that a script can't make them text strangers.</summary>
public sealed class PublicOptions
{
    public const string Section = "PublicPages";

    /// <summary>Forms that one address may send in ten minutes: joins, requests for a code and codes read back together.</summary>
    [Range(1, 10_000, ErrorMessage = "PublicPages:FormsPerAddress has to be between 1 and 10000.")]
    public int FormsPerAddress { get; set; } = 20;

    /// <summary>Numbers checked while typing, and documents looked up, by one address in a minute.</summary>
    [Range(1, 10_000, ErrorMessage = "PublicPages:ChecksPerAddress has to be between 1 and 10000.")]
    public int ChecksPerAddress { get; set; } = 60;

    /// <summary>A form that is filled in faster was not read.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "PublicPages:ShortestFill has to be between 0 and 60 seconds.")]
    public TimeSpan ShortestFill { get; set; } = TimeSpan.FromSeconds(2);
}
