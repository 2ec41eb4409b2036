using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="IsStopped">An entry of the do-not-text list reaches the purpose, whatever the status says.</param>
public sealed record PurposeStanding(
    Guid PurposeId, string Purpose, ConsentStatus Status, ConsentLevel Level, DateTimeOffset? GrantedAt, DateTimeOffset? ExpiresAt, DoubleOptIn DoubleOptInBy, bool IsStopped);

/// <summary>Where a number stands. Names nobody.</summary>
/// <param name="SubscriberId">Null where nobody here has the number.</param>
/// <param name="Frequency">How often the person wants to hear; null for nobody.</param>
/// <param name="IsSuppressed">An entry of the do-not-text list in force holds the number, however far it reaches.</param>
public sealed record NumberStanding(
    Guid? SubscriberId, FrequencyPreference? Frequency, DateTimeOffset? PausedUntil, bool IsRestricted, bool IsSuppressed, IReadOnlyList<PurposeStanding> Purposes);

/// <summary>
/// Tells another program where a number stands, purpose by purpose, without anything that names the person. The audit trail keeps that it asked, once
/// an hour for each person: a program that asks before every text is one that watches them, not a hundred looks.
/// </summary>
public sealed class ConsentLookup(PortalDatabase database, LookupHash hashes, TimeProvider clock)
{
    public const string LookedUp = "consent.lookedUp";

    private static readonly TimeSpan OneLook = TimeSpan.FromHours(1);

    /// <param name="purpose">As <see cref="NamedPurpose"/> has it; null for all purposes in use.</param>
    public async Task<Result<NumberStanding>> FindAsync(Actor actor, PhoneNumber phone, string? purpose, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        var (hash, now) = (hashes.Phone(phone), clock.GetUtcNow());
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        if (purpose is not null)
        {
            if (!(await NamedPurpose.FindAsync(db, purpose, mayBeRetired: true, cancellationToken)).TryGet(out var wanted, out var unknown))
                return unknown;
            purposes = [wanted];
        }

        var person = await db.Subscribers.AsNoTracking().Where(s => s.PhoneHash == hash && s.ErasedAt == null && s.MergedIntoId == null).OrderByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == hash && s.LiftedAt == null).ToListAsync(cancellationToken);
        var records = person is null ? [] : await db.ConsentRecords.AsNoTracking().Where(r => r.SubscriberId == person.Id).ToDictionaryAsync(r => r.PurposeId, r => r.State, cancellationToken);
        if (person is not null)
            await KeepAsync(db, actor, person.Id, now, cancellationToken);
        return new NumberStanding(
            person?.Id.Value, person?.Frequency, person?.PausedUntil, person is { IsRestricted: true }, stops.Count > 0,
            [.. purposes.Select(p => Standing(p, records.GetValueOrDefault(p.Id) ?? ConsentState.None, stops, now))]);
    }

    private async Task KeepAsync(PortalDbContext known, Actor actor, SubscriberId person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - OneLook;
        if (await known.AuditEntries.AnyAsync(e => e.SubscriberId == person && e.At > since && e.Action == LookedUp && e.ActorId == actor.Id, cancellationToken))
            return;
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(LookedUp, "subscriber", person.ToString(), person));
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private static PurposeStanding Standing(Purpose purpose, ConsentState state, List<Suppression> stops, DateTimeOffset now)
    {
        var standing = state.StandingAt(now);
        return new PurposeStanding(
            purpose.Id.Value, purpose.Name, standing.Status, standing.Level, standing.GrantedAt, standing.ExpiresAt, standing.DoubleOptInBy, stops.Exists(s => s.Reaches(purpose)));
    }
}
