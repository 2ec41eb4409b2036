using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>What the end of a text teaches about its number: alive, doubtful, gone, or closed by its owner.</summary>
internal static class NumberLessons
{
    /// <summary>Soft failures in a row after which the number is suspect.</summary>
    public const int StrikesUntilSuspect = 3;

    /// <summary>A delivered text proves that the number works, whatever came before. Few numbers need the lesson, so one question finds them.</summary>
    public static async Task DeliveredAsync(
        PortalDbContext db, Actor actor, IReadOnlyList<OutboundMessage> delivered, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (delivered.Count == 0)
            return;
        var people = delivered.Select(m => m.SubscriberId).Distinct().ToList();
        var doubted = await db.Subscribers.AsNoTracking()
            .Where(s => people.Contains(s.Id) && (s.SoftStrikes > 0 || s.NumberState == NumberState.Suspect || s.NumberState == NumberState.Invalid))
            .Select(s => new { s.Id, s.NumberState }).ToListAsync(cancellationToken);
        foreach (var person in doubted)
        {
            await db.Subscribers.Where(s => s.Id == person.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SoftStrikes, 0), cancellationToken);
            var revived = await db.Subscribers
                .Where(s => s.Id == person.Id && (s.NumberState == NumberState.Suspect || s.NumberState == NumberState.Invalid))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Usable), cancellationToken);
            if (revived > 0)
                AuditState(db, actor, delivered.First(m => m.SubscriberId == person.Id), NumberState.Usable, null, now);
        }

        await ProviderVerdicts.DeliveredAsync(db, delivered, now, cancellationToken);
    }

    /// <summary>
    /// Which carriers the numbers are with, by the latest receipt: numbers change carriers. It decides which limits a text counts for and says nothing about the
    /// person, so it is no entry of the trail.
    /// </summary>
    public static async Task NetworksAsync(PortalDbContext db, IReadOnlyList<(SubscriberId? Person, string? Code)> told, CancellationToken cancellationToken)
    {
        foreach (var network in told.Where(t => t is { Person: not null, Code: not null }).GroupBy(t => t.Code!, t => t.Person!.Value, StringComparer.Ordinal))
        {
            var people = network.Distinct().ToList();
            await db.Subscribers.Where(s => people.Contains(s.Id) && s.ErasedAt == null && (s.NetworkCode == null || s.NetworkCode != network.Key))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.NetworkCode, network.Key), cancellationToken);
        }
    }

    public static async Task FailedAsync(
        PortalDbContext db, Actor actor, OutboundMessage message, ProviderErrorClass errorClass, string? code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (errorClass)
        {
            case ProviderErrorClass.PermanentNumber:
                var gone = await db.Subscribers.Where(s => s.Id == message.SubscriberId && s.NumberState != NumberState.Invalid && s.NumberState != NumberState.Reassigned)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Invalid), cancellationToken);
                if (gone > 0)
                    AuditState(db, actor, message, NumberState.Invalid, code, now);
                break;
            case ProviderErrorClass.SoftStrike or ProviderErrorClass.Barred:
                await db.Subscribers.Where(s => s.Id == message.SubscriberId)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.SoftStrikes, x => x.SoftStrikes + 1), cancellationToken);
                var suspect = await db.Subscribers.Where(s => s.Id == message.SubscriberId && s.SoftStrikes >= StrikesUntilSuspect && s.NumberState == NumberState.Usable)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect), cancellationToken);
                if (suspect > 0)
                    AuditState(db, actor, message, NumberState.Suspect, code, now);
                break;
            case ProviderErrorClass.Transient or ProviderErrorClass.OptedOut or ProviderErrorClass.Configuration or ProviderErrorClass.Content or ProviderErrorClass.DailyLimit:
                break;
        }
    }

    /// <summary>
    /// The carrier says that the person opted out there: their consent ends here too. Once: every later text to a barred
    /// number would say so again.
    /// </summary>
    public static async Task OptedOutAsync(
        PortalDbContext db, SendingGate gate, Actor actor, OutboundMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Another receipt of the same batch may have added the very suppression that is looked for.
        await db.SaveChangesAsync(cancellationToken);
        var subscriber = await db.Subscribers.FindAsync([message.SubscriberId], cancellationToken);
        if (subscriber is null or { ErasedAt: not null } or { PhoneHash: null })
            return;
        var isKnown = await db.Suppressions.AnyAsync(
            s => s.PhoneHash == subscriber.PhoneHash && s.Source == SuppressionSource.Carrier && s.LiftedAt == null, cancellationToken);
        if (isKnown)
            return;
        await gate.WaitAsync(subscriber.Id, cancellationToken);
        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        var scope = policy.OptOutScope == OptOutScope.Everything || message.MessageClass != MessageClass.Marketing ? SuppressionScope.All : SuppressionScope.Marketing;
        await WithdrawConsent.ApplyToNumberAsync(db, actor, subscriber.PhoneHash, await WithdrawConsent.WithNumberAsync(db, subscriber.PhoneHash, cancellationToken),
            new Withdrawal(scope, SuppressionSource.Carrier, ConsentChannel.Provider, "The carrier reports that the person has opted out.", now, IsActOfPerson: false),
            now, cancellationToken);
    }

    private static void AuditState(PortalDbContext db, Actor actor, OutboundMessage message, NumberState state, string? code, DateTimeOffset now) =>
        db.Audit(actor, now, new AuditFact("number.judged", "subscriber", message.SubscriberId.ToString(), message.SubscriberId,
            After: new Dictionary<string, object?> { ["state"] = state, ["code"] = code, ["text"] = message.ClientRef }));
}
