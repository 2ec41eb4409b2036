using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>
/// The times in which each number was a person's. Stops, the provider's words and requests without a record are kept by number and outlive its owners:
/// what was said in another owner's time is that owner's data.
/// </summary>
internal sealed class OwnPeriods
{
    private readonly ILookup<byte[], (DateTimeOffset From, DateTimeOffset? To)> _times;

    private readonly HashSet<byte[]> _othersToo;

    private OwnPeriods(IEnumerable<(byte[] Hash, DateTimeOffset From, DateTimeOffset? To)> times, IEnumerable<byte[]> othersToo)
    {
        _times = times.ToLookup(t => t.Hash, t => (t.From, t.To), KeyedHashComparer.Instance);
        _othersToo = new HashSet<byte[]>(othersToo, KeyedHashComparer.Instance);
    }

    /// <summary>Of every number that they have or had.</summary>
    public List<byte[]> Hashes => [.. _times.Select(t => t.Key)];

    public static async Task<OwnPeriods> OfAsync(PortalDbContext db, IReadOnlyList<PersonRecord> records, CancellationToken cancellationToken)
    {
        var ids = records.Select(r => r.Row.Id).ToList();
        var periods = await db.NumberPeriods.AsNoTracking().Where(p => ids.Contains(p.SubscriberId)).OrderBy(p => p.From).ToListAsync(cancellationToken);
        var lost = records.Where(r => r.Row.NumberState == NumberState.Reassigned).Select(r => r.Row.CurrentPeriodId).ToHashSet();
        var ends = new Dictionary<NumberPeriodId, DateTimeOffset?>();
        foreach (var period in periods.Where(p => lost.Contains(p.Id)))
            ends[period.Id] = await LostAtAsync(db, period, cancellationToken);
        return new OwnPeriods(periods.Select(p => (p.PhoneHash, p.From, p.To ?? ends.GetValueOrDefault(p.Id))), await OthersAsync(db, ids, [.. periods.Select(p => p.PhoneHash)], cancellationToken));
    }

    /// <summary>
    /// Of these numbers those that somebody else has or had: by another record, or by a stop that tells of one. An erased record leaves no other trace of its number than that stop.
    /// </summary>
    private static async Task<IReadOnlyList<byte[]>> OthersAsync(PortalDbContext db, List<SubscriberId> ids, List<byte[]> hashes, CancellationToken cancellationToken) =>
    [
        .. await db.NumberPeriods.AsNoTracking().Where(p => hashes.Contains(p.PhoneHash) && !ids.Contains(p.SubscriberId)).Select(p => p.PhoneHash).ToListAsync(cancellationToken),
        .. await db.Suppressions.AsNoTracking().Where(s => hashes.Contains(s.PhoneHash) && (s.Source == SuppressionSource.Erasure || s.Source == SuppressionSource.Reassigned)).Select(s => s.PhoneHash).ToListAsync(cancellationToken),
    ];

    /// <summary>Whether something that was said of a number at an instant was said of this person.</summary>
    public bool Cover(byte[] hash, DateTimeOffset at) => _times[hash].Any(t => t.From <= at && (t.To is null || at <= t.To));

    /// <summary>
    /// Whether a request that came for a number while no record had it was this person's: in their time, or before it if nobody else is known to have had the number. So a new
    /// owner is told nothing of a former one's, and what came after a number was given up is nobody's.
    /// </summary>
    public bool IsOwnRequest(byte[] hash, DateTimeOffset receivedAt) => Cover(hash, receivedAt) || (!_othersToo.Contains(hash) && _times[hash].All(t => receivedAt < t.From));

    /// <summary>An erasure's stop is never the own one of somebody who can still be shown their data.</summary>
    public bool IsOwn(Suppression stop) => stop.Source != SuppressionSource.Erasure && Cover(stop.PhoneHash, stop.At);

    /// <summary>Whether a stop of another's time keeps texts from the number that the person has now.</summary>
    public bool IsInherited(Suppression stop) => stop.LiftedAt is null && !IsOwn(stop) && _times[stop.PhoneHash].Any(t => t.To is null);

    /// <summary>When it was lifted, if that was still the person's time.</summary>
    public DateTimeOffset? LiftedAt(Suppression stop) => stop.LiftedAt is { } lifted && Cover(stop.PhoneHash, lifted) ? lifted : null;

    /// <summary>Since when the person has a number.</summary>
    public DateTimeOffset Since(byte[] hash) => _times[hash].Last(t => t.To is null).From;

    /// <summary>A number that was given to somebody else has no end of its period yet: the stop that said so is the end.</summary>
    private static Task<DateTimeOffset?> LostAtAsync(PortalDbContext db, NumberPeriod period, CancellationToken cancellationToken) =>
        db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == period.PhoneHash && s.Source == SuppressionSource.Reassigned && s.At >= period.From)
            .OrderBy(s => s.Id).Select(s => (DateTimeOffset?)s.At).FirstOrDefaultAsync(cancellationToken);
}
