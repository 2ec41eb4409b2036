using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using GateOutcome = ConsentPortal.Domain.Policy.GateOutcome;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>A text as one person reads it, how long it is on the air, and what rules say of its words.</summary>
public sealed partial class MessagePreviewPanel
{
    [Parameter, EditorRequired]
    public MessagePreview? Preview { get; set; }

    [Parameter]
    public Failure? Failure { get; set; }

    [Parameter]
    public bool WithName { get; set; }

    [Parameter]
    public EventCallback<bool> WithNameChanged { get; set; }

    private static Meaning Of(Finding finding) => finding.Outcome switch
    {
        GateOutcome.Block => Meaning.Blocked,
        GateOutcome.Hold or GateOutcome.Warn => Meaning.Pending,
        GateOutcome.Defer => Meaning.Deferred,
        GateOutcome.Pass or GateOutcome.NotApplicable => Meaning.Neutral,
    };

    private static string Css(Finding finding) => $"meaning-text {Of(finding).CssClass()}";
}
