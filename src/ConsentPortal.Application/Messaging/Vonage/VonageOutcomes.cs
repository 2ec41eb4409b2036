namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>The outcomes with the sentences that staff read beside them.</summary>
internal static class VonageOutcomes
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(5);

    public static SendOutcome From(VonageReply reply, Func<VonageReply.Answer, SendOutcome> read) => reply switch
    {
        VonageReply.Answer answer => read(answer),
        VonageReply.Lost lost => Unconfirmed(lost.Cause),
        _ => new SendOutcome.Unreachable(ReconnectPause, "Vonage could not be reached, so the text did not leave. It stays planned and is tried again; check the network and Vonage:BaseUrl if this lasts."),
    };

    public static SendOutcome.Throttled Throttled(TimeSpan? retryAfter) => new(Pause(retryAfter));

    /// <summary>The provider's wish within sensible limits, so that a wild header can neither hammer nor stall the queue.</summary>
    public static TimeSpan Pause(TimeSpan? wished)
    {
        var pause = wished ?? UsualPause;
        return pause < UsualPause ? UsualPause : pause > LongestPause ? LongestPause : pause;
    }

    public static SendOutcome.Unconfirmed Unconfirmed(UnconfirmedCause cause)
    {
        var happened = cause switch
        {
            UnconfirmedCause.Timeout => "Vonage did not answer in time",
            UnconfirmedCause.ConnectionLost => "The connection to Vonage broke before it answered",
            UnconfirmedCause.ServerError => "Vonage answered with an internal error",
            UnconfirmedCause.UnreadableAnswer => "The answer was not one of Vonage's",
            UnconfirmedCause.Interrupted => "The portal was stopped while Vonage was answering",
        };
        return new(cause, $"{happened}, so the text may or may not have left. It is kept as unconfirmed and is not sent again by itself; a receipt or a look-up settles it.");
    }

    public static SendOutcome.Stopped Stopped(StopCause cause, string code, string meaning) => new(cause, code, cause switch
    {
        StopCause.Credentials => $"Vonage refused the portal itself ({meaning}). Sending is stopped and every text is kept. Check Vonage:ApiKey, Vonage:ApiSecret, Vonage:ApplicationId and its private key.",
        StopCause.Balance => $"Vonage took no text ({meaning}). Sending is stopped and every text is kept. Top up the account; sending then goes on by itself.",
        StopCause.Suspended => $"Vonage took no text ({meaning}). Sending is stopped and every text is kept. Contact Vonage's support; sending goes on by itself once it takes texts again.",
        StopCause.Configuration => $"Vonage took no text ({meaning}). Sending is stopped and every text is kept. Have the product enabled for the account; sending then goes on by itself.",
    });

    public static SendOutcome.Stopped WrongAddress(int status) => new(
        StopCause.Configuration,
        $"http-{status}",
        "The configured address sends callers elsewhere, so no text was taken. Sending is stopped and every text is kept. Check Vonage:BaseUrl and Vonage:SmsBaseUrl.");

    public static SendOutcome.Rejected Rejected(string code, ProviderErrorClass? errorClass, string meaning, IReadOnlyList<FieldProblem> fields)
    {
        var named = fields.Count == 0 ? "" : $" It named: {string.Join(", ", fields.Select(field => VonageProblem.Mask(field.Field)))}.";
        // The same request would get the same answer. Where our settings are at fault, the campaign is paused before many texts are lost to it.
        var isPermanent = errorClass is not (ProviderErrorClass.Transient or ProviderErrorClass.DailyLimit);
        var next = isPermanent ? "It did not leave and is not tried again." : "It did not leave and is tried again.";
        return new(isPermanent, code, errorClass, $"Vonage refused this text: {meaning}.{named} {next}", fields) { Meaning = meaning };
    }
}
