using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>
/// Fingerprints of what a campaign would send, to whom and when: SHA-256, lower-case hex. The campaign's name is not part
/// of it; nobody outside reads it.
/// </summary>
public static class CampaignContent
{
    /// <summary>
    /// What an approver signs: text, purpose and its sender, the versions of all segments that say whom it reaches, timing, when it repeats, and the dry run
    /// they saw.
    /// </summary>
    /// <param name="reached">The segments that the rules of its audience and of its exclusions name, directly or through others.</param>
    public static string HashOf(Campaign campaign, Purpose purpose, IReadOnlyCollection<SegmentAt> reached) =>
        Hash([.. Parts(campaign, purpose, reached), campaign.DryRunId?.ToString() ?? ""]);

    /// <summary>The same without the dry run: a dry run holds for as long as this stays.</summary>
    public static string HashWithoutDryRun(Campaign campaign, Purpose purpose, IReadOnlyCollection<SegmentAt> reached) => Hash(Parts(campaign, purpose, reached));

    // What a campaign does not use adds nothing, so that approvals from before it could be used still hold.
    private static IEnumerable<string> Parts(Campaign campaign, Purpose purpose, IReadOnlyCollection<SegmentAt> reached) =>
        [.. Always(campaign, purpose), .. Audience(campaign), .. Reached(reached), .. OtherTexts(campaign), .. Languages(campaign), .. Pace(campaign), .. Timing(campaign), .. Links(campaign), .. Repeats(campaign), .. Reengages(campaign)];

    private static IEnumerable<string> Audience(Campaign campaign)
    {
        foreach (var excluded in campaign.Exclusions.OrderBy(e => e.SegmentId.Value))
            yield return $"exclude/{excluded.SegmentId}/{Text(excluded.Version)}";
        if (campaign.AtMost is { } most)
            yield return $"atMost/{Text(most)}";
        if (campaign.HoldoutPercent > 0)
            yield return $"holdout/{Text(campaign.HoldoutPercent)}";
    }

    private static IEnumerable<string> Reached(IReadOnlyCollection<SegmentAt> reached) =>
        reached.OrderBy(s => s.Id.Value).Select(s => $"reach/{s.Id}/{Text(s.Version)}");

    private static IEnumerable<string> OtherTexts(Campaign campaign) =>
        campaign.OtherTexts.Count == 0 ? [] : campaign.Texts.Select(t => $"variant/{t.Variant}/{Text(t.Weight)}/{t.Body}");

    private static IEnumerable<string> Languages(Campaign campaign) =>
        campaign.Language is { } usual ? [$"language/{usual}", .. campaign.Translations.Select(t => $"translation/{t.Variant}/{t.Language}/{t.Body}")] : [];

    private static IEnumerable<string> Pace(Campaign campaign)
    {
        if (campaign.TextsPerMinute is { } pace)
            yield return $"pace/{Text(pace)}";
        var limits = campaign.Limits;
        if (limits.OptOutPercent is not null || limits.FailurePercent is not null)
            yield return string.Create(CultureInfo.InvariantCulture, $"limits/{limits.OptOutPercent:0.##}/{limits.FailurePercent:0.##}/{limits.From}");
    }

    private static IEnumerable<string> Timing(Campaign campaign)
    {
        if (campaign.StartsLocally)
            yield return "start/local";
        if (campaign.Hours is { } hours)
            yield return $"hours/{Text(hours.From)}/{Text(hours.To)}";
    }

    private static IEnumerable<string> Links(Campaign campaign) => campaign.CountsClicks ? ["clicks/counted"] : [];

    private static IEnumerable<string> Repeats(Campaign campaign) => campaign.Repeats is { } repeats
        ? [string.Create(CultureInfo.InvariantCulture, $"repeat/{repeats.Every}/{(int)repeats.Days}/{repeats.Zone}/{repeats.Until:yyyy-MM-dd}/{repeats.Times}/{repeats.DriftPercent}")]
        : [];

    private static IEnumerable<string> Reengages(Campaign campaign) => campaign.Reengages is { } asks
        ? [string.Create(CultureInfo.InvariantCulture, $"reengage/{asks.IdleDays}/{asks.AnswerDays}/{asks.Outcome}")]
        : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Always(Campaign campaign, Purpose purpose) =>
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
