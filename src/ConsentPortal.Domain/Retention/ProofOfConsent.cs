namespace ConsentPortal.Domain.Retention;

/// <summary>For how many months after the last text a country wants consent to be provable (O-10, EU-23).</summary>
public static class ProofOfConsent
{
    private const int Elsewhere = 60;

    // 28 U.S.C. § 1658; CRTC 2012-548; CNIL; Limitation Act 1980 s. 5.
    private static readonly Dictionary<string, int> ByRegion = new(StringComparer.Ordinal) { ["US"] = 60, ["CA"] = 36, ["FR"] = 36, ["GB"] = 72 };

    /// <summary>The different times, shortest first.</summary>
    public static IReadOnlyList<int> Times { get; } = [.. ByRegion.Values.Append(Elsewhere).Distinct().Order()];

    /// <summary>The countries that have a time of their own.</summary>
    public static IReadOnlyList<string> Regions { get; } = [.. ByRegion.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Months in every other country, and where the country is unknown.</summary>
    public static int Otherwise => Elsewhere;

    /// <param name="region">ISO 3166.</param>
    public static int LeastMonths(string? region) => region is not null && ByRegion.TryGetValue(region, out var months) ? months : Elsewhere;

    /// <summary>The longer time of the number's country and of that where the person lives (N-02, C-06).</summary>
    /// <param name="declared">ISO 3166; null where the person has not said.</param>
    public static int LeastMonths(string? region, string? declared) => declared is null ? LeastMonths(region) : Math.Max(LeastMonths(region), LeastMonths(declared));

    /// <summary>For how long the records of somebody are kept after the last that happened.</summary>
    /// <param name="ofPurpose">Months that a purpose sets; null where the schedule's hold.</param>
    /// <param name="least">What the person's countries want.</param>
    public static int MonthsKept(int? ofPurpose, int ofSchedule, int least) => Math.Max(ofPurpose ?? ofSchedule, least);
}
