using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>A paper of a person's by its name; it is handed out for a reason only.</summary>
public sealed partial class EvidencePaper
{
    private bool _isAsking;
    private string _reason = "";

    /// <summary>Where the reason is posted to, and the file comes from.</summary>
    [Parameter, EditorRequired]
    public required string Href { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }
}
