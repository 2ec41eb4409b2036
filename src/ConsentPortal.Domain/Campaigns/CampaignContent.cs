using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>
/// Fingerprints of what a campaign would send, to whom and when: SHA-256, lower-case hex. The campaign's name is not part
/// of it; nobody outside reads it.
/// </summary>
public static class CampaignContent
{
    /// <summary>What an approver signs: text, purpose and its sender, audience version, timing, and the dry run they saw.</summary>
    public static string HashOf(Campaign campaign, Purpose purpose) => Hash([.. Parts(campaign, purpose), campaign.DryRunId?.ToString() ?? ""]);

    /// <summary>The same without the dry run: a dry run holds for as long as this stays.</summary>
    public static string HashWithoutDryRun(Campaign campaign, Purpose purpose) => Hash(Parts(campaign, purpose));

    private static IEnumerable<string> Parts(Campaign campaign, Purpose purpose) =>
    [
        "campaign/1", campaign.Body, campaign.Subject ?? "", purpose.Id.ToString(), purpose.Brand, purpose.Sender, purpose.MessageClass.ToString(),
        campaign.SegmentId.ToString(), campaign.SegmentVersion.ToString(CultureInfo.InvariantCulture),
        campaign.StartAt.UtcTicks.ToString(CultureInfo.InvariantCulture), campaign.NotAfter?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    // Each part carries its length, so that no two contents join to the same text.
    private static string Hash(IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
