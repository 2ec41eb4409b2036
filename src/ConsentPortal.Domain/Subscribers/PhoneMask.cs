using PhoneNumbers;

namespace ConsentPortal.Domain.Subscribers;

/// <summary>How a number looks where nobody may read it whole.</summary>
internal static class PhoneMask
{
    private const string Bullets = "•••";
    private const int Shown = 4;
    private const int Hidden = 3;

    public static string Of(string? e164)
    {
        var plans = PhoneNumberUtil.GetInstance();
        PhoneNumbers.PhoneNumber number;
        try
        {
            number = plans.Parse(e164, null);
        }
        catch (NumberParseException)
        {
            return Bullets;
        }

        var national = plans.GetNationalSignificantNumber(number);
        if (national.Length < Shown + Hidden)
            return $"+{number.CountryCode} {Bullets}";
        var first = FirstGroup(plans, number);
        // A short plan's first and last groups together would be the whole number.
        var room = national.Length - first.Length - Shown >= Hidden;
        return room && first.Length > 0
            ? $"+{number.CountryCode} {first} {Bullets} {national[^Shown..]}"
            : $"+{number.CountryCode} {Bullets} {national[^Shown..]}";
    }

    private static string FirstGroup(PhoneNumberUtil plans, PhoneNumbers.PhoneNumber number)
    {
        var groups = plans.Format(number, PhoneNumberFormat.INTERNATIONAL).Split(' ', '-');
        return groups.Length > 2 && groups[1].All(char.IsAsciiDigit) ? groups[1] : "";
    }
}
