using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// What a text is judged by while only its words change: who sends it, where its readers are and in which languages they
/// read. Asked for once when purpose or audience change, so that typing costs no query.
/// </summary>
/// <param name="Countries">Of the numbers and addresses of those who agreed; where nobody has yet, those that the purpose is open to.</param>
/// <param name="Languages">ISO 639-1; null stands for people whose language is not known.</param>
/// <param name="Link">A preference link of the usual length; null where the setting is missing.</param>
public sealed record CampaignGround(
    PurposeId Purpose, SegmentId? Segment, string Brand, MessageClass MessageClass, SenderFacts Sender, IReadOnlyList<string> Countries, IReadOnlyList<string?> Languages,
    PolicyVersion Policy, DateTimeOffset At, string? Link, bool ToldHowToStopThisMonth)
{
    /// <summary>Whether links are read as the short ones that they become.</summary>
    public bool CountsClicks { get; init; }

    /// <summary>The custom attributes that texts can name.</summary>
    public IReadOnlyList<AttributeField> Attributes { get; init; } = [];

    internal ShortLinks? Links { get; init; }

    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Whether it is still the ground of a campaign that may have been edited meanwhile.</summary>
    public bool IsOf(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return (Purpose, Segment, CountsClicks) == (campaign.PurposeId, campaign.SegmentId, campaign.CountsClicks);
    }

    /// <param name="version">Of the segment.</param>
    internal static async Task<CampaignGround> ReadAsync(
        PortalDbContext db, Purpose purpose, SegmentId? segment, int version, DateTimeOffset at, CampaignId? except, PublicAddress address, CancellationToken cancellationToken)
    {
        var (countries, languages) = await AudienceAsync(db, purpose, segment, version, at, cancellationToken);
        return new CampaignGround(
            purpose.Id, segment, purpose.Brand, purpose.MessageClass, new SenderFacts(purpose.Sender, purpose.SenderCanReceive), countries, languages,
            await ActivePolicy.AtAsync(db, at, cancellationToken), at, address.PreferencesOf(default), await ToldAsync(db, purpose, at, except, cancellationToken))
        {
            Attributes = await AttributeFields.ReadAsync(db, cancellationToken),
        };
    }

    private static async Task<(IReadOnlyList<string> Countries, IReadOnlyList<string?> Languages)> AudienceAsync(
        PortalDbContext db, Purpose purpose, SegmentId? segment, int version, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (segment is not { } id || await SegmentAudience.RuleAsync(db, id, version, at: null, cancellationToken) is not { } rule)
            return (OpenTo(purpose), [null]);
        var people = SegmentTranslator.PeopleByRules(db, rule, await RuleMoments.AtAsync(db, at, cancellationToken));
        // Facts about an order need no consent in some countries: there everybody in the segment counts. Whoever has agreed and is stopped or paused counts
        // too: their rows would have to be read to tell them apart, and a rule more that is looked at harms nobody.
        if (ConsentNeeds.Of(purpose.MessageClass) == ConsentNeed.Always)
            people = SegmentAudience.Agreed(db, people, purpose, at);
        var kinds = await people.Select(s => new { s.Region, s.DeclaredRegion, s.Language }).Distinct().ToListAsync(cancellationToken);
        if (kinds.Count == 0)
            return (OpenTo(purpose), [null]);
        string[] countries = [.. kinds.SelectMany(k => new[] { k.Region, k.DeclaredRegion }).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (countries, [.. kinds.Select(k => k.Language?.Split('-')[0].ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static string[] OpenTo(Purpose purpose) =>
        purpose.Countries?.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Texts themselves are sealed; the templates of the campaigns they came from are not.</summary>
    private static async Task<bool> ToldAsync(PortalDbContext db, Purpose purpose, DateTimeOffset at, CampaignId? except, CancellationToken cancellationToken)
    {
        var since = at - Month;
        var earlier = await db.Campaigns.AsNoTracking()
            .Where(c => c.PurposeId == purpose.Id && c.Id != except && c.StartedAt != null && c.StartedAt > since && c.Status != CampaignStatus.Cancelled)
            .OrderBy(c => c.Id).ToListAsync(cancellationToken);
        return earlier.Exists(c => c.Bodies.All(body => body.Contains("stopLine", StringComparison.Ordinal) || BodySignals.Of(body).HasOptOut));
    }
}
