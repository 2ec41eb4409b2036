namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// How the simulated provider behaves. Shares run from 0 (never) to 1 (always) and are spread evenly: a share of 0.25
/// strikes every fourth time. The whole record can be exchanged while the simulator runs.
/// </summary>
public sealed record SimulatorOptions
{
    /// <summary>Everything at once and nothing goes wrong: for tests.</summary>
    public static SimulatorOptions Prompt { get; } = new() { SubmittedAfter = TimeSpan.Zero, DeliveredAfter = TimeSpan.Zero, RetryPauses = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)] };

    /// <summary>From the acceptance to the receipt "submitted".</summary>
    public TimeSpan SubmittedAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From the acceptance to the final receipt.</summary>
    public TimeSpan DeliveredAfter { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Before the answer to a text that was taken: longer than the caller's patience, and the text has left all the same.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>Texts a second beyond which the answer is "too fast"; 0 for no limit.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>What an answer of "too fast" asks the caller to wait.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Receipts that come twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>Texts whose final receipt comes before "submitted".</summary>
    public double Reordered { get; init; }

    /// <summary>Texts whose receipts come before the answer that carries their id.</summary>
    public double Early { get; init; }

    /// <summary>Receipts that never come.</summary>
    public double Lost { get; init; }

    /// <summary>First attempts at a webhook without a signature; a repetition after a server error is signed.</summary>
    public double Unsigned { get; init; }

    /// <summary>Webhooks with a signature that does not fit.</summary>
    public double WronglySigned { get; init; }

    /// <summary>Webhooks of the Messages API that are signed rightly for another body.</summary>
    public double WrongHash { get; init; }

    /// <summary>First attempts at a webhook with a signature of another time; a repetition is signed anew.</summary>
    public double Stale { get; init; }

    /// <summary>How old such a signature is.</summary>
    public TimeSpan StaleBy { get; init; } = TimeSpan.FromHours(25);

    /// <summary>Texts from handsets that never come.</summary>
    public double LostInbound { get; init; }

    /// <summary>The provider itself reads STOP, START and HELP: it blocks and unblocks, answers, and forwards the text all the same.</summary>
    public bool OptOutAssist { get; init; }

    /// <summary>The HTTP status with which every text is refused: 401 wrong credentials, 402 no credit, 403 suspended, 429 too fast; 0 for none.</summary>
    public int Refusal { get; init; }

    /// <summary>Answers "internal error" to texts that were not taken.</summary>
    public double ServerErrors { get; init; }

    /// <summary>Answers "internal error" to texts that were taken all the same.</summary>
    public double ServerErrorsAfterAcceptance { get; init; }

    /// <summary>Connections reset after the text was taken and before the answer.</summary>
    public double ResetsAfterAcceptance { get; init; }

    /// <summary>Answers with a web page, as from a gateway in between, to texts that were taken.</summary>
    public double HtmlAnswers { get; init; }

    /// <summary>The HTTP status of these web pages; some gateways call their error page a success.</summary>
    public int HtmlStatus { get; init; } = 502;

    /// <summary>How webhooks of texts taken by the SMS API, and inbound texts of such an account, are carried.</summary>
    public SmsForwarding SmsForwarding { get; init; } = SmsForwarding.Form;

    /// <summary>The SMS API names parts by hexadecimal ids, as it long did, instead of UUIDs.</summary>
    public bool HexadecimalIds { get; init; }

    /// <summary>The part of each long text of the SMS API that never arrives, counted from 1 (err-code 8, network failure); 0 for none.</summary>
    public int FailedPart { get; init; }

    /// <summary>Inbound texts come in the SMS API's form instead of the Messages API's.</summary>
    public bool InboundBySmsApi { get; init; }

    /// <summary>
    /// Pauses before each repetition of a webhook that was answered with 429 or a server error, or not at all; then it is given
    /// up. The provider's own, 25 times faster.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryPauses { get; init; } = ProviderPauses(25);

    /// <summary>Also after any other answer but success, as older accounts have it.</summary>
    public bool RepeatsRefused { get; init; }

    /// <summary>5 s, doubled each time up to 15 minutes, for 24 hours.</summary>
    /// <param name="faster">By how much the time is pressed together.</param>
    public static IReadOnlyList<TimeSpan> ProviderPauses(double faster)
    {
        var (pauses, pause, passed) = (new List<TimeSpan>(), TimeSpan.FromSeconds(5), TimeSpan.Zero);
        while (passed + pause <= TimeSpan.FromHours(24))
        {
            pauses.Add(pause / faster);
            passed += pause;
            pause = TimeSpan.FromSeconds(Math.Min(2 * pause.TotalSeconds, 900));
        }

        return pauses;
    }

    /// <summary>Younger texts cannot be redacted.</summary>
    public TimeSpan YoungestRedactable { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>In euro, for each part.</summary>
    public decimal PricePerPart { get; init; } = 0.0333m;

    /// <summary>The account's money in euro.</summary>
    public decimal Balance { get; init; } = 250m;
}

/// <summary>The account setting of the SMS API about how its webhooks are carried.</summary>
public enum SmsForwarding
{
    Form = 1,
    Query = 2,
    Json = 3,
}

/// <summary>Whose texts the simulator takes and with what it signs.</summary>
/// <param name="ApplicationPublicKey">PEM; with <paramref name="ApplicationId"/> it lets callers use an application's token.</param>
public sealed record SimulatorAccount(string ApiKey, string ApiSecret, string SignatureSecret, string? ApplicationId = null, string? ApplicationPublicKey = null)
{
    /// <summary>How webhooks of the SMS API are signed.</summary>
    public Vonage.SmsSignatureMethod SmsSignatureMethod { get; init; } = Vonage.SmsSignatureMethod.Sha256;

    public override string ToString() => $"Account {ApiKey}";
}

/// <summary>Where webhooks go; asked anew for each attempt, since the receiver may learn its own address only later.</summary>
/// <param name="Status">Null while there is no such address: the webhook waits for its next attempt.</param>
public sealed record SimulatorTargets(Func<Uri?> Status, Func<Uri?> Inbound)
{
    public static SimulatorTargets None { get; } = new(() => null, () => null);
}
