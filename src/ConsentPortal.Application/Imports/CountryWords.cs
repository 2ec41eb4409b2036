using System.Collections.Frozen;
using System.Globalization;
using ConsentPortal.Application.Database.Encryption;

namespace ConsentPortal.Application.Imports;

/// <summary>Reads a country column: two letters, three letters, or the country's name in English or its own language.</summary>
internal static class CountryWords
{
    private static readonly FrozenDictionary<string, string> Regions = Names();

    /// <returns>An ISO 3166 code in capitals; null where the text is none.</returns>
    public static string? Region(string text)
    {
        var folded = LookupHash.Fold(text);
        return folded.Length == 0 ? null : Regions.GetValueOrDefault(folded);
    }

    private static FrozenDictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            if (region.TwoLetterISORegionName is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] || region.TwoLetterISORegionName == "ZZ")
                continue;
            foreach (var name in (string[])[region.TwoLetterISORegionName, region.ThreeLetterISORegionName, region.EnglishName, region.NativeName])
                names.TryAdd(LookupHash.Fold(name), region.TwoLetterISORegionName);
        }

        foreach (var (name, region) in ((string, string)[])[("uk", "GB"), ("england", "GB"), ("scotland", "GB"), ("wales", "GB"), ("great britain", "GB"), ("u.s.", "US"), ("u.s.a.", "US"), ("america", "US"), ("holland", "NL")])
            names.TryAdd(name, region);
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
