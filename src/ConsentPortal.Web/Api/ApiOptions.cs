using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Web.Api;

/// <summary>How much the API takes from one program.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Requests of one key in a minute; what is over it is answered 429.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Api:RequestsPerMinute has to be between 1 and 1000000.")]
    public int RequestsPerMinute { get; set; } = 600;
}
