using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Writes the events that bring the kept record to where the plan says, and end the closed one.</summary>
internal sealed class MergedConsent(PortalDbContext db, SubjectKeys keys, Actor actor, Subscriber kept, Subscriber closed, string reason, DateTimeOffset now)
{
    public async Task ApplyAsync(MergedPurpose purpose, CancellationToken cancellationToken)
    {
        foreach (var kind in Steps(purpose))
            await ConsentLedger.AppendAsync(db, await EventAsync(kept, kind, purpose, cancellationToken), cancellationToken);
        if (purpose.Closed.Status is ConsentStatus.Granted or ConsentStatus.Pending or ConsentStatus.Expired)
            await ConsentLedger.AppendAsync(db, await EventAsync(closed, ConsentEventKind.Voided, purpose, cancellationToken), cancellationToken);
    }

    /// <summary>From where the kept record stands to where it has to stand, by the rules of the fold.</summary>
    private static IEnumerable<ConsentEventKind> Steps(MergedPurpose purpose)
    {
        var (before, after) = (purpose.Kept, purpose.After);
        if (before == after || (before.Status == after.Status && after.Status is not (ConsentStatus.Granted or ConsentStatus.Pending)))
            return [];
        return after.Status switch
        {
            ConsentStatus.Withdrawn => [ConsentEventKind.Withdrawn],
            ConsentStatus.Voided => [ConsentEventKind.Voided],
            ConsentStatus.Expired when before.Status == ConsentStatus.None =>
                [after.GrantedAt is null ? ConsentEventKind.Requested : ConsentEventKind.Granted, ConsentEventKind.Expired],
            ConsentStatus.Expired => [ConsentEventKind.Expired],
            // A consent steps back to a question only by being taken back first.
            ConsentStatus.Pending when before.Status == ConsentStatus.Granted => [ConsentEventKind.Retracted, ConsentEventKind.Requested],
            ConsentStatus.Pending => [ConsentEventKind.Requested],
            ConsentStatus.Granted => [ConsentEventKind.Granted],
            ConsentStatus.None => [],
        };
    }

    private async Task<ConsentEvent> EventAsync(Subscriber person, ConsentEventKind kind, MergedPurpose purpose, CancellationToken cancellationToken)
    {
        var (state, before) = (purpose.After, person == kept ? purpose.Kept : purpose.Closed);
        var begins = kind is ConsentEventKind.Granted or ConsentEventKind.Requested;
        return new ConsentEvent
        {
            SubscriberId = person.Id, PurposeId = purpose.PurposeId, NumberPeriodId = person.CurrentPeriodId, Kind = kind, Basis = begins ? state.Basis : before.Basis,
            Level = begins ? state.Level : ConsentLevel.None, Channel = begins ? state.Channel : ConsentChannel.Staff, DoubleOptInBy = begins ? state.DoubleOptInBy : DoubleOptIn.None,
            // Bringing two records together is an act of the business.
            IsActOfPerson = false, WordingId = begins ? state.WordingId : null, At = At(person, kind, purpose), RecordedAt = now,
            ExpiresAt = begins ? state.ExpiresAt : null, EvidenceSealed = begins ? await EvidenceAsync(purpose, cancellationToken) : null,
            ActorKind = actor.Kind, ActorId = actor.Id, Reason = reason, SupersedesId = before.GrantEventId,
        };
    }

    // The kept record learns of what happened when it happened; the closed one ends now.
    private DateTimeOffset At(Subscriber person, ConsentEventKind kind, MergedPurpose purpose) => kind switch
    {
        _ when person == closed => now,
        ConsentEventKind.Granted => purpose.After.GrantedAt ?? now,
        ConsentEventKind.Retracted => now,
        _ => purpose.After.Since ?? now,
    };

    /// <summary>The proof of the consent that goes on; of the closed record's, sealed anew for the kept one.</summary>
    private async Task<byte[]?> EvidenceAsync(MergedPurpose purpose, CancellationToken cancellationToken)
    {
        if (purpose.After.GrantEventId is not { } grant || closed.WrappedKey is null)
            return null;
        var blob = await db.ConsentEvents.AsNoTracking().Where(e => e.Id == grant).Select(e => e.EvidenceSealed).SingleAsync(cancellationToken);
        if (blob is null || grant == purpose.Kept.GrantEventId)
            return blob;
        using var from = keys.Unwrap(closed.WrappedKey, closed.Id);
        using var to = keys.Unwrap(kept.WrappedKey!, kept.Id);
        return to.Seal(from.Open(blob, SealedField.Evidence), SealedField.Evidence);
    }
}
