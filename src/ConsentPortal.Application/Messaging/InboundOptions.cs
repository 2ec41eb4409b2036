using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Application.Messaging;

/// <summary>Section <c>Inbound</c>.</summary>
public sealed class InboundOptions
{
    public const string Section = "Inbound";

    /// <summary>How long the first part of a long text waits for the others; then what there is is read, because it may say stop.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00", ErrorMessage = "Inbound:LongTextWait must be 5 seconds to 10 minutes.")]
    public TimeSpan LongTextWait { get; set; } = TimeSpan.FromSeconds(60);
}
