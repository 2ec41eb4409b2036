using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>Asks for one person and shows what the rule makes of them.</summary>
public sealed partial class ExplainPanel
{
    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>Null while nobody was chosen.</summary>
    [Parameter, EditorRequired]
    public MembershipView? View { get; set; }

    /// <summary>Why there is no answer about the person who was chosen.</summary>
    [Parameter]
    public Failure? Failure { get; set; }

    [Parameter]
    public EventCallback<SubscriberId?> PersonChanged { get; set; }

    private string? Verdict => View!.Rule.IsMet ? null : View.Rule.NearMisses.Count switch
    {
        0 => "No single condition keeps them out: more than one would have to be otherwise.",
        1 => "One condition alone keeps them out.",
        var several => $"Any one of {several} conditions, if it were otherwise, would bring them in.",
    };
}
