using System.Globalization;
using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Settings of a campaign in the words that pages, reports and the audit trail share.</summary>
public static class CampaignWording
{
    /// <returns>Null where nothing stops it.</returns>
    public static string? OfLimits(StopLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        string?[] parts = [Part(limits.OptOutPercent, "opted out"), Part(limits.FailurePercent, "failed")];
        var stated = string.Join(" or ", parts.OfType<string>());
        return stated.Length == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{stated}, from {limits.From:N0} texts on");
    }

    public static string OfWeights(IReadOnlyList<CampaignText> texts)
    {
        var sum = texts.Sum(t => t.Weight);
        return string.Join(", ", texts.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Variant} {t.Weight * 100m / sum:0.#} %")));
    }

    private static string? Part(decimal? percent, string what) => percent is { } limit ? string.Create(CultureInfo.InvariantCulture, $"more than {limit:0.##} % {what}") : null;
}
