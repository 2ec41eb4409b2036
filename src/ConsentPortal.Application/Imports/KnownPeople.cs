using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>What the portal already holds about the numbers of some rows, fetched for all of them at once.</summary>
internal sealed class KnownPeople
{
    private const int KeysAtOnce = 100;

    private readonly Dictionary<string, byte[]> _hashes = new(StringComparer.Ordinal);
    private Dictionary<byte[], KnownPerson> _people = [];
    private Dictionary<byte[], IReadOnlyList<Suppression>> _stops = [];

    /// <summary>Where there is no database yet, nobody is known.</summary>
    public static KnownPeople Nobody { get; } = new();

    /// <summary>The custom attributes, by name without regard to case.</summary>
    public IReadOnlyDictionary<string, AttributeDefinition> Attributes { get; private set; } = new Dictionary<string, AttributeDefinition>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<KnownPerson> All => _people.Values;

    public KnownPerson? Find(PhoneNumber phone) =>
        _hashes.TryGetValue(phone.E164, out var hash) ? _people.GetValueOrDefault(hash) : null;

    /// <summary>The keyed hash of a number that was asked about.</summary>
    public byte[] HashOf(PhoneNumber phone) => _hashes[phone.E164];

    /// <summary>The stops in force for a number, whether or not its owner is known.</summary>
    public IReadOnlyList<Suppression> Stops(PhoneNumber phone) => _hashes.TryGetValue(phone.E164, out var hash) && _stops.TryGetValue(hash, out var stops) ? stops : [];

    /// <param name="toChange">Whether the context tracks what it loads, so that a run can change it.</param>
    public static async Task<KnownPeople> LoadAsync(
        PortalDbContext db, LookupHash hashes, SubscriberVault vault, IReadOnlyCollection<PhoneNumber> phones, IReadOnlyCollection<AttributeColumn> attributeColumns, bool toChange, CancellationToken cancellationToken)
    {
        db.ChangeTracker.QueryTrackingBehavior = toChange ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking;
        var known = new KnownPeople();
        foreach (var phone in phones)
            known._hashes[phone.E164] = hashes.Phone(phone);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var (wanted, stopped) = (Present<Subscriber>(db, nameof(Subscriber.PhoneHash), known._hashes.Values), Present<Suppression>(db, nameof(Suppression.PhoneHash), known._hashes.Values));
        var people = await FindAsync(wanted, some => db.Subscribers.Where(s => some.Contains(s.PhoneHash!) && s.MergedIntoId == null), cancellationToken);
        var stops = await FindAsync(stopped, some => db.Suppressions.AsNoTracking().Where(s => some.Contains(s.PhoneHash) && s.LiftedAt == null), cancellationToken);
        known._stops = stops.GroupBy(s => s.PhoneHash, KeyedHashComparer.Instance).ToDictionary(g => g.Key, g => (IReadOnlyList<Suppression>)[.. g], KeyedHashComparer.Instance);
        var ids = people.ConvertAll(s => s.Id);
        var consents = (await FindAsync(ids, some => db.ConsentRecords.Where(r => some.Contains(r.SubscriberId)), cancellationToken)).ToLookup(r => r.SubscriberId);
        var attributes = (await FindAsync(attributeColumns.Count > 0 ? ids : [], some => db.SubscriberAttributes.Where(a => some.Contains(a.SubscriberId)), cancellationToken)).ToLookup(a => a.SubscriberId);
        known._people = new Dictionary<byte[], KnownPerson>(KeyedHashComparer.Instance);
        // Of several who share a number a row means the one who came last, as an inbound text does.
        foreach (var person in people.Where(s => s.ErasedAt is null && s.WrappedKey is not null).OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id))
            known._people.TryAdd(person.PhoneHash!, new KnownPerson(person, vault.Open(person)!.Profile, [.. consents[person.Id]], attributes[person.Id].ToDictionary(a => a.AttributeId)));
        if (attributeColumns.Count > 0)
            known.Attributes = await AttributesAsync(db, attributeColumns, cancellationToken);
        return known;
    }

    /// <returns>Those that a proposal's run would add, too, so that the proposal reads values as the run will.</returns>
    private static async Task<IReadOnlyDictionary<string, AttributeDefinition>> AttributesAsync(
        PortalDbContext db, IReadOnlyCollection<AttributeColumn> columns, CancellationToken cancellationToken)
    {
        var attributes = (await db.AttributeDefinitions.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
            attributes.TryAdd(column.Attribute, column.Definition);
        return attributes;
    }

    // The driver looks up each parameter by its name among all of them, so a question with a thousand takes longer than ten with a hundred.
    private static async Task<List<TRow>> FindAsync<TKey, TRow>(IReadOnlyCollection<TKey> keys, Func<TKey[], IQueryable<TRow>> question, CancellationToken cancellationToken)
    {
        var found = new List<TRow>();
        foreach (var some in keys.Chunk(KeysAtOnce))
            found.AddRange(await question(some).ToListAsync(cancellationToken));
        return found;
    }

    /// <summary>Whether no person and no stop has one of these numbers; asked under the write lock.</summary>
    public static bool AreUnknown(PortalDbContext db, IEnumerable<byte[]> hashes)
    {
        var asked = hashes.ToList();
        if (db is not SqlitePortalDbContext)
            return asked.Count == 0 || !(db.Subscribers.Any(s => asked.Contains(s.PhoneHash!)) || db.Suppressions.Any(s => asked.Contains(s.PhoneHash)));
        return Present<Subscriber>(db, nameof(Subscriber.PhoneHash), asked).Count == 0 && Present<Suppression>(db, nameof(Suppression.PhoneHash), asked).Count == 0;
    }

    // On a server the round trip costs more than the search, so there the query itself finds out.
    private static List<byte[]> Present<T>(PortalDbContext db, string property, IEnumerable<byte[]> hashes) where T : class =>
        db is SqlitePortalDbContext ? SqliteProbe.Present<T>(db, property, hashes) : [.. hashes];
}

internal sealed record KnownPerson(Subscriber Subscriber, SubscriberProfile Profile, IReadOnlyList<ConsentRecord> Consents, Dictionary<int, SubscriberAttribute> Attributes);
