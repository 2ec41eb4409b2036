using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Domain.Messaging.Linting;

public enum LintSeverity
{
    /// <summary>Worth knowing; nothing has to change.</summary>
    Note = 1,

    /// <summary>Somebody should change it, or know why not.</summary>
    Warns = 2,

    /// <summary>The text would be unlawful, misleading or refused for some who would get it: it does not go to review.</summary>
    Blocks = 3,
}

/// <summary>A mend that the portal can make by itself.</summary>
/// <param name="Label">A verb phrase for a button.</param>
/// <param name="Template">The whole text as it would stand then.</param>
public sealed record LintFix(string Label, string Template);

/// <summary>What a rule says of a text that is still being written.</summary>
/// <param name="Rule">With its citation; where several rules say the same, the one that weighs most.</param>
/// <param name="Sentence">What was seen.</param>
/// <param name="Remedy">What mends it.</param>
/// <param name="Fix">Null where only a person can mend it.</param>
public sealed record LintFinding(PolicyRule Rule, LintSeverity Severity, string Sentence, string Remedy, LintFix? Fix = null)
{
    /// <summary>The linter only supposes this; a person says whether it is so before the text goes to review (C-02, CT-15).</summary>
    public bool NeedsConfirmation { get; init; }

    /// <summary>ISO 3166 codes of the countries whose rules say so; empty where every country's do.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];
}
