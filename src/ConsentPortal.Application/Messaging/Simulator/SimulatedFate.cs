using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// What becomes of a text. Most are delivered. A recipient whose number ends in 99 and four more digits chooses: a code of
/// the receipt table (991240: opted out, 991190: gone for good, 991180: away), 999999 for no receipt at all, 999998 for
/// "submitted" and nothing after it, and 990402, 990422, 990429 or 990500 for an answer that refuses the text. In the SMS API
/// 9800 and two more digits choose the status with which it refuses the text.
/// </summary>
internal sealed record SimulatedFate(string? Final, VonageError? Error = null, bool IsSilent = false)
{
    private const int MagicDigits = 6;

    private static readonly SimulatedFate Delivered = new("delivered");
    /// <summary>What becomes of a text to a number that the provider blocks for its sender: taken, and refused by its receipt.</summary>
    public static SimulatedFate OptedOut { get; } = new("rejected", VonageErrors.Receipt["1240"]);

    /// <summary>What becomes of one part of a text whose other parts arrive.</summary>
    public static SimulatedFate LostPart { get; } = new("undeliverable", VonageErrors.Receipt["1230"]);

    private static readonly SimulatedFate NeverFinal = new((string?)null);
    private static readonly SimulatedFate Silent = new(null, IsSilent: true);

    public static SimulatedFate Of(string to)
    {
        if (Magic(to) is not { } code)
            return Delivered;
        if (code is "9999")
            return Silent;
        if (code is "9998")
            return NeverFinal;
        return VonageErrors.Receipt.TryGetValue(code, out var error) ? new SimulatedFate(Word(error.Class), error) : Delivered;
    }

    /// <summary>The HTTP status with which the Messages API refuses this recipient, or null.</summary>
    public static int? Refusal(string to) => Magic(to) switch
    {
        "0402" => 402,
        "0422" => 422,
        "0429" => 429,
        "0500" => 500,
        _ => null,
    };

    /// <summary>The status with which the SMS API refuses this recipient, or null: 980007 at the end of a number for "barred".</summary>
    public static string? SmsRefusal(string to)
    {
        var code = to.Length >= MagicDigits && to.AsSpan(to.Length - MagicDigits).StartsWith("9800", StringComparison.Ordinal) ? to[^2..].TrimStart('0') : null;
        return code is not null && VonageErrors.SmsAnswer.ContainsKey(code) ? code : null;
    }

    /// <summary>The SMS API's word and code for the same end.</summary>
    public (string Status, string Code) AsSms()
    {
        if (Error is null)
            return (Final ?? "accepted", "0");
        var code = Error.Code switch
        {
            "1180" => "2", "1190" => "3", "1200" => "5", "1210" => "6", "1220" => "7", "1230" => "8", "1240" => "9", "1250" => "11",
            "1260" => "12", "1270" => "13", "1280" => "14", "1290" => "15", _ => "1",
        };
        return (Final == "rejected" ? "rejected" : "failed", code);
    }

    private static string Word(ProviderErrorClass? errorClass) => errorClass switch
    {
        ProviderErrorClass.OptedOut or ProviderErrorClass.Configuration or ProviderErrorClass.Account or ProviderErrorClass.DailyLimit or ProviderErrorClass.Content => "rejected",
        ProviderErrorClass.Transient or ProviderErrorClass.PermanentNumber or ProviderErrorClass.SoftStrike or ProviderErrorClass.Barred or null => "undeliverable",
    };

    private static string? Magic(string to) =>
        to.Length >= MagicDigits && to.AsSpan(to.Length - MagicDigits).StartsWith("99", StringComparison.Ordinal) ? to[^4..] : null;
}
