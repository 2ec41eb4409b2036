using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging.Linting;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>A text as one person reads it, how long it is on the air, and what rules say of its words.</summary>
public sealed partial class MessagePreviewPanel
{
    [Parameter, EditorRequired]
    public MessagePreview? Preview { get; set; }

    /// <summary>Of the words; null where there is one language.</summary>
    [Parameter]
    public string? Language { get; set; }

    [Parameter]
    public Failure? Failure { get; set; }

    [Parameter]
    public bool WithName { get; set; }

    [Parameter]
    public EventCallback<bool> WithNameChanged { get; set; }

    /// <summary>What the rules say of the text, for everybody who would get it; null while nothing is written.</summary>
    [Parameter]
    public IReadOnlyList<LintFinding>? Findings { get; set; }

    /// <summary>Gets the finding that should be mended.</summary>
    [Parameter]
    public EventCallback<LintFinding> OnFix { get; set; }
}
