using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Field">In words for a heading.</param>
public sealed record ContentChange(string Field, string? Before, string? After);

/// <summary>What was approved before, as the audit trail kept it word for word.</summary>
internal static class CampaignApprovals
{
    public const string Action = "campaign.approved";

    private const string Translation = "text/";

    private static readonly (string Name, string Label)[] Fields =
    [
        ("text", "Message"), ("purpose", "Purpose"), ("sender", "Sender"), ("segment", "Segment"), ("segmentVersion", "Segment version"),
        ("subject", "Subject"), ("startAt", "Start"), ("notAfter", "Not after"), ("timing", "By each person's clock"),
        ("textB", "Message B"), ("textC", "Message C"), ("textD", "Message D"), ("language", "Usual language"), ("weights", "Shares of the messages"), ("clicks", "Clicks"),
        ("leftOut", "Left out"), ("reached", "Segments that the rules name"), ("atMost", "People at most"), ("heldOut", "Held out"), ("textsPerMinute", "Texts a minute"), ("limits", "Pauses by itself"), ("repeats", "Repeats"), ("reengages", "Asks to come back"),
    ];

    /// <returns>Null when the campaign was never approved; empty when nothing differs from what was.</returns>
    public static async Task<IReadOnlyList<ContentChange>?> DifferencesAsync(
        PortalDbContext db, Campaign campaign, Purpose purpose, AudienceNames names, CancellationToken cancellationToken)
    {
        if (await LatestAsync(db, campaign, Action, cancellationToken) is not { } leaf)
            return null;
        using var entry = JsonDocument.Parse(leaf);
        var approved = entry.RootElement.GetProperty("after");
        var now = CampaignChange.Facts(campaign, purpose, names);
        var translations = approved.EnumerateObject().Select(p => p.Name).Concat(now.Keys).Where(name => name.StartsWith(Translation, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(name => (Name: name, Label: LabelOf(name)));
        return [.. Fields.Concat(translations).Select(f => new ContentChange(f.Label, Text(approved, f.Name), Text(now.GetValueOrDefault(f.Name)))).Where(c => c.Before != c.After)];
    }

    /// <summary>Under which the words of a further language are kept: its letter and language.</summary>
    public static string FieldOf(TranslatedText text) => $"{Translation}{text.Variant}/{text.Language}";

    private static string LabelOf(string field) =>
        field[Translation.Length..].Split('/') is [var letter, var language] ? $"Message {(letter == "A" ? "" : $"{letter} ")}in {ReportWords.Language(language)}" : field;

    /// <summary>The rules whose findings the person who submitted the campaign let stand.</summary>
    public static async Task<IReadOnlyList<string>> ConfirmedAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        if (await LatestAsync(db, campaign, SubmitCampaign.Action, cancellationToken) is not { } leaf)
            return [];
        using var entry = JsonDocument.Parse(leaf);
        return Text(entry.RootElement.GetProperty("after"), LintRecord.ConfirmedField)?.Split(", ") ?? [];
    }

    private static Task<byte[]?> LatestAsync(PortalDbContext db, Campaign campaign, string action, CancellationToken cancellationToken)
    {
        var id = campaign.Id.ToString();
        return db.AuditEntries.AsNoTracking()
            .Where(e => e.ObjectKind == "campaign" && e.ObjectId == id && e.Action == action)
            .OrderByDescending(e => e.Id).Select(e => e.Leaf).FirstOrDefaultAsync(cancellationToken);
    }

    private static string? Text(JsonElement values, string name) =>
        values.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
