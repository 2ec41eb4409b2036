using System.Globalization;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Numbers and times as every page writes them.</summary>
public static class Figures
{
    /// <summary>With thousands separators: 12,345.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of a whole as a percentage with one decimal: 12.3 %; a dash when there is no whole.</summary>
    public static string Share(long part, long whole) =>
        whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    /// <summary>A number for an SVG attribute.</summary>
    public static string Svg(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>23 Nov 2026, 14:02 in the given zone.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"1 subscriber", "2 subscribers": the plural is given where adding an s is not enough.</summary>
    public static string Counted(long number, string singular, string? plural = null) =>
        $"{Count(number)} {(number == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>"3 h ago", "in 2 days", "just now" within a minute of <paramref name="now"/>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (at - now).Duration();
        if (distance < TimeSpan.FromMinutes(1))
            return "just now";
        var amount = distance.TotalMinutes < 60 ? $"{(int)distance.TotalMinutes} min"
            : distance.TotalHours < 24 ? $"{(int)distance.TotalHours} h"
            : Counted((int)distance.TotalDays, "day");
        return at < now ? $"{amount} ago" : $"in {amount}";
    }
}
