using System.Globalization;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Instants in a <c>datetime-local</c> field, on the clock of the person who fills it in.</summary>
internal static class LocalInput
{
    /// <summary>The clock on earth that shows any time first: a start by each person's own clock is read on it.</summary>
    public static readonly TimeZoneInfo FirstOnEarth = TimeZoneInfo.CreateCustomTimeZone("First on earth", SendTiming.FirstOffset, null, null);

    private const string Form = "yyyy-MM-dd'T'HH:mm";

    public static string Text(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } instant ? TimeZoneInfo.ConvertTime(instant, zone).ToString(Form, CultureInfo.InvariantCulture) : "";

    /// <returns>Null for an empty field. A time that the clock jumps over in spring is taken as the hour after it.</returns>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
