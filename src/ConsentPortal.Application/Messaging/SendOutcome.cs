namespace ConsentPortal.Application.Messaging;

/// <summary>What is known after a text's turn with the provider. Every case says whether the text can have left.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider took the text; what became of it arrives as a receipt.</summary>
    /// <param name="ProviderMessageIds">One id, or one per part where the provider counts parts as messages. Never empty.</param>
    /// <param name="Parts">Null where the provider tells the count only with the receipt.</param>
    /// <param name="Price">An estimate in euro, null where it comes with the receipt.</param>
    /// <param name="LostPartsCode">
    /// The provider took some parts and refused others with this code: the handset shows a torn text. Not sent again.
    /// </param>
    public sealed record Accepted(IReadOnlyList<string> ProviderMessageIds, int? Parts, decimal? Price = null, string? LostPartsCode = null) : SendOutcome;

    /// <summary>This text did not leave and, if <paramref name="IsPermanent"/>, never will in this form. Others may.</summary>
    /// <param name="Code">The provider's code, or <c>invalid</c> when the portal itself refused before calling.</param>
    /// <param name="Sentence">For staff; free of personal data.</param>
    /// <param name="Problems">The fields that the provider named.</param>
    public sealed record Rejected(
        bool IsPermanent, string Code, ProviderErrorClass? Class, string Sentence, IReadOnlyList<FieldProblem> Problems) : SendOutcome
    {
        /// <summary>What the code means, in a few words; null where nobody knows.</summary>
        public string? Meaning { get; init; }
    }

    /// <summary>The text did not leave because we were too fast. It may be sent again after <paramref name="RetryAfter"/>.</summary>
    public sealed record Throttled(TimeSpan RetryAfter) : SendOutcome;

    /// <summary>
    /// The provider could not be reached: no byte of the request left. The text may be sent again after
    /// <paramref name="RetryAfter"/>.
    /// </summary>
    public sealed record Unreachable(TimeSpan RetryAfter, string Sentence) : SendOutcome;

    /// <summary>The text did not leave, and no other will before a person acts: the whole queue must stop.</summary>
    public sealed record Stopped(StopCause Cause, string Code, string Sentence) : SendOutcome;

    /// <summary>
    /// The text may have left. Nothing may send it again by itself: look it up by its client reference, wait for a receipt
    /// that carries it, or ask a person.
    /// </summary>
    public sealed record Unconfirmed(UnconfirmedCause Cause, string Sentence) : SendOutcome;

    /// <summary>
    /// The provider was not called: a withdrawal came first, the right to send was over, or the provider takes nothing now.
    /// The text is decided on again after <paramref name="RetryAfter"/>.
    /// </summary>
    public sealed record Withheld(TimeSpan RetryAfter) : SendOutcome;
}

/// <summary>A field of the request that was refused, by the provider's name for it, and why. Digits of numbers are masked.</summary>
public sealed record FieldProblem(string Field, string Reason)
{
    private const int Longest = 400;

    /// <returns>All of them in one line, as the send ledger keeps it; null for none.</returns>
    public static string? InWords(IReadOnlyList<FieldProblem> problems)
    {
        if (problems.Count == 0)
            return null;
        var line = string.Join("; ", problems.Select(problem => problem.Reason.Length == 0 ? problem.Field : $"{problem.Field}: {problem.Reason}"));
        return line.Length <= Longest ? line : line[..Longest];
    }
}

public enum StopCause
{
    Credentials = 1,
    Balance = 2,
    Suspended = 3,

    /// <summary>The account may not do this, or the configured address is not the provider's.</summary>
    Configuration = 4,
}

public enum UnconfirmedCause
{
    Timeout = 1,
    ConnectionLost = 2,
    ServerError = 3,

    /// <summary>An answer that is not the provider's, such as a web page from something in between.</summary>
    UnreadableAnswer = 4,

    /// <summary>The portal was shutting down while the call was under way.</summary>
    Interrupted = 5,
}
