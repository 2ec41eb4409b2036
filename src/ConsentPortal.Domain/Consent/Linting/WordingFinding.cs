namespace ConsentPortal.Domain.Consent.Linting;

/// <summary>The five texts of a wording.</summary>
public enum WordingPart
{
    /// <summary>What stands beside the box.</summary>
    Text = 1,
    DoubleOptInPrompt = 2,
    Confirmation = 3,
    HelpReply = 4,
    StopReply = 5,
}

/// <summary>What a wording lacks or says too much.</summary>
/// <param name="Rule">Of the compliance rules, such as US-03.</param>
/// <param name="Forbids">Consent under such words would be none, or the text unlawful: the wording can't be used. Otherwise somebody looks at it and decides.</param>
/// <param name="Sentence">What is wrong, and what mends it.</param>
public sealed record WordingFinding(WordingPart Part, string Rule, bool Forbids, string Sentence);

/// <summary>The texts of a wording before it is saved.</summary>
/// <param name="Language">ISO 639-1.</param>
public sealed record WordingTexts(string Language, string Text, string DoubleOptInPrompt, string Confirmation, string HelpReply, string StopReply);
