using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Reason">A code of <see cref="Domain.Policy.SendReason"/>, or the provider's error for a failed text.</param>
public sealed record ReasonCount(MessageState State, string? Reason, string? Rule, int Count)
{
    /// <summary>What <see cref="Reason"/> means where it is the provider's code; null otherwise, and for a code that nobody has written down.</summary>
    public ProviderErrorMeaning? Error { get; init; }
}

/// <param name="ByState">Every text of the campaign is in exactly one state.</param>
/// <param name="Reasons">Why texts wait, were skipped, failed, or were settled by hand; most frequent first.</param>
/// <param name="OptOuts">People who withdrew from this purpose within 30 days of this campaign's text, before another text of the purpose came.</param>
/// <param name="Parts">Billed so far.</param>
/// <param name="At">When it was counted (UTC).</param>
public sealed record CampaignFigures(
    IReadOnlyDictionary<MessageState, int> ByState, IReadOnlyList<ReasonCount> Reasons, int OptOuts, int Parts, decimal Price, DateTimeOffset At)
{
    /// <summary>Empty for a campaign with one text.</summary>
    public IReadOnlyList<VariantFigures> Variants { get; init; } = [];

    /// <summary>Empty for a campaign with one language.</summary>
    public IReadOnlyList<LanguageFigures> Languages { get; init; } = [];

    /// <summary>People who opened a link of theirs; null where clicks are not counted.</summary>
    public int? Clicked { get; init; }

    /// <summary>Of the texts billed so far, those whose price is known.</summary>
    public int PricedTexts { get; init; }

    /// <summary>Null for a campaign that is not sending.</summary>
    public SendingSpeed? Speed { get; init; }

    /// <summary>Null for a campaign that asks nobody to come back.</summary>
    public ReengagementFigures? Reengagement { get; init; }

    public int Texts => ByState.Values.Sum();

    public int Done => ByState.Where(s => LedgerStates.IsDone(s.Key)).Sum(s => s.Value);

    /// <summary>Of those that failed, how many never left, because the provider refused them or by what a person found out: they are not among those sent.</summary>
    public int Refused { get; init; }

    /// <summary>Texts in doubt of which a person found out that they left, and no receipt has come since.</summary>
    public int SettledAsSent => Reasons.Where(r => r.Reason == nameof(SendReason.SettledAsSent)).Sum(r => r.Count);

    /// <summary>Those that did not leave: they are among those that failed.</summary>
    public int SettledAsNotSent => Reasons.Where(r => r.Reason == nameof(SendReason.SettledAsNotSent)).Sum(r => r.Count);

    public int Sent => ByState.Where(s => LedgerStates.IsSent(s.Key)).Sum(s => s.Value) - Refused;

    public int Of(MessageState state) => ByState.GetValueOrDefault(state);
}

/// <param name="Start">First instant of the hour (UTC).</param>
public sealed record OptOutHour(DateTimeOffset Start, int People);

/// <summary>When people left after a campaign.</summary>
/// <param name="Hours">Full hours (UTC), in order; those in which nobody left are left out.</param>
/// <param name="FirstDay">The 24 hours from the one in which sending began, with those in which nobody left; empty where nobody left in any of them.</param>
/// <param name="Zone">IANA: the organisation's clock, whose full hours those of the first day are.</param>
public sealed record OptOutsOverTime(IReadOnlyList<OptOutHour> Hours, IReadOnlyList<OptOutHour> FirstDay, string Zone)
{
    public static OptOutsOverTime None { get; } = new([], [], "UTC");
}

