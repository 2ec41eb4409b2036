using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// When the time to react is over, ends or lowers the consent of those who gave no sign of life, as was approved. Only a text
/// that arrived is a question: whom it did not reach keeps what they have. Part of the planner, under its lease.
/// </summary>
internal sealed class SettleReengagement(PortalDatabase database, TimeProvider clock, ILogger logger)
{
    public const int BatchSize = 200;

    /// <summary>A YES of the last minute may still be on its way from the provider.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    private static readonly Actor Keeper = Actor.Job("list-hygiene");

    /// <summary>Nobody waits for it, and every text of such a campaign is looked at.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _next)
            return;
        List<Campaign> asking;
        await using (var db = database.Open())
            asking = await db.Campaigns.AsNoTracking().Where(c => c.IdleDays != null && c.RepeatEvery == null && c.StartedAt != null).OrderBy(c => c.StartAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        var campaigns = asking.ToDictionary(c => c.Id);
        await EachCampaign.DoAsync(asking.Select(c => c.Id), id => SettleAsync(campaigns[id], cancellationToken), logger, cancellationToken);
        _next = clock.GetUtcNow() + Interval;
    }

    private async Task SettleAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        while (await database.WriteAsJobAsync(db => SettleSomeAsync(db, campaign, cancellationToken), cancellationToken) == BatchSize)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<int> SettleSomeAsync(PortalDbContext db, Campaign campaign, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now - TimeSpan.FromDays(campaign.AnswerDays!.Value) - Grace;
        var due = await (
            from text in db.OutboundMessages
            where text.CampaignId == campaign.Id && text.State == MessageState.Delivered && text.SentAt <= until
                && !db.ReengagementAnswers.Any(a => a.CampaignId == campaign.Id && a.SubscriberId == text.SubscriberId)
            join person in db.Subscribers on text.SubscriberId equals person.Id
            where person.ErasedAt == null && person.MergedIntoId == null
            join record in db.ConsentRecords on new { text.SubscriberId, text.PurposeId } equals new { record.SubscriberId, record.PurposeId }
            where record.Status == ConsentStatus.Granted
            orderby text.Id
            select new Asked(text.SentAt!.Value, person, record)).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var asked in due)
            db.ReengagementAnswers.Add(new ReengagementAnswer
            {
                CampaignId = campaign.Id, SubscriberId = asked.Person.Id, At = now, Result = await SettleAsync(db, campaign, asked, now, cancellationToken),
            });
        return due.Count;
    }

    private static async Task<ReengagementResult> SettleAsync(PortalDbContext db, Campaign campaign, Asked asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whoever has agreed anew meanwhile has given the clearest sign of all.
        if (asked.Person.LastEngagedAt >= asked.At || asked.Record.GrantedAt >= asked.At)
            return ReengagementResult.CameBack;
        var reason = string.Create(CultureInfo.InvariantCulture, $"No reaction within {campaign.AnswerDays} days to \"{campaign.Name}\"");
        switch (campaign.WhenSilent!.Value)
        {
            case SilenceOutcome.EndConsent:
                await EndAsync(db, asked, reason, now, cancellationToken);
                return ReengagementResult.ConsentEnded;
            case SilenceOutcome.TextSeldom:
                Lower(db, asked.Person, reason, now);
                return ReengagementResult.TextedSeldom;
        }

        throw new System.Diagnostics.UnreachableException($"No outcome {campaign.WhenSilent} is known.");
    }

    private static async Task EndAsync(PortalDbContext db, Asked asked, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (person, record) = (asked.Person, asked.Record);
        var e = new ConsentEvent
        {
            SubscriberId = person.Id, PurposeId = record.PurposeId, NumberPeriodId = person.CurrentPeriodId, Kind = ConsentEventKind.Expired, Basis = record.Basis,
            Level = ConsentLevel.None, Channel = ConsentChannel.Portal, IsActOfPerson = false, At = now, RecordedAt = now, ActorKind = Keeper.Kind, ActorId = Keeper.Id,
            Reason = reason, SupersedesId = record.GrantEventId,
        };
        var before = record.Status;
        var after = await ConsentLedger.AppendAsync(db, e, cancellationToken);
        db.Audit(Keeper, now, new AuditFact("consent.expired", "subscriber", person.Id.ToString(), person.Id, reason,
            new Dictionary<string, object?> { ["status"] = before },
            new Dictionary<string, object?> { ["status"] = after.Status, ["purpose"] = record.PurposeId.ToString(), ["event"] = e.Id }));
    }

    /// <summary>Whoever asked for fewer texts than that keeps their own wish.</summary>
    private static void Lower(PortalDbContext db, Subscriber person, string reason, DateTimeOffset now)
    {
        if (person.Frequency >= FrequencyPreference.Monthly)
            return;
        var before = person.Frequency;
        (person.Frequency, person.UpdatedAt, person.Version) = (FrequencyPreference.Monthly, now, Guid.CreateVersion7(now));
        db.Audit(Keeper, now, new AuditFact("preferences.changed", "subscriber", person.Id.ToString(), person.Id, reason,
            new Dictionary<string, object?> { ["frequency"] = before }, new Dictionary<string, object?> { ["frequency"] = person.Frequency }));
    }

    private sealed record Asked(DateTimeOffset At, Subscriber Person, ConsentRecord Record);
}
