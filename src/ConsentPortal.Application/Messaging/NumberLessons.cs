using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <param name="Code">The provider's, raw.</param>
/// <param name="Meaning">In a few words; null where nobody knows.</param>
internal sealed record Lesson(ProviderErrorClass Class, string? Code, string? Meaning = null);

/// <summary>
/// What the end of a text teaches about its number: alive, doubtful, gone, or closed by its owner. A person who has another number by then
/// is taught nothing: what was texted is the number of the text's own period.
/// </summary>
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
            .Select(s => new { s.Id, s.CurrentPeriodId }).ToListAsync(cancellationToken);
        foreach (var person in doubted)
        {
            if (delivered.FirstOrDefault(m => m.SubscriberId == person.Id && WentTo(m, person.CurrentPeriodId)) is not { } proof)
                continue;
            await db.Subscribers.Where(s => s.Id == person.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SoftStrikes, 0), cancellationToken);
            var revived = await db.Subscribers
                .Where(s => s.Id == person.Id && (s.NumberState == NumberState.Suspect || s.NumberState == NumberState.Invalid))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Usable), cancellationToken);
            if (revived > 0)
                AuditState(db, actor, proof, NumberState.Usable, null, now);
        }

        await ProviderVerdicts.DeliveredAsync(db, delivered, now, cancellationToken);
    }

    /// <summary>
    /// Which carriers the numbers are with, by the latest receipt: numbers change carriers. It decides which limits a text counts for and says nothing about the
    /// person, so it is no entry of the trail.
    /// </summary>
    public static async Task NetworksAsync(PortalDbContext db, IReadOnlyList<(OutboundMessage? Message, string? Code)> told, CancellationToken cancellationToken)
    {
        foreach (var network in told.Where(t => t is { Message: not null, Code: not null }).GroupBy(t => t.Code!, t => t.Message!, StringComparer.Ordinal))
        {
            var people = network.Select(m => m.SubscriberId).Distinct().ToList();
            // A period is one person's; a text from before they were kept counts for whatever number its person has.
            var (periods, others) = (network.Select(m => m.NumberPeriodId).OfType<NumberPeriodId>().Distinct().ToList(), network.Where(m => m.NumberPeriodId is null).Select(m => m.SubscriberId).Distinct().ToList());
            await db.Subscribers.Where(s => people.Contains(s.Id) && (periods.Contains(s.CurrentPeriodId) || others.Contains(s.Id)) && s.ErasedAt == null && (s.NetworkCode == null || s.NetworkCode != network.Key))
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.NetworkCode, network.Key), cancellationToken);
        }
    }

    public static async Task FailedAsync(
        PortalDbContext db, Actor actor, OutboundMessage message, Lesson lesson, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, period) = (message.SubscriberId, message.NumberPeriodId);
        var owner = db.Subscribers.Where(s => s.Id == id && (period == null || s.CurrentPeriodId == period));
        switch (lesson.Class)
        {
            case ProviderErrorClass.PermanentNumber:
                var gone = await owner.Where(s => s.NumberState != NumberState.Invalid && s.NumberState != NumberState.Reassigned)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Invalid), cancellationToken);
                if (gone > 0)
                    AuditState(db, actor, message, NumberState.Invalid, lesson.Code, now);
                break;
            case ProviderErrorClass.SoftStrike or ProviderErrorClass.Barred:
                await owner.ExecuteUpdateAsync(s => s.SetProperty(x => x.SoftStrikes, x => x.SoftStrikes + 1), cancellationToken);
                var suspect = await owner.Where(s => s.SoftStrikes >= StrikesUntilSuspect && s.NumberState == NumberState.Usable)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.NumberState, NumberState.Suspect), cancellationToken);
                if (suspect > 0)
                    AuditState(db, actor, message, NumberState.Suspect, lesson.Code, now);
                break;
            case ProviderErrorClass.Configuration:
                await SettingsAtFault.PauseAsync(db, message, lesson.Code, lesson.Meaning, now, cancellationToken);
                break;
            case ProviderErrorClass.Account:
                await SettingsAtFault.HoldAsync(db, lesson.Code, lesson.Meaning, now, cancellationToken);
                break;
            case ProviderErrorClass.Transient or ProviderErrorClass.OptedOut or ProviderErrorClass.Content or ProviderErrorClass.DailyLimit:
                break;
        }
    }

    /// <summary>
    /// The carrier says that the person opted out there: consent ends here too, for whoever has the number that was texted. Once: every later text
    /// to a barred number would say so again. A stop that leaves the texts of this purpose is no answer to it.
    /// </summary>
    public static async Task OptedOutAsync(
        PortalDbContext db, SendingGate gate, Actor actor, OutboundMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Another receipt of the same batch may have added the very suppression that is looked for.
        await db.SaveChangesAsync(cancellationToken);
        if (await TextedAsync(db, message, cancellationToken) is not { } hash)
            return;
        var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == message.PurposeId, cancellationToken);
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == hash && s.Source == SuppressionSource.Carrier && s.LiftedAt == null).ToListAsync(cancellationToken);
        if (stops.Exists(s => s.Reaches(purpose)))
            return;
        var people = await WithdrawConsent.WithNumberAsync(db, hash, cancellationToken);
        foreach (var person in people)
            await gate.WaitAsync(person.Id, cancellationToken);
        var reach = ReachOf(message, purpose, (await ActivePolicy.AtAsync(db, now, cancellationToken)).OptOutScope);
        await WithdrawConsent.ApplyToNumberAsync(db, actor, hash, people,
            new Withdrawal(reach.Scope, SuppressionSource.Carrier, ConsentChannel.Provider, "The carrier reports that the person has opted out.", now, IsActOfPerson: false, Sender: reach.Sender),
            now, cancellationToken);
        // The number may be nobody's any more; what is said of people stands with each of them.
        if (people.Count == 0)
            db.Audit(actor, now, new AuditFact(AddSuppression.Added, "suppression", SuppressionLabel.Of(hash), Reason: "The carrier reports that the person has opted out.",
                After: new Dictionary<string, object?> { ["number"] = SuppressionLabel.Of(hash), ["scope"] = reach.Scope, ["sender"] = reach.Sender, ["text"] = message.ClientRef }));
    }

    /// <returns>The hash of the number that the text went to; null where its person is erased, for an erasure keeps what it needs by itself.</returns>
    internal static async Task<byte[]?> TextedAsync(PortalDbContext db, OutboundMessage message, CancellationToken cancellationToken)
    {
        var numbers = await (
            from person in db.Subscribers
            where person.Id == message.SubscriberId && person.PhoneHash != null && person.ErasedAt == null
            select new { person.PhoneHash, Then = db.NumberPeriods.Where(p => p.Id == message.NumberPeriodId).Select(p => p.PhoneHash).FirstOrDefault() }).FirstOrDefaultAsync(cancellationToken);
        return numbers?.Then ?? numbers?.PhoneHash;
    }

    internal static bool WentTo(OutboundMessage message, NumberPeriodId period) => message.NumberPeriodId is not { } then || then == period;

    /// <summary>
    /// US-21: what answers anything but marketing ends everything. The provider bars the number for the whole sender, so that a policy which lets less
    /// go than that can't have it here.
    /// </summary>
    private static SuppressionReach ReachOf(OutboundMessage message, Purpose purpose, OptOutScope policy) => (message.MessageClass, policy) switch
    {
        (not MessageClass.Marketing, _) or (_, OptOutScope.Everything) => SuppressionReach.Everything,
        (_, OptOutScope.ByMessageClass) => new SuppressionReach(SuppressionScope.Marketing),
        _ => new SuppressionReach(SuppressionScope.Sender, Sender: purpose.Sender),
    };

    private static void AuditState(PortalDbContext db, Actor actor, OutboundMessage message, NumberState state, string? code, DateTimeOffset now) =>
        db.Audit(actor, now, new AuditFact(TrustNumber.Judged, "subscriber", message.SubscriberId.ToString(), message.SubscriberId,
            After: new Dictionary<string, object?> { ["state"] = state, ["code"] = code, ["text"] = message.ClientRef }));
}
