using PhoneNumbers;

namespace ConsentPortal.Domain.Subscribers;

/// <summary>Whether somebody wrote a telephone number into words that should hold none.</summary>
public static class NumbersInText
{
    /// <param name="region">ISO 3166 region whose national form is looked for too; null looks only for numbers with a country.</param>
    public static bool Any(string text, string? region) => PhoneNumberUtil.GetInstance().FindNumbers(text, PhoneText.RegionCode(region) ?? "ZZ").Any();
}
