namespace ConsentPortal.Domain.Subscribers;

/// <summary>Why a text is not a number that can be texted. The number itself is never part of the sentence.</summary>
/// <param name="Reason">A stable short name for scripts and import reports.</param>
public abstract record PhoneRefused(string Reason, string Message) : Failure(Message);

public sealed record NumberIsEmpty() : PhoneRefused("empty", "There is no phone number. Enter one, best with its country code, such as +44 7….");

public sealed record NotANumber() : PhoneRefused(
    "not a number",
    "This is not a phone number. If a spreadsheet has shortened it to a form such as 1.23E+11, format the column as text and export again.");

public sealed record CountryIsInvalid() : PhoneRefused(
    "invalid country",
    "No country has this calling code, or the number is in a national form and its country is not known. Add the country code, such as +44, or name the country.");

public sealed record NumberIsTooShort() : PhoneRefused("too short", "The number has too few digits for its country. Check it against the source.");

public sealed record NumberIsTooLong() : PhoneRefused("too long", "The number has too many digits for its country. Check it against the source.");

public sealed record NumberIsInvalid() : PhoneRefused("invalid", "No number like this is assigned in its country. Check it against the source.");

/// <summary>A valid number of a kind that receives no texts or charges its caller (O-02).</summary>
public sealed record LineTypeCannotReceive(LineType LineType) : PhoneRefused(
    "line type", $"This is a {LineType.Words()} number, which can't be texted. Ask the person for a mobile number.");

/// <summary>Reserved for films, documentation and tests, or an obvious filler: formally valid, and nobody's (O-05).</summary>
public sealed record NumberIsReserved() : PhoneRefused(
    "fake range", "This number is reserved for examples and tests, so it is nobody's. Ask the person for their own number.");

/// <summary>What may be done with a kind of line.</summary>
public static class LineTypeRules
{
    /// <summary>False for the kinds that are blocked (O-02); a landline or an unknown line can be stored, the send policy holds its texts.</summary>
    public static bool CanReceiveTexts(this LineType line) => line switch
    {
        LineType.Mobile or LineType.FixedLineOrMobile or LineType.FixedLine or LineType.Voip or LineType.Unknown => true,
        LineType.TollFree or LineType.PremiumRate or LineType.SharedCost or LineType.PersonalNumber or LineType.Pager
            or LineType.Uan or LineType.Voicemail => false,
    };

    internal static string Words(this LineType line) => line switch
    {
        LineType.Mobile => "mobile",
        LineType.FixedLineOrMobile => "landline or mobile",
        LineType.FixedLine => "landline",
        LineType.Voip => "VoIP",
        LineType.TollFree => "toll-free",
        LineType.PremiumRate => "premium-rate",
        LineType.SharedCost => "shared-cost",
        LineType.PersonalNumber => "personal (forwarding)",
        LineType.Pager => "pager",
        LineType.Uan => "company access",
        LineType.Voicemail => "voicemail",
        LineType.Unknown => "unknown kind of",
    };
}
