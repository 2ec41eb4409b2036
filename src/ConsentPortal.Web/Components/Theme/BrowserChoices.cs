namespace ConsentPortal.Web.Components.Theme;

/// <summary>What the browser remembers for its user; <c>boot.js</c> writes the cookies, a request brings them.</summary>
/// <param name="Dark">Dark mode is on.</param>
/// <param name="Zone">IANA time zone of the person at the screen, in which times are shown.</param>
public sealed record BrowserChoices(bool Dark, string Zone)
{
    public static BrowserChoices Default { get; } = new(Dark: false, "Etc/UTC");

    public TimeZoneInfo TimeZone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    internal static BrowserChoices From(IRequestCookieCollection cookies) => new(
        Dark: cookies["theme"] == "dark",
        Zone: cookies["zone"] is { Length: > 0 and < 64 } zone ? Uri.UnescapeDataString(zone) : Default.Zone);
}
