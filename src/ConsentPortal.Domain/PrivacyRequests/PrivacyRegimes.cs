namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>Which law a request most likely falls under; staff may choose another.</summary>
public static class PrivacyRegimes
{
    // The Union, and Iceland, Liechtenstein and Norway, which apply the regulation as members of the EEA.
    private static readonly HashSet<string> Union =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
        "IS", "LI", "NO", "GF", "GP", "MQ", "RE", "YT", "MF", "AX",
    ];

    /// <param name="declaredRegion">Where the person said they live; it counts more than where the number was issued.</param>
    /// <param name="numberRegion">ISO 3166.</param>
    public static PrivacyRegime Suggest(string? declaredRegion, string? numberRegion) => (declaredRegion ?? numberRegion) switch
    {
        null => PrivacyRegime.Other,
        "GB" => PrivacyRegime.UkGdpr,
        // California's rules are the strictest of a state and harm nobody elsewhere in the country.
        "US" => PrivacyRegime.Ccpa,
        "BR" => PrivacyRegime.Lgpd,
        "CA" => PrivacyRegime.Pipeda,
        var region => Union.Contains(region) ? PrivacyRegime.Gdpr : PrivacyRegime.Other,
    };
}
