namespace ConsentPortal.Domain.Retention;

/// <summary>For how many months after the last text a country wants consent to be provable (O-10, EU-23).</summary>
public static class ProofOfConsent
{
    private const int Elsewhere = 60;

    // 28 U.S.C. § 1658; CRTC 2012-548; CNIL; Limitation Act 1980 s. 5.
    private static readonly Dictionary<string, int> ByRegion = new(StringComparer.Ordinal) { ["US"] = 60, ["CA"] = 36, ["FR"] = 36, ["GB"] = 72 };

    /// <summary>The countries that have a time of their own, by that time.</summary>
    public static IReadOnlyList<(int Months, IReadOnlyList<string> Regions)> Groups { get; } =
        [.. ByRegion.GroupBy(r => r.Value, r => r.Key).Select(g => (g.Key, (IReadOnlyList<string>)[.. g.Order(StringComparer.Ordinal)]))];

    /// <summary>Months in every other country, and where the country is unknown.</summary>
    public static int Otherwise => Elsewhere;

    /// <param name="region">ISO 3166 of the number.</param>
    public static int LeastMonths(string? region) => region is not null && ByRegion.TryGetValue(region, out var months) ? months : Elsewhere;
}
