using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Writes what the provider answered. A receipt may have overtaken the answer, so a state is only moved on from Sending.
/// </summary>
public sealed class DispatchOutcomes(PortalDatabase database, SendingGate gate, IOptions<DispatchOptions> options, TimeProvider clock)
{
    private const int MostAttempts = 6;

    public Task CommitAsync(IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)> results, CancellationToken cancellationToken)
    {
        if (results.Count == 0)
            return Task.CompletedTask;
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                foreach (var (text, outcome) in results)
                    await WriteAsync(db, text, outcome, now, cancellationToken);
                await AfterAcceptanceAsync(db, results, now, cancellationToken);
            },
            cancellationToken);
    }

    private Task<int> WriteAsync(PortalDbContext db, AllowedText text, SendOutcome outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = db.OutboundMessages.Where(m => m.Id == text.MessageId);
        return outcome switch
        {
            SendOutcome.Accepted accepted => AcceptAsync(row, accepted, cancellationToken),
            SendOutcome.Unconfirmed => row.Where(m => m.State == MessageState.Sending).ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MessageState.Unconfirmed).SetProperty(x => x.Reason, nameof(SendReason.InDoubt)).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
                cancellationToken),
            SendOutcome.Rejected { IsPermanent: true } rejected => FailAsync(row, rejected.Code, SendReason.ProviderErrorPermanent, now, cancellationToken),
            SendOutcome.Rejected rejected when text.Attempts >= MostAttempts => FailAsync(row, rejected.Code, SendReason.RetriesExhausted, now, cancellationToken),
            SendOutcome.Rejected rejected => AgainAsync(row, now + Backoff(text.Attempts), rejected.Code, SendReason.ProviderErrorTemporary, cancellationToken),
            SendOutcome.Throttled throttled => AgainAsync(row, now + throttled.RetryAfter, null, SendReason.Throttled, cancellationToken),
            SendOutcome.Unreachable unreachable => AgainAsync(row, now + unreachable.RetryAfter, null, SendReason.ProviderErrorTemporary, cancellationToken),
            SendOutcome.Stopped stopped => AgainAsync(row, now + options.Value.StoppedPause, stopped.Code, SendReason.ProviderErrorTemporary, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException($"No outcome {outcome.GetType().Name} is known."),
        };
    }

    private static Task<int> AcceptAsync(IQueryable<OutboundMessage> row, SendOutcome.Accepted accepted, CancellationToken cancellationToken)
    {
        var id = accepted.ProviderMessageIds[0];
        return row.ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, x => x.State == MessageState.Sending ? MessageState.Accepted : x.State)
                .SetProperty(x => x.ProviderMessageId, x => x.ProviderMessageId ?? id)
                .SetProperty(x => x.Parts, x => accepted.Parts ?? x.Parts)
                .SetProperty(x => x.ErrorCode, x => accepted.LostPartsCode ?? x.ErrorCode)
                .SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private static Task<int> FailAsync(IQueryable<OutboundMessage> row, string code, SendReason reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        row.Where(m => m.State == MessageState.Sending).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Failed).SetProperty(x => x.ErrorCode, code).SetProperty(x => x.Reason, reason.ToString())
                .SetProperty(x => x.FinalAt, now).SetProperty(x => x.SentAt, (DateTimeOffset?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    /// <summary>Nothing left, so it may be tried again; it then counts for no cap meanwhile.</summary>
    private static Task<int> AgainAsync(IQueryable<OutboundMessage> row, DateTimeOffset at, string? code, SendReason reason, CancellationToken cancellationToken) =>
        row.Where(m => m.State == MessageState.Sending).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, MessageState.Deferred).SetProperty(x => x.DueAt, at).SetProperty(x => x.ErrorCode, code).SetProperty(x => x.Reason, reason.ToString())
                .SetProperty(x => x.SentAt, (DateTimeOffset?)null).SetProperty(x => x.SendingBy, (string?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(15 * Math.Pow(2, attempts - 1));

    private async Task AfterAcceptanceAsync(
        PortalDbContext db, IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accepted = results.Where(r => r.Outcome is SendOutcome.Accepted).Select(r => r.Text).ToList();
        var people = accepted.Select(t => t.SubscriberId).ToList();
        await db.Subscribers.Where(s => people.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastTextAt, now), cancellationToken);
        await MatchParkedAsync(db, [.. accepted.Select(t => t.MessageId)], now, cancellationToken);
    }

    /// <summary>Receipts that came before the provider's id was stored, and that carry no reference of ours.</summary>
    private async Task MatchParkedAsync(PortalDbContext db, IReadOnlyList<long> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var overtaken = await (
            from message in db.OutboundMessages.AsNoTracking()
            where ids.Contains(message.Id) && db.ReceivedReceipts.Any(r => r.ProviderMessageId == message.ProviderMessageId && r.MessageId == null)
            select message).ToListAsync(cancellationToken);
        foreach (var message in overtaken)
            await ReceiptLedger.MatchParkedAsync(db, gate, Actor.Provider("vonage"), message, now, cancellationToken);
    }
}
