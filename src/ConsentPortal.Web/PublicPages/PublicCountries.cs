using System.Collections.Concurrent;
using System.Globalization;
using ConsentPortal.Domain.Consent;
using PhoneNumbers;

namespace ConsentPortal.Web.PublicPages;

/// <param name="Code">ISO 3166.</param>
internal sealed record PublicCountry(string Code, string Name, int CallingCode);

/// <summary>The countries that a form offers, by name in its language.</summary>
internal static class PublicCountries
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<PublicCountry>> Known = new(StringComparer.Ordinal);

    public static IReadOnlyList<PublicCountry> In(CultureInfo culture) => Known.GetOrAdd(culture.Name, _ => Read(culture));

    /// <summary>Those from which people may join a purpose.</summary>
    public static IReadOnlyList<PublicCountry> Of(Purpose purpose, CultureInfo culture) =>
        purpose.Countries is null ? In(culture) : [.. In(culture).Where(country => purpose.IsOpenTo(country.Code))];

    public static string NameOf(string code, CultureInfo culture) => In(culture).FirstOrDefault(c => c.Code == code)?.Name ?? code;

    /// <summary>The runtime keeps a region's name in whichever language was asked first, so the numbering library's names are taken.</summary>
    private static List<PublicCountry> Read(CultureInfo culture)
    {
        var plans = PhoneNumberUtil.GetInstance();
        return
        [
            .. plans.GetSupportedRegions()
                .Select(code => new PublicCountry(code, new Locale("", code).GetDisplayCountry(culture.TwoLetterISOLanguageName), plans.GetCountryCodeForRegion(code)))
                .Where(country => country.Name.Length > 2).OrderBy(country => country.Name, StringComparer.Create(culture, ignoreCase: true)),
        ];
    }
}
