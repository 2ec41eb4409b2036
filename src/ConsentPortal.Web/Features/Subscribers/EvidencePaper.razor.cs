using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>A signed paper by its name; it is handed out for a reason only.</summary>
public sealed partial class EvidencePaper
{
    private bool _isAsking;
    private string _reason = "";

    [Parameter, EditorRequired]
    public required SubscriberId Person { get; set; }

    [Parameter, EditorRequired]
    public required string Hash { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }
}
