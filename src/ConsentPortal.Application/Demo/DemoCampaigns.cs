using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>
/// Segments, and campaigns in every state: those still ahead are made by the portal's own use cases, as the marketer and the
/// approver; those behind by <see cref="DemoSent"/>.
/// </summary>
public sealed class DemoCampaigns(
    PortalDatabase database, StaffActors staff, SaveSegment saveSegment, SaveCampaign save, RunDryRun dryRun, SubmitCampaign submit, ApproveCampaign approve,
    RequestChanges requestChanges, LaunchCampaign launch, CancelCampaign cancel, DemoSent sent, DemoKinds kinds, TimeProvider clock)
{
    private const string Offer = "Aurora Outfitters: hello {{ firstName | default: \"there\" }}, our winter jackets are in, 20% off until Sunday: https://aurora.example/winter {{ stopLine }}";
    private const string Evening = "Aurora Outfitters: {{ firstName | default: \"hello\" }}, join our repair evening in the store this Thursday at 6 pm. Free entry, bring one jacket. {{ stopLine }}";

    // Afternoon in Britain; noon in Sydney and half past nine in Perth.
    private static readonly TimeSpan Britain = new(13, 30, 0);
    private static readonly TimeSpan Australia = new(1, 30, 0);

    public async Task AddAsync(DemoShop shop, CancellationToken cancellationToken)
    {
        var (marketer, approver) = (await ActorAsync(RoleBundle.Marketer, cancellationToken), await ActorAsync(RoleBundle.CampaignApprover, cancellationToken));
        var offers = new ConsentIs(shop.Offers.Purpose.Id, ConsentStatus.Granted);
        var america = await SegmentAsync(marketer, "Offers, North America", new AllOf([offers, new NumberCountryIs(["US", "CA"])]), cancellationToken);
        var australia = await SegmentAsync(marketer, "Offers, Australia", new AllOf([offers, new NumberCountryIs(["AU"])]), cancellationToken);
        var buyers = await SegmentAsync(marketer, "Bought twice this year, North America", new AllOf([offers, new NumberCountryIs(["US", "CA"]), new Purchased(2, 365)]), cancellationToken);
        var events = await SegmentAsync(marketer, "Store events, Britain",
            new AllOf([new ConsentIs(shop.Events.Purpose.Id, ConsentStatus.Granted), new NumberCountryIs(["GB"])]), cancellationToken);
        var europe = await SegmentAsync(marketer, "Offers, Britain and Germany", new AllOf([offers, new NumberCountryIs(["GB", "DE"])]), cancellationToken);
        await SegmentAsync(marketer, "Weekly or monthly readers", new AnyOf([new FrequencyIs([FrequencyPreference.Weekly, FrequencyPreference.Monthly])]), cancellationToken);

        await sent.AddAsync(shop, america, marketer, approver, cancellationToken);
        await kinds.AddAsync(shop, america, europe, marketer, approver, cancellationToken);
        var (offer, evening, now) = (shop.Offers.Purpose.Id, shop.Events.Purpose.Id, clock.GetUtcNow());
        await SaveAsync(marketer, "Spring preview", offer, america, Offer, Ahead(now, 20, DemoSent.HourOfSending), cancellationToken);
        await SubmittedAsync(marketer, "Winter jackets, Australia", offer, australia, Offer, Ahead(now, 2, Australia), cancellationToken);
        await AuthorisedAsync(marketer, approver, "Repair evening, boots", evening, events, Evening, Ahead(now, 9, Britain, DayOfWeek.Tuesday), cancellationToken);
        if (await SubmittedAsync(marketer, "Last call for gloves", offer, buyers, Offer, Ahead(now, 2, DemoSent.HourOfSending), cancellationToken) is { } changes && await IsAsync(changes, CampaignStatus.InReview, cancellationToken))
            Done(await requestChanges.ExecuteAsync(approver, changes, "Say until when the offer holds, and where.", cancellationToken));
        if (await AuthorisedAsync(marketer, approver, "Repair evening, zips", evening, events, Evening, Ahead(now, 3, Britain, DayOfWeek.Tuesday), cancellationToken) is { } scheduled
            && await IsAsync(scheduled, CampaignStatus.Approved, cancellationToken))
            Done(await launch.ExecuteAsync(marketer, scheduled, cancellationToken));
        var cancelled = await SaveAsync(marketer, "Black weekend", offer, buyers, Offer, Ahead(now, 1, DemoSent.HourOfSending), cancellationToken);
        if (!await IsAsync(cancelled, CampaignStatus.Cancelled, cancellationToken))
            Done(await cancel.ExecuteAsync(marketer, cancelled, "The stock is gone.", cancellationToken));
    }

    /// <summary>At an hour at which people may be texted, whatever the hour is at which the demo is made.</summary>
    /// <param name="days">So many days ahead (UTC), or the next that fits.</param>
    private static DateTimeOffset Ahead(DateTimeOffset now, int days, TimeSpan hour, DayOfWeek? weekday = null)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date.AddDays(days), TimeSpan.Zero);
        while (weekday is { } only ? day.DayOfWeek != only : DemoSent.IsClosed(day))
            day = day.AddDays(1);
        return day + hour;
    }

    private async Task<CampaignId?> AuthorisedAsync(
        Actor author, Actor approver, string name, PurposeId purpose, SegmentId segment, string body, DateTimeOffset startAt, CancellationToken cancellationToken)
    {
        if (await SubmittedAsync(author, name, purpose, segment, body, startAt, cancellationToken) is not { } id)
            return null;
        if (await IsAsync(id, CampaignStatus.InReview, cancellationToken))
            Done(await approve.ExecuteAsync(approver, id, await HashAsync(id, cancellationToken), cancellationToken));
        return id;
    }

    /// <returns>Null when nobody would get it, as in a very small demo: it stays a draft.</returns>
    private async Task<CampaignId?> SubmittedAsync(Actor author, string name, PurposeId purpose, SegmentId segment, string body, DateTimeOffset startAt, CancellationToken cancellationToken)
    {
        var id = await SaveAsync(author, name, purpose, segment, body, startAt, cancellationToken);
        // Otherwise an earlier start has come further with it.
        if (!await IsAsync(id, CampaignStatus.Draft, cancellationToken))
            return id;
        Done(await dryRun.ExecuteAsync(author, id, new Progress<int>(), cancellationToken));
        var submitted = await submit.ExecuteAsync(author, id, cancellationToken);
        if (submitted.Failure is AudienceIsEmpty)
            return null;
        Done(submitted);
        return id;
    }

    private async Task<CampaignId> SaveAsync(Actor author, string name, PurposeId purpose, SegmentId segment, string body, DateTimeOffset startAt, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var there = await db.Campaigns.Where(c => c.Name == name).Select(c => c.Id).ToListAsync(cancellationToken);
        return there is [var id] ? id : Done(await save.ExecuteAsync(author, new CampaignEdit(null, Guid.Empty, name, purpose, segment, body, null, startAt, startAt.AddDays(3)), cancellationToken));
    }

    private async Task<SegmentId> SegmentAsync(Actor actor, string name, SegmentRule rule, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var there = await db.Segments.Where(s => s.Name == name).Select(s => s.Id).ToListAsync(cancellationToken);
        return there is [var id] ? id : Done(await saveSegment.ExecuteAsync(actor, new SegmentEdit(null, name, rule), cancellationToken));
    }

    private async Task<bool> IsAsync(CampaignId id, CampaignStatus status, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Campaigns.AnyAsync(c => c.Id == id && c.Status == status, cancellationToken);
    }

    private async Task<string> HashAsync(CampaignId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id, cancellationToken);
        return await CampaignReach.HashAsync(db, campaign, await db.Purposes.SingleAsync(p => p.Id == campaign.PurposeId, cancellationToken), cancellationToken);
    }

    private async Task<Actor> ActorAsync(RoleBundle role, CancellationToken cancellationToken)
    {
        var email = DemoStaff.People.First(p => p.Role == role).Email;
        await using var db = database.Open();
        var id = await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(cancellationToken);
        return await staff.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"The demo {role.Name} is suspended.");
    }

    private static T Done<T>(Result<T> outcome) => outcome.IsSuccess ? outcome.Value : throw new InvalidOperationException($"The demo data was refused: {outcome.Failure.Message}");
}
