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

    // Laws of their own that say what the Kingdom's says (N-01).
    private static readonly HashSet<string> LikeTheKingdom = ["GB", "GG", "IM", "JE"];

    /// <summary>Of the laws of both places the one that wants the earlier answer (N-02, C-06).</summary>
    /// <param name="declaredRegion">ISO 3166; where the person said they live. Where both laws want the same day, it counts more than the number.</param>
    /// <param name="numberRegion">ISO 3166; where the number was issued.</param>
    /// <param name="receivedOn">The day of receipt by the organisation's own clock.</param>
    public static PrivacyRegime Suggest(string? declaredRegion, string? numberRegion, PrivacyRequestKind kind, DateOnly receivedOn)
    {
        if (declaredRegion is null || numberRegion is null)
            return Of(declaredRegion ?? numberRegion);
        return new[] { Of(declaredRegion), Of(numberRegion) }.MinBy(regime => RequestClock.For(regime, kind, receivedOn, []).DueOn);
    }

    private static PrivacyRegime Of(string? region) => region switch
    {
        null => PrivacyRegime.Other,
        // California's rules are the strictest of a state and harm nobody elsewhere in the country.
        "US" => PrivacyRegime.Ccpa,
        "BR" => PrivacyRegime.Lgpd,
        "CA" => PrivacyRegime.Pipeda,
        _ when LikeTheKingdom.Contains(region) => PrivacyRegime.UkGdpr,
        _ => Union.Contains(region) ? PrivacyRegime.Gdpr : PrivacyRegime.Other,
    };
}