/// <summary>How far a campaign is and what came of it.</summary>
public sealed class CampaignProgress(PortalDatabase database, ISmsGateway gateway, TimeProvider clock)
{
    public async Task<Result<CampaignFigures>> GetAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var campaign = await db.Campaigns.Where(c => c.Id == id).Select(c => new { c.PurposeId, c.CountsClicks, c.Status }).SingleOrDefaultAsync(cancellationToken);
        if (campaign is null)
            return new CampaignNotFound();
        var texts = db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id);
        var reasons = await texts.GroupBy(m => new { m.State, m.Reason, m.Rule, m.ErrorCode })
            .Select(g => new { g.Key.State, g.Key.Reason, g.Key.Rule, g.Key.ErrorCode, Count = g.Count(), Parts = g.Sum(m => m.Parts ?? 0) })
            .ToListAsync(cancellationToken);
        // Prices differ from text to text and one engine can't add decimals up; each price stands for few groups.
        var prices = await texts.Where(m => m.Price != null).GroupBy(m => m.Price).Select(g => new { Price = g.Key!.Value, Count = g.Count() }).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return new CampaignFigures(
            reasons.GroupBy(r => r.State).ToDictionary(g => g.Key, g => g.Sum(r => r.Count)),
            [.. reasons.Where(r => r.Reason is not null || r.ErrorCode is not null)
                .Select(r => r.State is MessageState.Failed or MessageState.Expired && r.ErrorCode is { } code
                    ? new ReasonCount(r.State, code, r.Rule, r.Count) { Error = gateway.Explain(code, r.Reason is null ? ProviderCodeSource.Receipt : ProviderCodeSource.Answer) }
                    : new ReasonCount(r.State, r.Reason, r.Rule, r.Count))
                .Where(r => r.Reason is not null).OrderByDescending(r => r.Count)],
            (await CampaignOutcomes.OptOutsAsync(db, texts, campaign.PurposeId, cancellationToken)).Count, reasons.Sum(r => r.Parts), prices.Sum(p => p.Price * p.Count), now)
        {
            Refused = await CampaignOutcomes.NeverLeft(texts).CountAsync(cancellationToken),
            PricedTexts = prices.Sum(p => p.Count),
            Speed = campaign.Status is CampaignStatus.Preparing or CampaignStatus.Sending ? await SendingSpeed.ReadAsync(texts, now, cancellationToken) : null,
            Reengagement = await CampaignOutcomes.ReengagementAsync(db, id, cancellationToken),
            Variants = await CampaignOutcomes.VariantsAsync(db, id, campaign.PurposeId, cancellationToken),
            Languages = await CampaignOutcomes.LanguagesAsync(db, id, campaign.PurposeId, cancellationToken),
            Clicked = campaign.CountsClicks ? await CampaignOutcomes.Clicked(db, id).CountAsync(cancellationToken) : null,
        };
    }

    /// <summary>When the people whom <see cref="CampaignFigures.OptOuts"/> counts withdrew.</summary>
    public async Task<OptOutsOverTime> OptOutsAsync(Actor actor, CampaignId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        if (await db.Campaigns.Where(c => c.Id == id).Select(c => new { c.PurposeId, c.StartedAt }).SingleOrDefaultAsync(cancellationToken) is not { } campaign)
            return OptOutsOverTime.None;
        var optOuts = await CampaignOutcomes.OptOutsAsync(db, db.OutboundMessages.Where(m => m.CampaignId == id), campaign.PurposeId, cancellationToken);
        var zone = await RuleMoments.ZoneAsync(db, cancellationToken);
        return new OptOutsOverTime(
            [.. optOuts.CountBy(o => HourOf(o.At, TimeZoneInfo.Utc)).OrderBy(h => h.Key).Select(h => new OptOutHour(h.Key, h.Value))],
            campaign.StartedAt is { } started ? FirstDay(optOuts, HourOf(started, zone)) : [], zone.Id);
    }

    private static List<OptOutHour> FirstDay(IReadOnlyList<OptOut> optOuts, DateTimeOffset from)
    {
        var counts = new int[24];
        foreach (var optOut in optOuts)
        {
            if (optOut.At >= from && (optOut.At - from).TotalHours < counts.Length)
                counts[(int)(optOut.At - from).TotalHours]++;
        }

        return counts.Sum() == 0 ? [] : [.. counts.Select((people, hour) => new OptOutHour(from.AddHours(hour), people))];
    }

    /// <summary>The first instant (UTC) of the hour that a clock shows.</summary>
    private static DateTimeOffset HourOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = at.UtcTicks + zone.GetUtcOffset(at).Ticks;
        return new DateTimeOffset(at.UtcTicks - local % TimeSpan.TicksPerHour, TimeSpan.Zero);
    }
}
