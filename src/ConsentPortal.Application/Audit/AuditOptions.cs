using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Application.Audit;

/// <summary>Section <c>Audit</c>: where the newest checkpoint is kept besides the database.</summary>
public sealed class AuditOptions : IValidatableObject
{
    public const string Section = "Audit";

    /// <summary>A file, best on another disk or machine than the database; by default beside it, which shows a database that alone was put back.</summary>
    public string? CheckpointFile { get; set; }

    /// <summary>An address that takes each checkpoint as a POST of <c>text/plain</c>; none by default.</summary>
    public string? CheckpointUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CheckpointUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            yield return new ValidationResult("Audit:CheckpointUrl must be an address that begins with http:// or https://.", [nameof(CheckpointUrl)]);
    }
}
