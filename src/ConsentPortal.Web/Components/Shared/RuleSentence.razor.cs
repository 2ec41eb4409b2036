using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>A rule in words, with its fields and values set apart.</summary>
public sealed partial class RuleSentence
{
    /// <summary>A segment's or policy's rule as one sentence, in its words.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RuleWord> Words { get; set; }

    private static string? Css(RuleWordKind kind) => kind switch
    {
        RuleWordKind.Plain => null,
        RuleWordKind.Field => "field",
        RuleWordKind.Value => "value",
        RuleWordKind.Joiner => "joiner",
    };
}
