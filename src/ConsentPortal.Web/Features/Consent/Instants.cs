using System.Globalization;

namespace ConsentPortal.Web.Features.Consent;

/// <summary>Instants as they stand in addresses: UTC, to the second.</summary>
internal static class Instants
{
    private const string InAddress = "yyyy-MM-ddTHH:mm:ssZ";

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(InAddress, CultureInfo.InvariantCulture);

    /// <returns>Null for what is no instant.</returns>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(text, InAddress, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
