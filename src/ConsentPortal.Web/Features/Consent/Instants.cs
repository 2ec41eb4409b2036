using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Consent;

/// <summary>Instants as they stand in addresses (UTC, to the second) and in fields for a date and a time (the reader's zone).</summary>
internal static class Instants
{
    private const string InAddress = "yyyy-MM-ddTHH:mm:ssZ";
    private const string InField = "yyyy-MM-ddTHH:mm";

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(InAddress, CultureInfo.InvariantCulture);

    /// <returns>Null for what is no instant.</returns>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(text, InAddress, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public static string Field(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(InField, CultureInfo.InvariantCulture);

    /// <summary>What was chosen in such a field; an hour that a zone leaves out counts as the one after it.</summary>
    public static DateTimeOffset? Read(ChangeEventArgs change, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
