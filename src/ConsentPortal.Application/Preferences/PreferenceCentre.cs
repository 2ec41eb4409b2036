using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Preferences;

/// <summary>Somebody who came by a link or a code.</summary>
/// <param name="IsNumberProven">They have read back a code that was texted to the number.</param>
public sealed record PreferenceVisitor(SubscriberId SubscriberId, NumberPeriodId PeriodId, string? Language, bool IsNumberProven);

/// <param name="Wording">The words in use now, in the visitor's language where there are such.</param>
/// <param name="IsOn">Agreed, and no stop reaches it.</param>
public sealed record PreferencePurpose(Purpose Purpose, Wording Wording, ConsentStatus Status, bool IsOn, DateTimeOffset? Since);

/// <summary>One act about consent, with the words that were shown.</summary>
public sealed record ConsentReceipt(string Purpose, string Brand, ConsentEventKind Kind, ConsentChannel Channel, DateTimeOffset At, Wording? Wording);

/// <param name="IsStopped">Everything is stopped.</param>
public sealed record PreferenceDetails(
    string MaskedPhone, string? Language, FrequencyPreference Frequency, DateTimeOffset? PausedUntil, DateTimeOffset? SharingOptOutAt, bool IsStopped,
    IReadOnlyList<PreferencePurpose> Purposes, IReadOnlyList<ConsentReceipt> Receipts);

/// <summary>What a person sees of themselves behind their link. Reading changes nothing: scanners of messages follow links too.</summary>
public sealed class PreferenceCentre(PortalDatabase database, PreferenceLinks links, SubscriberVault vault, TimeProvider clock)
{
    /// <returns>Who comes by this token, while the number is still theirs.</returns>
    public async Task<Result<PreferenceVisitor>> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (!links.Read(token).TryGet(out var key, out var refused))
            return refused;
        await using var db = database.Open();
        var visitor = await (
            from period in db.NumberPeriods.AsNoTracking()
            join person in db.Subscribers on period.SubscriberId equals person.Id
            where period.Id == key.PeriodId && period.To == null && person.CurrentPeriodId == period.Id && person.ErasedAt == null && person.MergedIntoId == null
                && person.NumberState != NumberState.Reassigned
            select new PreferenceVisitor(person.Id, period.Id, person.Language, key.IsNumberProven)).FirstOrDefaultAsync(cancellationToken);
        return visitor is null ? new PreferenceLinkVoid() : visitor;
    }

    /// <param name="languages">What the visitor reads, best first.</param>
    public async Task<Result<PreferenceDetails>> GetAsync(Actor actor, SubscriberId id, IReadOnlyList<string> languages, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var person = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (person is null or { NumberState: NumberState.Reassigned } || vault.Open(person) is not { } opened)
            return new SubscriberNotFound();
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null).ToListAsync(cancellationToken);
        return new PreferenceDetails(
            opened.Phone.ToString(), person.Language, person.Frequency, person.PausedUntil > now ? person.PausedUntil : null, person.SharingOptOutAt,
            stops.Exists(s => s.Scope == SuppressionScope.All), await PurposesAsync(db, person, stops, languages, now, cancellationToken), await ReceiptsAsync(db, id, cancellationToken));
    }

    private static async Task<IReadOnlyList<PreferencePurpose>> PurposesAsync(
        PortalDbContext db, Subscriber person, List<Suppression> stops, IReadOnlyList<string> languages, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = await db.ConsentRecords.AsNoTracking().Where(r => r.SubscriberId == person.Id).ToDictionaryAsync(r => r.PurposeId, cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.Brand).ThenBy(p => p.Name).ToListAsync(cancellationToken);
        var wordings = (await db.Wordings.AsNoTracking().Where(w => w.RetiredAt == null).OrderBy(w => w.Language).ToListAsync(cancellationToken)).ToLookup(w => w.PurposeId);
        return
        [
            .. from purpose in purposes
               let record = records.GetValueOrDefault(purpose.Id)
               let status = record?.State.StatusAt(now) ?? ConsentStatus.None
               // What is closed to their number can't be joined, only left.
               where wordings[purpose.Id].Any() && (status is ConsentStatus.Granted or ConsentStatus.Pending || purpose.IsOpenTo(person.Region))
               let isStopped = stops.Exists(s => s.Reaches(purpose))
               select new PreferencePurpose(
                   purpose, new JoinFormDetails(purpose, [.. wordings[purpose.Id]]).In(languages), status, status == ConsentStatus.Granted && !isStopped, record?.Since),
        ];
    }

    private static async Task<IReadOnlyList<ConsentReceipt>> ReceiptsAsync(PortalDbContext db, SubscriberId id, CancellationToken cancellationToken)
    {
        var rows = await (
            from e in db.ConsentEvents.AsNoTracking()
            where e.SubscriberId == id
            join purpose in db.Purposes on e.PurposeId equals purpose.Id
            join wording in db.Wordings on e.WordingId equals wording.Id into wordings
            from wording in wordings.DefaultIfEmpty()
            orderby e.Id descending
            select new { Event = e, purpose.Name, purpose.Brand, Wording = wording }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new ConsentReceipt(r.Name, r.Brand, r.Event.Kind, r.Event.Channel, r.Event.At, r.Wording))];
    }
}
