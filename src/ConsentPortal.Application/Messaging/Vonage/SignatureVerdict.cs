namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Whether a webhook is Vonage's.</summary>
public abstract record SignatureVerdict
{
    private SignatureVerdict()
    {
    }

    /// <param name="Token">Unique per signing, for the replay memory. Whether a repeated delivery is signed anew is not documented.</param>
    /// <param name="IssuedAt">Null if the scheme did not carry a time.</param>
    /// <param name="IsLate">Older than 10 minutes, so worth a line in the log; a repeated delivery may be up to a day old.</param>
    public sealed record Valid(string? Token, DateTimeOffset? IssuedAt, bool IsLate) : SignatureVerdict;

    /// <summary>
    /// There is no signature. Vonage now and then sends one unsigned after an internal error, and signs it when it is
    /// answered with a server error: answer 503.
    /// </summary>
    public sealed record Missing : SignatureVerdict;

    /// <summary>There is a signature and it does not fit: answer 401. The reason is for the log, not for the caller.</summary>
    public sealed record Wrong(string Reason) : SignatureVerdict;

    /// <summary>
    /// It is Vonage's, but by this machine's clock it was signed at a time that can't be: answer 503. It comes again for a
    /// day, by when the clock may be right; a 401 would be taken for an answer, and a STOP would be lost to a wrong clock.
    /// Whoever repeats an old one to deceive is refused all the same.
    /// </summary>
    /// <param name="Now">What the machine's clock said.</param>
    public sealed record FromAnotherTime(DateTimeOffset IssuedAt, DateTimeOffset Now) : SignatureVerdict;
}
