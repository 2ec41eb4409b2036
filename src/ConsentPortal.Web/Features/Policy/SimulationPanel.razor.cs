using ConsentPortal.Application.Policy;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>What a draft would have done with the texts of the last days, in numbers, by reason, and text by text.</summary>
public sealed partial class SimulationPanel
{
    [Parameter, EditorRequired]
    public required PolicyView View { get; set; }

    [Parameter, EditorRequired]
    public SimulatedTextPage? Page { get; set; }

    /// <summary>Which texts the page lists.</summary>
    [Parameter, EditorRequired]
    public required SimulatedTextQuery Query { get; set; }

    /// <summary>There are changes of the draft that were not saved.</summary>
    [Parameter]
    public bool IsEdited { get; set; }

    /// <summary>Whether a text leads to the person's page.</summary>
    [Parameter]
    public bool MayOpen { get; set; }

    /// <summary>The address of the same page with other texts.</summary>
    [Parameter, EditorRequired]
    public required Func<SimulatedTextQuery, string> Address { get; set; }

    /// <summary>The buttons under it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private bool IsNarrowed => Query is not { Was: null, Would: null, Rule: null, Lost: null };

    private bool IsShown(SimulatedChange change) => Query.Lost is null && (Query.Was, Query.Would, Query.Rule) == (change.Was, change.Would, change.Rule);

    private string Href(DecisionKind? was, DecisionKind would) => Address(new SimulatedTextQuery(View.Number, was, would));

    private static string? Stopped(PolicySimulation found) => (found.Would(DecisionKind.Block), found.Would(DecisionKind.Hold)) switch
    {
        (_, 0) => null,
        (0, var held) => $"{Figures.Count(held)} held for a person",
        var (blocked, held) => $"{Figures.Count(blocked)} blocked, {Figures.Count(held)} held for a person",
    };
}
