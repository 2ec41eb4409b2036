using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Writes what came of each text. Process and attempt are the fence: an outcome is written only where the row is still this
/// attempt's. A receipt may have overtaken the answer, so a state is only moved on from Sending, or from Unconfirmed, which
/// it has become where the answer took longer than the lease.
/// </summary>
public sealed class DispatchOutcomes(PortalDatabase database, SendingGate gate, IOptions<DispatchOptions> options, TimeProvider clock)
{
    private const int MostAttempts = 6;

    private static readonly Actor Provider = Actor.Provider("vonage");
    private static readonly Actor Dispatcher = Actor.Job("dispatcher");

    public async Task CommitAsync(IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)> results, CancellationToken cancellationToken)
    {
        if (results.Count == 0)
            return;
        var now = clock.GetUtcNow();
        await database.WriteAsJobAsync(db => WriteAsync(db, results, now, cancellationToken), cancellationToken);
        await DoubtNotes.OfOutcomesAsync(database, results, cancellationToken);
    }

    private async Task WriteAsync(PortalDbContext db, IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (accepted, inParts, again, trail) = (new List<AllowedText>(), new List<long>(), new List<long>(), new TextTrail("texts.handedOver"));
        var ids = results.Select(r => r.Text.MessageId).ToList();
        var rows = await db.OutboundMessages.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellationToken);
        foreach (var (text, outcome) in results)
        {
            if (await WriteAsync(db, text, outcome, rows, now, cancellationToken) is not { } state)
                continue;
            trail.Says(text.MessageId, state, WhyOf(outcome));
            // Its words are gone only where its person was erased meanwhile: every text has them before it is handed over.
            if (outcome is SendOutcome.Accepted left && rows.GetValueOrDefault(text.MessageId) is { BodySealed: null })
                await RedactionPlan.AddLateAsync(db, Dispatcher, text.SubscriberId, left.ProviderMessageIds, now, cancellationToken);
            if (outcome is SendOutcome.Accepted { Parts: > 1 })
                inParts.Add(text.MessageId);
            if (outcome is SendOutcome.Accepted)
                accepted.Add(text);
            else if (outcome is not SendOutcome.Unconfirmed)
                again.Add(text.MessageId);
            if (outcome is SendOutcome.Rejected refused && rows.GetValueOrDefault(text.MessageId) is { } row)
                await LearnAsync(db, row, refused, IsFinal(refused, text), now, cancellationToken);
        }

        await EndLateAsync(db, again, now, cancellationToken);
        await NameAgainAsync(db, again, trail, cancellationToken);
        trail.WriteTo(db, Dispatcher, now);
        await AfterAcceptanceAsync(db, accepted, inParts, now, cancellationToken);
    }

    /// <summary>A refusal may have ended the person's consent, and their other texts with it: what counts is where these texts stand after all.</summary>
    private static async Task NameAgainAsync(PortalDbContext db, List<long> ids, TextTrail trail, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        foreach (var text in await db.OutboundMessages.AsNoTracking().Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.State, m.Reason, m.ErrorCode }).ToListAsync(cancellationToken))
            trail.Says(text.Id, text.State, text.Reason, TextTrail.Code(text.ErrorCode));
    }

    private static string? WhyOf(SendOutcome outcome) => outcome is SendOutcome.Unconfirmed unconfirmed ? unconfirmed.Cause.ToString() : null;

    /// <returns>The state in which the text is now; null where its row is another attempt's, or beyond this one.</returns>
    private async Task<MessageState?> WriteAsync(
        PortalDbContext db, AllowedText text, SendOutcome outcome, Dictionary<long, OutboundMessage> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = db.OutboundMessages.Where(m => m.Id == text.MessageId && m.SendingBy == text.SendingBy && m.Attempts == text.Attempts);
        var open = row.Where(m => m.State == MessageState.Sending || m.State == MessageState.Unconfirmed);
        return outcome switch
        {
            SendOutcome.Accepted accepted => await AcceptAsync(db, text, accepted, rows.GetValueOrDefault(text.MessageId), cancellationToken),
            SendOutcome.Unconfirmed => await DoubtAsync(open, cancellationToken),
            SendOutcome.Rejected { Class: ProviderErrorClass.DailyLimit } full => await AgainAsync(open, new Retry(now + Backoff(text.Attempts), SendReason.SenderLimit, full.Code), cancellationToken),
            SendOutcome.Rejected { IsPermanent: true } rejected => await FailAsync(open, rejected, SendReason.ProviderErrorPermanent, now, cancellationToken),
            SendOutcome.Rejected rejected when IsFinal(rejected, text) => await FailAsync(open, rejected, SendReason.RetriesExhausted, now, cancellationToken),
            SendOutcome.Rejected rejected => await AgainAsync(open, new Retry(now + Backoff(text.Attempts), SendReason.ProviderErrorTemporary, rejected.Code, IsAttempt: true), cancellationToken),
            SendOutcome.Throttled throttled => await AgainAsync(open, new Retry(now + throttled.RetryAfter, SendReason.Throttled), cancellationToken),
            SendOutcome.Unreachable unreachable => await AgainAsync(open, new Retry(now + unreachable.RetryAfter, SendReason.ProviderErrorTemporary), cancellationToken),
            SendOutcome.Stopped stopped => await AgainAsync(open, new Retry(now + options.Value.StoppedPause, SendReason.ProviderErrorTemporary, stopped.Code), cancellationToken),
            SendOutcome.Withheld { RetryAfter.Ticks: > 0 } withheld => await AgainAsync(open, new Retry(now + withheld.RetryAfter, SendReason.Throttled), cancellationToken),
            SendOutcome.Withheld => await PutBackAsync(open, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException($"No outcome {outcome.GetType().Name} is known."),
        };
    }

    private static bool IsFinal(SendOutcome.Rejected rejected, AllowedText text) => rejected.IsPermanent || text.Attempts >= MostAttempts;

    /// <summary>A refusal at once says about the number what a receipt would say later; a text that is tried again says it once, at its end.</summary>
    private async Task LearnAsync(PortalDbContext db, OutboundMessage row, SendOutcome.Rejected refused, bool isFinal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (refused.Class is not { } errorClass)
        {
            // It says nothing about the number, so it is about what all these texts have in common.
            if (isFinal)
                await SettingsAtFault.PauseAsync(db, row, refused.Code, refused.Meaning, now, cancellationToken);
            return;
        }

        await ProviderVerdicts.BlockedAsync(db, row, errorClass, refused.Code, now, now, cancellationToken);
        if (errorClass == ProviderErrorClass.DailyLimit)
            await DailyLimit.ReachedAsync(db, Provider, row, told: null, refused.Code, now, cancellationToken);
        else if (errorClass == ProviderErrorClass.OptedOut)
            await NumberLessons.OptedOutAsync(db, gate, Provider, row, now, cancellationToken);
        else if (isFinal)
            await NumberLessons.FailedAsync(db, Provider, row, new Lesson(errorClass, refused.Code, refused.Meaning), now, cancellationToken);
    }

    private static async Task<MessageState?> DoubtAsync(IQueryable<OutboundMessage> row, CancellationToken cancellationToken) => await row.ExecuteUpdateAsync(
        m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.Reason, nameof(SendReason.InDoubt)).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
        cancellationToken) == 0 ? null : MessageState.Unconfirmed;

    /// <summary>The guard on the state that was read keeps a receipt on another machine from being undone.</summary>
    private static async Task<MessageState?> AcceptAsync(PortalDbContext db, AllowedText text, SendOutcome.Accepted accepted, OutboundMessage? row, CancellationToken cancellationToken)
    {
        while (row is not null && row.SendingBy == text.SendingBy && row.Attempts == text.Attempts)
        {
            var isOpen = row.State is MessageState.Sending or MessageState.Unconfirmed;
            var written = await db.UpdateRowAsync<OutboundMessage>(
                [
                    new(nameof(row.State), isOpen ? MessageState.Accepted : row.State), new(nameof(row.Reason), row.State == MessageState.Unconfirmed ? null : row.Reason),
                    new(nameof(row.ProviderMessageId), row.ProviderMessageId ?? accepted.ProviderMessageIds[0]), new(nameof(row.Parts), accepted.Parts ?? row.Parts),
                    new(nameof(row.ErrorCode), accepted.LostPartsCode ?? row.ErrorCode), new(nameof(row.LeaseUntil), null),
                ],
                [new(nameof(row.Id), text.MessageId), new(nameof(row.State), row.State), new(nameof(row.SendingBy), text.SendingBy), new(nameof(row.Attempts), text.Attempts)], cancellationToken);
            if (written == 1)
            {
                if (accepted.Parts > 1)
                    await SentParts.AddAsync(db, row.Id, await SentParts.OfAsync(db, row.Id, cancellationToken), accepted.ProviderMessageIds, cancellationToken);
                return isOpen ? MessageState.Accepted : row.State;
            }

            row = await db.OutboundMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == text.MessageId, cancellationToken);
        }

        return null;
    }

    private static async Task<MessageState?> FailAsync(IQueryable<OutboundMessage> row, SendOutcome.Rejected rejected, SendReason reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (code, fields) = (rejected.Code, FieldProblem.InWords(rejected.Problems));
        return await row.ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Failed).SetProperty(x => x.ErrorCode, code).SetProperty(x => x.RefusedFields, fields).SetProperty(x => x.Reason, reason.ToString())
                .SetProperty(x => x.FinalAt, now).SetProperty(x => x.SentAt, (DateTimeOffset?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken) == 0 ? null : MessageState.Failed;
    }

    /// <summary>Nothing left, so it may be tried again; it then counts for no cap meanwhile.</summary>
    private static async Task<MessageState?> AgainAsync(IQueryable<OutboundMessage> row, Retry retry, CancellationToken cancellationToken) =>
        await row.ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Deferred).SetProperty(x => x.DueAt, retry.At).SetProperty(x => x.ErrorCode, retry.Code)
                .SetProperty(x => x.Reason, retry.Reason.ToString()).SetProperty(x => x.Attempts, x => retry.IsAttempt ? x.Attempts : x.Attempts - 1)
                .SetProperty(x => x.SentAt, (DateTimeOffset?)null).SetProperty(x => x.SendingBy, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken) == 0 ? null : MessageState.Deferred;

    /// <summary>As it was before it was decided on.</summary>
    private static async Task<MessageState?> PutBackAsync(IQueryable<OutboundMessage> row, CancellationToken cancellationToken) =>
        await row.ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Planned).SetProperty(x => x.Reason, (string?)null).SetProperty(x => x.Attempts, x => x.Attempts - 1)
                .SetProperty(x => x.SentAt, (DateTimeOffset?)null).SetProperty(x => x.SendingBy, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken) == 0 ? null : MessageState.Planned;

    /// <summary>Nothing would ever take up a text that comes back to a campaign which has ended meanwhile.</summary>
    private static async Task EndLateAsync(PortalDbContext db, List<long> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        foreach (var (status, reason) in new[] { (CampaignStatus.Finished, SendReason.PastNotAfter), (CampaignStatus.Cancelled, SendReason.CampaignCancelled) })
            await db.OutboundMessages
                .Where(m => ids.Contains(m.Id) && (m.State == MessageState.Planned || m.State == MessageState.Deferred) && db.Campaigns.Any(c => c.Id == m.CampaignId && c.Status == status))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, reason.ToString()).SetProperty(x => x.FinalAt, now), cancellationToken);
    }

    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(15 * Math.Pow(2, attempts - 1));

    private async Task AfterAcceptanceAsync(PortalDbContext db, List<AllowedText> accepted, List<long> inParts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (accepted.Count == 0)
            return;
        var people = accepted.Select(t => t.SubscriberId).ToList();
        await db.Subscribers.Where(s => people.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastTextAt, now), cancellationToken);
        await MatchParkedAsync(db, [.. accepted.Select(t => t.MessageId)], inParts, now, cancellationToken);
    }

    /// <summary>Receipts that came before the provider's id was stored, and that carry no reference of ours.</summary>
    private async Task MatchParkedAsync(PortalDbContext db, IReadOnlyList<long> ids, List<long> inParts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var overtaken = await (
            from message in db.OutboundMessages.AsNoTracking()
            where ids.Contains(message.Id) && db.ReceivedReceipts.Any(r => r.ProviderMessageId == message.ProviderMessageId && r.MessageId == null)
            select message).ToListAsync(cancellationToken);
        if (inParts.Count > 0)
            overtaken.AddRange(await SentParts.OvertakenAsync(db, inParts, cancellationToken));
        if (overtaken.Count == 0)
            return;
        // What receipts say of these texts is the later word about them.
        await db.SaveChangesAsync(cancellationToken);
        foreach (var message in overtaken.DistinctBy(m => m.Id))
            await ReceiptLedger.MatchParkedAsync(db, gate, Provider, message, now, cancellationToken);
    }

    /// <param name="IsAttempt">Whether it says something about this text; being too fast, or no connection, does not.</param>
    private sealed record Retry(DateTimeOffset At, SendReason Reason, string? Code = null, bool IsAttempt = false);
}
