using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>Codes of states, provinces, Länder and nations whose rules or holidays differ, and the names by which addresses and metadata call them.</summary>
public static class StateNames
{
    private const string UsStates =
        "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|"
        + "DC Washington D.C.|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|"
        + "LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|"
        + "NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|"
        + "OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|"
        + "PR Puerto Rico|GU Guam|VI U.S. Virgin Islands|AS American Samoa|MP Northern Mariana Islands|"
        + "UT Utah|VT Vermont|VA Virginia|WA Washington|WA Washington State|WV West Virginia|WI Wisconsin|WY Wyoming";

    private const string CanadianProvinces =
        "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|"
        + "NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|QC Québec|SK Saskatchewan|YT Yukon";

    private const string GermanLaender =
        "BB Brandenburg|BE Berlin|BW Baden-Württemberg|BY Bayern|BY Bavaria|HB Bremen|HE Hessen|HE Hesse|HH Hamburg|MV Mecklenburg-Vorpommern|"
        + "NI Niedersachsen|NI Lower Saxony|NW Nordrhein-Westfalen|NW North Rhine-Westphalia|RP Rheinland-Pfalz|RP Rhineland-Palatinate|"
        + "SH Schleswig-Holstein|SL Saarland|SN Sachsen|SN Saxony|ST Sachsen-Anhalt|ST Saxony-Anhalt|TH Thüringen|TH Thuringia";

    private const string AustralianStates =
        "ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|"
        + "VIC Victoria|WA Western Australia";

    private const string BritishNations = "ENG England|WLS Wales|SCT Scotland|NIR Northern Ireland";

    // The departments with holidays of their own (Alsace and Moselle); the others need no telling apart.
    private const string FrenchDepartments = "67 Bas-Rhin|68 Haut-Rhin|57 Moselle|67 Alsace|67 6AE|67 Alsace-Moselle";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> ByCountry = new Dictionary<string, string>
    {
        ["US"] = UsStates,
        ["CA"] = CanadianProvinces,
        ["DE"] = GermanLaender,
        ["AU"] = AustralianStates,
        ["GB"] = BritishNations,
        ["FR"] = FrenchDepartments,
    }.ToFrozenDictionary(c => c.Key, c => Codes(c.Value));

    /// <summary>Of every US state and territory, in alphabetical order.</summary>
    public static IReadOnlyList<string> UsCodes { get; } = ByCountry["US"].Values.Distinct().Order(StringComparer.Ordinal).ToArray();

    /// <summary>The name of a US state; null for a code that is none.</summary>
    public static string? UsName(string code) => UsStates.Split('|').FirstOrDefault(s => s.StartsWith(code + " ", StringComparison.Ordinal))?[3..];

    /// <summary>Whether every state of the country is known here, so that a name without a code is a mistake.</summary>
    public static bool AreAllKnown(string? country) => country is "US" or "CA" or "AU" or "DE";

    /// <summary>
    /// The code of a state as a person or a table writes it ("fl", "Florida", "US-FL"); null when there is none of that
    /// name, or the country's rules do not differ by state.
    /// </summary>
    public static string? Code(string country, string? state)
    {
        if (string.IsNullOrWhiteSpace(state) || !ByCountry.TryGetValue(country, out var codes))
            return null;
        var text = state.AsSpan().Trim();
        if (text.Length > country.Length + 1 && text[country.Length] == '-' && text.StartsWith(country, StringComparison.OrdinalIgnoreCase))
            text = text[(country.Length + 1)..];
        return codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var code) ? code : null;
    }

    private static FrozenDictionary<string, string> Codes(string list)
    {
        var codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in list.Split('|'))
        {
            var space = entry.IndexOf(' ', StringComparison.Ordinal);
            codes[entry[(space + 1)..]] = entry[..space];
            codes[entry[..space]] = entry[..space];
        }

        return codes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
