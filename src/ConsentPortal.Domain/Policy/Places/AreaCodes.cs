using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>
/// What a North American area code tells: states or provinces, and every zone that one of its exchanges lies in.
/// Overlays share the region of their parent, so they inherit its zones (N-06).
/// </summary>
internal sealed record AreaCode(string Code, string Region, string[] States, string[] Zones);

internal static class AreaCodes
{
    /// <summary>Overlays for which the metadata knows only one of the parent's zones (N-06).</summary>
    private static readonly FrozenDictionary<string, string> Parents = new Dictionary<string, string>
    {
        ["448"] = "850",
        ["364"] = "270",
        ["458"] = "541",
        ["930"] = "812",
    }.ToFrozenDictionary();

    /// <summary>Where the metadata is wrong or incomplete: Navajo time in Arizona (N-06), and Canada's north (N-07).</summary>
    private static readonly FrozenDictionary<string, string[]> Corrections = new Dictionary<string, string[]>
    {
        ["928"] = ["America/Phoenix", "America/Denver"],
        ["867"] = ["America/Iqaluit", "America/Rankin_Inlet", "America/Edmonton", "America/Whitehorse"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, AreaCode> All = Read();

    /// <summary>Null for an area code that opened after the table was made.</summary>
    public static AreaCode? Find(ReadOnlySpan<char> code) =>
        All.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var found) ? found : null;

    public static bool IsOverlay(string code) => Parents.ContainsKey(code) || Corrections.ContainsKey(code);

    public static string[] ZonesOfState(string country, string state) => All.Values
        .Where(a => a.Region == country && a.States is [var only] && only == state)
        .SelectMany(a => a.Zones).Distinct().Order(StringComparer.Ordinal).ToArray();

    private static FrozenDictionary<string, AreaCode> Read()
    {
        var rows = EmbeddedCsv.Rows("npa-state-tz.csv").ToDictionary(row => row[0]);
        return rows.Values.Select(row => Parse(row, rows)).ToFrozenDictionary(a => a.Code);
    }

    private static AreaCode Parse(string[] row, Dictionary<string, string[]> rows)
    {
        var region = row[1].Split('|')[0];
        var states = row[2].Split('|', '/').Select(s => StateNames.Code(region, s)).OfType<string>().Distinct();
        var zones = Corrections.GetValueOrDefault(row[0])
            ?? rows[Parents.GetValueOrDefault(row[0], row[0])][3].Split('|');
        return new AreaCode(row[0], region, region is "US" or "CA" ? states.ToArray() : [], zones);
    }
}
