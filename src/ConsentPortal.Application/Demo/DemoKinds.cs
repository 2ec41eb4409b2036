using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>A campaign that goes out every week, with the runs it has had, one that asks the silent whether they still want the texts, and one in two languages.</summary>
public sealed class DemoKinds(PortalDatabase database, DemoSent sent, TimeProvider clock)
{
    private const int Most = 300;
    private const int Weeks = 3;
    private const string News = "Aurora Outfitters: {{ firstName | default: \"hello\" }}, this week's arrivals are in the store: https://aurora.example/week {{ stopLine }}";
    private const string Question = "Aurora Outfitters: do you still want our texts? Reply YES to go on hearing of new arrivals, else we write once a month at most. {{ stopLine }}";
    private const string Sale = "Aurora Outfitters: {{ firstName | default: \"hello\" }}, our coats are 20% off until Sunday: https://aurora.example/coats {{ stopLine }}";
    private const string SaleInGerman = "Aurora Outfitters: {{ firstName | default: \"hello\" }}, unsere Mäntel sind bis Sonntag 20% billiger: https://aurora.example/coats {{ stopLine }}";

    private static readonly Actor Demo = Actor.Job("demo");

    public async Task AddAsync(DemoShop shop, SegmentId segment, SegmentId europe, Actor author, Actor approver, CancellationToken cancellationToken)
    {
        var first = NextRun(clock.GetUtcNow()).AddDays(-7 * Weeks);
        await database.WriteAsync(db => RepeatAsync(db, shop.Offers.Purpose, segment, author, approver, first, cancellationToken), cancellationToken);
        var asked = DemoSent.DaysBefore(clock.GetUtcNow(), 8);
        await database.WriteAsync(db => AskAsync(db, shop.Offers.Purpose, segment, author, approver, asked, cancellationToken), cancellationToken);
        // A Wednesday, because nobody in Germany is texted on a Sunday.
        var read = Enumerable.Range(16, 7).Select(days => new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(-days), TimeSpan.Zero) + DemoSent.HourOfSending.Add(TimeSpan.FromHours(-4)))
            .First(at => at.DayOfWeek == DayOfWeek.Wednesday);
        await database.WriteAsync(db => InTwoLanguagesAsync(db, shop.Offers.Purpose, europe, author, approver, read, cancellationToken), cancellationToken);
    }

    /// <summary>Tomorrow, or as soon as texts reach most.</summary>
    private static DateTimeOffset NextRun(DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        while (DemoSent.IsClosed(day))
            day = day.AddDays(1);
        return day + DemoSent.HourOfSending;
    }

    private async Task RepeatAsync(PortalDbContext db, Purpose purpose, SegmentId segment, Actor author, Actor approver, DateTimeOffset first, CancellationToken cancellationToken)
    {
        const string Name = "This week in store";
        if (await DemoSent.IsThereAsync(db, Name, cancellationToken))
            return;
        var series = DemoSent.Draft(purpose, segment, author, Name, News, first);
        series.Repeat(new Recurrence(RepeatEvery.Week, Recurrence.Of(first.DayOfWeek), "America/New_York", null, null, Recurrence.UsualDrift));
        DemoSent.Approve(series, purpose, author, approver);
        series.BeginRepeating(series.ApprovedHash!, first.AddTicks(-1), first);
        db.Campaigns.Add(series);
        // Later audiences are compared with it.
        var audience = await DemoSent.People(db, purpose.Id, clock.GetUtcNow()).CountAsync(cancellationToken);
        db.DryRuns.Add(new DryRun
        {
            Id = series.DryRunId!.Value, CampaignId = series.Id, At = first.AddDays(-1), ContentHash = CampaignContent.HashWithoutDryRun(series, purpose, []), Audience = audience, Allowed = audience,
            Deferred = 0, Excluded = 0,
            DetailJson = new DryRunDetail(
                first, PolicyVersion.Default.Number, [], [new DryRunHour(first.AddMinutes(-30), audience)], new Dictionary<int, int> { [1] = audience },
                new Dictionary<string, int> { [nameof(SmsEncoding.Gsm7)] = audience }, new Dictionary<string, int>()).Write(),
        });
        for (var week = 0; week < Weeks; week++)
            await RunAsync(db, series, purpose, cancellationToken);
        db.AuditCampaign(Demo, clock.GetUtcNow(), series, "campaign.runMade", "Demo data", after: new Dictionary<string, object?> { ["nextRunAt"] = series.NextRunAt });
    }

    private async Task RunAsync(PortalDbContext db, Campaign series, Purpose purpose, CancellationToken cancellationToken)
    {
        var at = series.NextRunAt!.Value;
        var run = series.MakeRun(purpose, [], at);
        run.Touch(at);
        run.BeginSending();
        db.Campaigns.Add(run);
        await sent.FillAsync(db, run, purpose, DemoSent.People(db, purpose.Id, at).OrderByDescending(s => s.Id).Take(Most), isPaused: false, cancellationToken);
        run.Finish(at.AddHours(3));
        db.AuditCampaign(Demo, clock.GetUtcNow(), run, "campaign.finished", "Demo data");
    }

    private async Task AskAsync(PortalDbContext db, Purpose purpose, SegmentId segment, Actor author, Actor approver, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string Name = "Do you still want our texts?";
        if (await DemoSent.IsThereAsync(db, Name, cancellationToken))
            return;
        var campaign = DemoSent.Draft(purpose, segment, author, Name, Question, at);
        var asks = new Reengagement(Reengagement.UsualIdleDays, 30, SilenceOutcome.TextSeldom);
        campaign.Reengage(asks);
        DemoSent.Approve(campaign, purpose, author, approver);
        campaign.Start(campaign.ApprovedHash!, at);
        campaign.BeginSending();
        db.Campaigns.Add(campaign);
        var before = at.AddDays(-asks.IdleDays);
        var silent = DemoSent.People(db, purpose.Id, before).Where(s => s.LastEngagedAt == null || s.LastEngagedAt < before).OrderBy(s => s.Id).Take(Most);
        var texts = await sent.FillAsync(db, campaign, purpose, silent, isPaused: false, cancellationToken);
        await AnswerAsync(db, texts, cancellationToken);
        campaign.Finish(at.AddHours(3));
        db.AuditCampaign(Demo, clock.GetUtcNow(), campaign, "campaign.finished", "Demo data");
    }

    private async Task InTwoLanguagesAsync(PortalDbContext db, Purpose purpose, SegmentId segment, Actor author, Actor approver, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string Name = "Coats, Britain and Germany";
        if (await DemoSent.IsThereAsync(db, Name, cancellationToken))
            return;
        var campaign = DemoSent.Draft(purpose, segment, author, Name, Sale, at);
        campaign.Translate("en", [new TranslatedText(CampaignText.First, "de", SaleInGerman)]);
        DemoSent.Approve(campaign, purpose, author, approver);
        campaign.Start(campaign.ApprovedHash!, at);
        campaign.BeginSending();
        db.Campaigns.Add(campaign);
        var people = db.Subscribers.Where(s => (s.Region == "GB" || s.Region == "DE") && s.CreatedAt < at
            && db.ConsentRecords.Any(r => r.SubscriberId == s.Id && r.PurposeId == purpose.Id && r.Status == ConsentStatus.Granted && r.GrantedAt < at));
        await sent.FillAsync(db, campaign, purpose, people.OrderBy(s => s.Id).Take(Most), isPaused: false, cancellationToken);
        campaign.Finish(at.AddHours(3));
        db.AuditCampaign(Demo, clock.GetUtcNow(), campaign, "campaign.finished", "Demo data");
    }

    /// <summary>Every fifth of those whom the question reached has shown up since.</summary>
    private static async Task AnswerAsync(PortalDbContext db, IReadOnlyList<OutboundMessage> texts, CancellationToken cancellationToken)
    {
        foreach (var text in texts.Where(t => t.State == MessageState.Delivered).Where((_, i) => i % 5 == 0))
            (await db.Subscribers.SingleAsync(s => s.Id == text.SubscriberId, cancellationToken)).LastEngagedAt = text.SentAt!.Value.AddHours(text.Id % 90);
    }
}
