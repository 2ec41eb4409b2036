namespace ConsentPortal.Application.Messaging.Vonage;

/// <summary>Vonage writes numbers as bare digits; the portal writes E.164 with the plus.</summary>
internal static class VonageNumber
{
    private const int ShortestFullNumber = 7;
    private const int LongestFullNumber = 15;

    public static string Digits(string number) => number.StartsWith('+') ? number[1..] : number;

    /// <summary>A full number gets its plus; a short code or an alphanumeric sender stays as it is.</summary>
    public static string E164(string number)
    {
        var digits = Digits(number.Trim());
        return IsFull(digits) ? $"+{digits}" : digits;
    }

    /// <returns>The mobile country and network code of a carrier; null for anything else, such as the word for a carrier that nobody knows.</returns>
    public static string? Network(string? code) => code is { Length: 5 or 6 } && code.All(char.IsAsciiDigit) ? code : null;

    public static bool IsFull(string digits) => digits.Length is >= ShortestFullNumber and <= LongestFullNumber && digits.All(char.IsAsciiDigit);
}
