using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>What is recorded here about one number and one sender.</summary>
/// <param name="People">Whose number it is, newest first.</param>
/// <param name="Active">Consents on which a text could leave: in force, from this sender, reached by no stop.</param>
/// <param name="Stops">In force, and reaching at least one purpose of the sender.</param>
internal sealed record HereSide(IReadOnlyList<Subscriber> People, IReadOnlyList<(ConsentRecord Consent, Purpose Purpose)> Active, IReadOnlyList<Suppression> Stops);

/// <summary>What is recorded here about a batch of numbers, to be laid beside what the provider says. Each question is of one index.</summary>
internal sealed class ProviderComparison
{
    private readonly Dictionary<PurposeId, Purpose> _purposes;
    private readonly ILookup<byte[], Subscriber> _people;
    private readonly ILookup<SubscriberId, ConsentRecord> _granted;
    private readonly ILookup<byte[], Suppression> _stops;
    private readonly DateTimeOffset _now;

    private ProviderComparison(List<Purpose> purposes, List<Subscriber> people, List<ConsentRecord> granted, List<Suppression> stops, DateTimeOffset now)
    {
        _purposes = purposes.ToDictionary(p => p.Id);
        _people = people.ToLookup(p => p.PhoneHash!, KeyedHashComparer.Instance);
        _granted = granted.ToLookup(r => r.SubscriberId);
        _stops = stops.ToLookup(s => s.PhoneHash, KeyedHashComparer.Instance);
        _now = now;
    }

    /// <param name="verdicts">At most some hundreds.</param>
    public static async Task<ProviderComparison> ReadAsync(PortalDbContext db, IReadOnlyCollection<ProviderVerdict> verdicts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hashes = verdicts.Select(v => v.PhoneHash).Distinct(KeyedHashComparer.Instance).ToList();
        var people = await db.Subscribers.AsNoTracking().Where(s => hashes.Contains(s.PhoneHash!) && s.ErasedAt == null && s.MergedIntoId == null)
            .OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).ToListAsync(cancellationToken);
        var ids = people.Select(p => p.Id).ToList();
        return new ProviderComparison(
            await db.Purposes.AsNoTracking().ToListAsync(cancellationToken), people,
            await db.ConsentRecords.AsNoTracking().Where(r => ids.Contains(r.SubscriberId) && r.Status == ConsentStatus.Granted).ToListAsync(cancellationToken),
            await db.Suppressions.AsNoTracking().Where(s => hashes.Contains(s.PhoneHash) && s.LiftedAt == null).OrderByDescending(s => s.At).ToListAsync(cancellationToken), now);
    }

    public HereSide Here(ProviderVerdict verdict)
    {
        var ofSender = _purposes.Values.Where(p => p.Sender == verdict.Sender).ToList();
        var stops = _stops[verdict.PhoneHash].Where(stop => ofSender.Exists(stop.Reaches)).ToList();
        var people = _people[verdict.PhoneHash].ToList();
        var active = people.SelectMany(person => _granted[person.Id]).Select(consent => (Consent: consent, Purpose: _purposes[consent.PurposeId]))
            .Where(pair => pair.Purpose.Sender == verdict.Sender && pair.Purpose.RetiredAt is null && pair.Consent.State.StatusAt(_now) == ConsentStatus.Granted
                && !stops.Exists(stop => stop.Reaches(pair.Purpose)))
            .OrderBy(pair => pair.Purpose.Name, StringComparer.Ordinal).ToList();
        return new HereSide(people, active, stops);
    }

    public ProviderDifference Between(ProviderVerdict verdict)
    {
        var here = Here(verdict);
        if (here.People.Count == 0)
            return ProviderDifference.None;
        return verdict.Word switch
        {
            ProviderWord.Blocked => here.Active.Any(pair => !IsHeardThere(pair.Consent, verdict)) ? ProviderDifference.BlockedThere : ProviderDifference.None,
            ProviderWord.Accepts => IsAgainstStop(verdict, here) ? ProviderDifference.StoppedHere : ProviderDifference.None,
        };
    }

    /// <summary>A START or JOIN that the number texted after it was blocked went by the provider, which lifts its block for it.</summary>
    private static bool IsHeardThere(ConsentRecord consent, ProviderVerdict verdict) => consent.Channel == ConsentChannel.Keyword && consent.GrantedAt > verdict.SaidAt;

    private bool IsAgainstStop(ProviderVerdict verdict, HereSide here)
    {
        var before = here.Stops.Where(stop => stop.At <= verdict.SaidAt).ToList();
        if (verdict.Evidence == ProviderEvidence.Delivered)
            return verdict.PurposeId is { } purpose && before.Exists(stop => stop.Reaches(_purposes[purpose]));
        // A block there ends everything from the sender; a stop here may end one purpose of several, and then the provider may well accept the rest.
        return before.Count > 0 && here.Active.Count == 0;
    }
}
