using System.Globalization;
using ConsentPortal.Application.Messaging.Vonage;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>
/// What becomes of a text. Most are delivered. A recipient whose number ends in 99 and four more digits chooses: a code of
/// the receipt table (991240: opted out, 991190: gone for good, 991180: away), 999999 for no receipt at all, 999998 for
/// "submitted" and nothing after it, and 990402, 990422, 990429 or 990500 for an answer that refuses the text. In the SMS API
/// 9800 and two more digits choose the status with which it refuses the text, 9801 and two more the err-code of its receipt, 980201 to 980203 the
/// words "expired", "buffered" and "unknown" at its end, and 9803 and two more the part of a long text that is refused while the others are taken.
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

    /// <summary>What becomes of it in the API that took it: the SMS API has ends of its own.</summary>
    public static SimulatedFate Of(SimulatedText text) => text.IsSmsApi ? OfSms(text.To) ?? Of(text.To) : Of(text.To);

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
        var code = Chosen(to, "9800")?.TrimStart('0');
        return code is not null && VonageErrors.SmsAnswer.ContainsKey(code) ? code : null;
    }

    /// <summary>The part of a long text, counted from 1, that the SMS API refuses while it takes the others; null for none.</summary>
    public static int? RefusedPart(string to) => Chosen(to, "9803") is { } part && int.Parse(part, CultureInfo.InvariantCulture) is > 0 and var number ? number : null;

    /// <summary>What Identity Insights says of this recipient: 980401 a landline, 980402 a VoIP line, 980403 toll-free, 980408 a mobile that is away, 980409 no number at all.</summary>
    public static (string Network, bool IsValid, bool IsReachable) LineOf(string to) => Chosen(to, "9804") switch
    {
        "01" => ("LANDLINE", true, false),
        "02" => ("VIRTUAL", true, true),
        "03" => ("TOLLFREE", true, false),
        "08" => ("MOBILE", true, false),
        "09" => ("MOBILE", false, false),
        _ => ("MOBILE", VonageNumber.IsFull(to), Of(to).Final == "delivered"),
    };

    private static SimulatedFate? OfSms(string to)
    {
        if (Chosen(to, "9801")?.TrimStart('0') is { } code && VonageErrors.SmsReceipt.TryGetValue(code, out var error))
            return new SimulatedFate(Word(error.Class), error);
        return Chosen(to, "9802") switch
        {
            "01" => new SimulatedFate("expired"),
            "02" => new SimulatedFate("buffered"),
            "03" => new SimulatedFate("unknown"),
            _ => null,
        };
    }

    /// <summary>The SMS API's word and code for the same end.</summary>
    public (string Status, string Code) AsSms()
    {
        if (Error is null)
            return (Final ?? "accepted", "0");
        if (Error.Code == "1360")
            return ("expired", "0");
        return (Final == "rejected" ? "rejected" : "failed", SmsCode(Error));
    }

    /// <summary>The err-code that comes nearest; of codes without one, at least the class is kept.</summary>
    private static string SmsCode(VonageError error) => error.Code switch
    {
        _ when VonageErrors.SmsReceipt.ContainsKey(error.Code) => error.Code,
        "1180" => "2", "1190" => "3", "1200" => "5", "1210" => "6", "1220" => "7", "1230" => "8", "1240" => "9", "1250" or "1251" => "11",
        "1260" => "12", "1270" => "13", "1280" => "14", "1290" => "15", "1331" => "99",
        "1480" => "50", "1481" => "51", "1482" => "52", "1483" => "53", "1484" => "54",
        _ => error.Class switch
        {
            ProviderErrorClass.Transient => "8",
            ProviderErrorClass.PermanentNumber => "3",
            ProviderErrorClass.Content => "10",
            ProviderErrorClass.OptedOut => "9",
            ProviderErrorClass.SoftStrike or ProviderErrorClass.Barred or ProviderErrorClass.Configuration or ProviderErrorClass.Account or ProviderErrorClass.DailyLimit or null => "1",
        },
    };

    /// <summary>The two digits after a beginning that chooses, at the end of a number.</summary>
    private static string? Chosen(string to, string beginning) =>
        to.Length >= MagicDigits && to.AsSpan(to.Length - MagicDigits).StartsWith(beginning, StringComparison.Ordinal) ? to[^2..] : null;

    private static string Word(ProviderErrorClass? errorClass) => errorClass switch
    {
        ProviderErrorClass.OptedOut or ProviderErrorClass.Configuration or ProviderErrorClass.Account or ProviderErrorClass.DailyLimit or ProviderErrorClass.Content => "rejected",
        ProviderErrorClass.Transient or ProviderErrorClass.PermanentNumber or ProviderErrorClass.SoftStrike or ProviderErrorClass.Barred or null => "undeliverable",
    };

    private static string? Magic(string to) =>
        to.Length >= MagicDigits && to.AsSpan(to.Length - MagicDigits).StartsWith("99", StringComparison.Ordinal) ? to[^4..] : null;
}
