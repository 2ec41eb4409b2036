using System.Globalization;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging;

/// <param name="Decided">Allowed, deferred and skipped together.</param>
public sealed record DecidedBatch(int Decided, IReadOnlyList<AllowedText> Allowed);

/// <summary>
/// Claims due texts and decides on them, in one transaction with the facts that it reads: a text is committed as Sending
/// only together with the decision that allows it.
/// </summary>
public sealed class DispatchDecisions(
    PortalDatabase database, SendFactsReader factsReader, SubjectKeys keys, SendingGate gate, PublicAddress address, ShortLinks links, IOptions<DispatchOptions> options, TimeProvider clock)
{
    private static readonly Actor Dispatcher = Actor.Job("dispatcher");

    private readonly string _owner = $"{Environment.MachineName[..Math.Min(20, Environment.MachineName.Length)]}/{Environment.ProcessId}/{Guid.CreateVersion7(clock.GetUtcNow()):N}";

    public async Task<DecidedBatch> CommitAsync(IReadOnlyList<long> due, CancellationToken cancellationToken)
    {
        var entered = new List<SubscriberId>();
        try
        {
            return await database.WriteAsJobAsync(
                db =>
                {
                    Leave(entered);
                    return DecideAsync(db, due, entered, cancellationToken);
                },
                cancellationToken);
        }
        catch
        {
            Leave(entered);
            throw;
        }
    }

    private void Leave(List<SubscriberId> entered)
    {
        entered.ForEach(gate.Leave);
        entered.Clear();
    }

    private async Task<DecidedBatch> DecideAsync(PortalDbContext db, IReadOnlyList<long> due, List<SubscriberId> entered, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var time = HandOverTime.Of(options.Value.Lease, clock);
        var rows = await ClaimAsync(db, due, now, cancellationToken);
        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        var campaigns = await CampaignsAsync(db, rows, cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, cancellationToken);
        var budget = await SendingBudget.TakeAsync(db, rows.Select(m => purposes[m.PurposeId].Sender), cancellationToken);
        var (allowed, trail) = (new List<AllowedText>(), new TextTrail("texts.decided"));
        // One person gets one text of a batch: the next one is decided with the first in its facts.
        var taken = new HashSet<SubscriberId>();
        foreach (var group in rows.GroupBy(m => (m.CampaignId, m.PurposeId, m.Kind, m.MessageClass)))
        {
            var campaign = group.Key.CampaignId is { } id ? campaigns.GetValueOrDefault(id) : null;
            var purpose = purposes[group.Key.PurposeId];
            var words = new TextsOfGroup(campaign, purpose, address, links);
            SubscriberId[] people = [.. group.Select(m => m.SubscriberId)];
            await words.ReadAttributesAsync(db, people, cancellationToken);
            var facts = await factsReader.ReadAsync(
                db, people, new SendQuestion(purpose, group.Key.MessageClass, campaign?.Subject) { Timing = campaign?.Timing }, now, cancellationToken);
            var (room, before, placed) = (PaceOf(campaign)?.RoomAt(now) ?? int.MaxValue, allowed.Count, campaign?.CapTaken);
            foreach (var row in group)
            {
                if (allowed.Count - before >= room || !taken.Add(row.SubscriberId))
                {
                    Release(row);
                    continue;
                }

                if (Decide(row, facts.GetValueOrDefault(row.SubscriberId), words, policy, budget, now) is { } outgoing)
                    allowed.Add(new AllowedText(row.Id, row.SubscriberId, SendGround.Of(row, facts[row.SubscriberId], purpose), outgoing, _owner, row.Attempts, time));
                trail.Says(row.Id, row.State, row.Reason, row.Rule, row.State == MessageState.Sending ? string.Create(CultureInfo.InvariantCulture, $"attempt {row.Attempts}") : null);
            }

            await MoveOnAsync(db, campaign, allowed.Count - before, now, cancellationToken);
            await KeepPlacesAsync(db, campaign, placed, cancellationToken);
        }

        trail.WriteTo(db, Dispatcher, now, policy.Number);
        Enter(allowed, entered);
        return new DecidedBatch(rows.Count, allowed);
    }

    private void Enter(List<AllowedText> allowed, List<SubscriberId> entered)
    {
        foreach (var text in allowed)
        {
            gate.Enter(text.SubscriberId);
            entered.Add(text.SubscriberId);
        }
    }

    private static Pace? PaceOf(Campaign? campaign) => campaign?.TextsPerMinute is { } texts ? new Pace(texts, campaign.NextTextAt) : null;

    private static async Task MoveOnAsync(PortalDbContext db, Campaign? campaign, int texts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (texts == 0 || PaceOf(campaign) is not { } pace)
            return;
        var next = pace.After(now, texts);
        await db.Campaigns.Where(c => c.Id == campaign!.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.NextTextAt, next), cancellationToken);
    }

    private static async Task KeepPlacesAsync(PortalDbContext db, Campaign? campaign, int? before, CancellationToken cancellationToken)
    {
        if (campaign is not null && campaign.CapTaken > before)
            await db.Campaigns.Where(c => c.Id == campaign.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.CapTaken, campaign.CapTaken), cancellationToken);
    }

    /// <summary>The lease condition stands in the update itself, so that of two processes one gets each row.</summary>
    private async Task<List<OutboundMessage>> ClaimAsync(PortalDbContext db, IReadOnlyList<long> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + options.Value.Lease;
        await db.OutboundMessages
            .Where(m => due.Contains(m.Id) && (m.State == MessageState.Planned || m.State == MessageState.Deferred) && m.DueAt <= now && (m.LeaseUntil == null || m.LeaseUntil < now))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.SendingBy, _owner).SetProperty(x => x.LeaseUntil, until), cancellationToken);
        return await db.OutboundMessages
            .Where(m => due.Contains(m.Id) && m.SendingBy == _owner && (m.State == MessageState.Planned || m.State == MessageState.Deferred))
            .OrderBy(m => m.Id).ToListAsync(cancellationToken);
    }

    private static async Task<Dictionary<CampaignId, Campaign>> CampaignsAsync(PortalDbContext db, List<OutboundMessage> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(m => m.CampaignId).OfType<CampaignId>().Distinct().ToList();
        // Takes the rows of campaigns with a pace or a limit, so that two processes never share the same room or place.
        if (await db.Campaigns.AnyAsync(c => ids.Contains(c.Id) && (c.TextsPerMinute != null || c.AtMost != null), cancellationToken))
            await db.Campaigns.Where(c => ids.Contains(c.Id) && (c.TextsPerMinute != null || c.AtMost != null)).ExecuteUpdateAsync(c => c.SetProperty(x => x.NextTextAt, x => x.NextTextAt), cancellationToken);
        return await db.Campaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
    }

    private OutgoingText? Decide(OutboundMessage row, PersonFacts? person, TextsOfGroup words, PolicyVersion policy, SendingBudget budget, DateTimeOffset now)
    {
        row.DecidedAt = now;
        if (words.IsStopped)
            return Wait(row);
        if (words.IsRetired(row))
            return Skip(row, SendReason.PurposeRetired, now);
        if (IsTooLate(row, now))
            return SkipLate(row, now);
        if (person?.WrappedKey is null || person.Opened is null)
            return Skip(row, SendReason.InvalidNumber, now);
        using var key = keys.Unwrap(person.WrappedKey, row.SubscriberId);
        row.Language = words.LanguageFor(row, person.Language);
        if (words.BodyFor(row, person, key, person.Language) is not { } body)
            return Skip(row, SendReason.RenderError, now);
        var decision = SendPolicy.Evaluate(person.Facts with { Body = body, Answers = TextsOfGroup.AnswerTo(row) }, policy, now);
        var needsPlace = row.IsWithoutPlace;
        Note(row, decision.Compact);
        return decision switch
        {
            SendDecision.Allow or SendDecision.Defer when needsPlace && !words.TakePlace() => Skip(row, SendReason.AudienceCap, now),
            SendDecision.Allow when budget.Take(row.Kind, words.Sender, person, body.Measure.Parts, now) is { } until => Wait(row, until, SendReason.SenderLimit, now),
            SendDecision.Allow => Allow(row, person, body, key, words, now),
            SendDecision.Defer defer => HoldBack(row, defer, now),
            _ => Skip(row, decision.Reason!.Value, now),
        };
    }

    private static OutgoingText? SkipLate(OutboundMessage row, DateTimeOffset now)
    {
        if (row.Kind != MessageKind.OptOutConfirmation)
            return Skip(row, SendReason.PastNotAfter, now);
        row.Rule = "US-16";
        return Skip(row, SendReason.AnswerTooLate, now);
    }

    // The confirmation of a stop is in time at 300 seconds exactly (US-16); the end of anything else is no moment for it any more.
    private static bool IsTooLate(OutboundMessage row, DateTimeOffset now) => row.Kind == MessageKind.OptOutConfirmation ? now > row.NotAfter : now >= row.NotAfter;

    internal static void Note(OutboundMessage row, CompactDecision decision)
    {
        (row.DecisionKind, row.FailedGates, row.PolicyVersion) = ((int)decision.Kind, decision.FailedGates, decision.PolicyVersion);
        (row.Reason, row.Rule, row.ConsentEventId) = (decision.Reason?.ToString(), decision.RuleId, decision.ConsentEventId);
    }

    private OutgoingText Allow(OutboundMessage row, PersonFacts person, MessageBody body, SubjectKey key, TextsOfGroup words, DateTimeOffset now)
    {
        var text = words.WordsOf(row, body);
        row.BodySealed ??= key.Seal(text, SealedField.MessageBody);
        (row.State, row.SentAt, row.Parts, row.LeaseUntil) = (MessageState.Sending, now, body.Measure.Parts, now + options.Value.Lease);
        row.NumberPeriodId = person.PeriodId;
        row.Attempts++;
        return new OutgoingText(row.ClientRef, person.Opened!.Phone.E164, words.Sender, text, body.Measure.Encoding == SmsEncoding.Ucs2) { TimeToLive = OutgoingText.LifeUntil(row.NotAfter, now) };
    }

    /// <summary>Also where it can't wait so long: it was the rules that kept it.</summary>
    private static OutgoingText? HoldBack(OutboundMessage row, SendDecision.Defer decision, DateTimeOffset now)
    {
        row.HoldBack(decision.Reason!.Value, row.Rule, now);
        return Wait(row, decision.Until, decision.Reason.Value, now);
    }

    /// <summary>Nothing waits beyond the moment after which it is not wanted any more.</summary>
    private static OutgoingText? Wait(OutboundMessage row, DateTimeOffset until, SendReason reason, DateTimeOffset now)
    {
        if (until >= row.NotAfter)
            return Skip(row, SendReason.PastNotAfter, now);
        (row.State, row.DueAt, row.Reason) = (MessageState.Deferred, until, reason.ToString());
        return Wait(row);
    }

    private static OutgoingText? Wait(OutboundMessage row)
    {
        Release(row);
        return null;
    }

    private static OutgoingText? Skip(OutboundMessage row, SendReason reason, DateTimeOffset now)
    {
        (row.State, row.Reason, row.FinalAt) = (MessageState.Skipped, reason.ToString(), now);
        Release(row);
        return null;
    }

    private static void Release(OutboundMessage row) => (row.SendingBy, row.LeaseUntil) = (null, null);
}
