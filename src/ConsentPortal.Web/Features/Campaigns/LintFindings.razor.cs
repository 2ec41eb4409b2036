using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>What the rules say of a text, the gravest first, with what mends it.</summary>
public sealed partial class LintFindings
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<LintFinding> Findings { get; set; }

    /// <summary>Gets the finding that should be mended; without it no mend is offered.</summary>
    [Parameter]
    public EventCallback<LintFinding> OnFix { get; set; }

    /// <summary>Ids of the rules whose findings somebody let stand.</summary>
    [Parameter]
    public IReadOnlyCollection<string> Confirmed { get; set; } = [];

    /// <summary>Who let them stand, once the text is in review.</summary>
    [Parameter]
    public string? ConfirmedBy { get; set; }

    /// <summary>Gets a rule's id and whether its finding may stand; without it nothing can be ticked.</summary>
    [Parameter]
    public EventCallback<(string Rule, bool IsConfirmed)> OnConfirm { get; set; }

    private static (Meaning Meaning, string Word, string Icon) Of(LintSeverity severity) => severity switch
    {
        LintSeverity.Blocks => (Meaning.Blocked, "Must change", Icons.Material.Outlined.Block),
        LintSeverity.Warns => (Meaning.Pending, "Look at it", Icons.Material.Outlined.WarningAmber),
        LintSeverity.Note => (Meaning.Neutral, "Note", Icons.Material.Outlined.Info),
    };
}
