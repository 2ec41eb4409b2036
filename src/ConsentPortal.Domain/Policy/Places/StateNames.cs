using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>Postal codes of US states and Canadian provinces, and the names by which addresses and metadata call them.</summary>
internal static class StateNames
{
    private const string UsStates =
        "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC Washington D.C.|"
        + "DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|"
        + "LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|"
        + "NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|"
        + "OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|"
        + "UT Utah|VT Vermont|VA Virginia|WA Washington State|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming";

    private const string CanadianProvinces =
        "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|"
        + "NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|QC Québec|SK Saskatchewan|YT Yukon";

    private static readonly FrozenDictionary<string, string> Us = Codes(UsStates);
    private static readonly FrozenDictionary<string, string> Canada = Codes(CanadianProvinces);

    public static IReadOnlyList<string> UsCodes { get; } = Us.Values.Distinct().Order(StringComparer.Ordinal).ToArray();

    /// <summary>
    /// The code of a state as a person or a table writes it ("fl", "Florida", "US-FL"); null when the country is known
    /// state by state and has none of that name. Elsewhere the text itself, upper case and without the country's prefix.
    /// </summary>
    public static string? Code(string country, string? state)
    {
        if (string.IsNullOrWhiteSpace(state))
            return null;
        var text = state.Trim();
        if (text.Length > country.Length + 1 && text[country.Length] == '-' && text.StartsWith(country, StringComparison.OrdinalIgnoreCase))
            text = text[(country.Length + 1)..];
        return country switch
        {
            "US" => Us.GetValueOrDefault(text),
            "CA" => Canada.GetValueOrDefault(text),
            _ => text.ToUpperInvariant(),
        };
    }

    private static FrozenDictionary<string, string> Codes(string list)
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in list.Split('|'))
        {
            codes[entry[3..]] = entry[..2];
            codes[entry[..2]] = entry[..2];
        }

        return codes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
