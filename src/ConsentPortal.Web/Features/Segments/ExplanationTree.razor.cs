using ConsentPortal.Domain.Segments;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>A rule held against one person, part by part: whether it is so, what is known, and which part alone keeps them out.</summary>
public sealed partial class ExplanationTree
{
    [Parameter, EditorRequired]
    public required RuleExplanation Explanation { get; set; }

    /// <summary>Of the whole rule.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RuleExplanation> NearMisses { get; set; }

    private bool IsNearMiss => NearMisses.Any(miss => miss.Path == Explanation.Path);

    private string Words => Explanation.Words is { Length: > 0 } words ? char.ToUpperInvariant(words[0]) + words[1..] : "";
}
