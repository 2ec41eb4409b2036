using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports.Undo;

/// <summary>Puts back what an import replaced, wherever the value is still the import's.</summary>
public sealed class ValueRestoration(PortalDatabase database, SubscriberFactory factory, SubscriberVault vault, SubjectKeys keys)
{
    internal async Task<ImportUndone> RestoreAsync(ImportUndo undo, CancellationToken cancellationToken)
    {
        var (done, after) = (ImportUndone.Nothing, 0L);
        while (true)
        {
            var (step, last) = await database.WriteAsync(db => NextAsync(db, undo, after, cancellationToken), cancellationToken);
            done += step;
            if (last is null)
                return done;
            after = last.Value;
        }
    }

    private async Task<(ImportUndone Step, long? Last)> NextAsync(PortalDbContext db, ImportUndo undo, long after, CancellationToken cancellationToken)
    {
        var changes = await db.ImportChanges.AsNoTracking().Where(c => c.BatchId == undo.BatchId && c.Id > after)
            .OrderBy(c => c.Id).Take(ImportUndo.AtOnce).ToListAsync(cancellationToken);
        if (changes.Count == 0)
            return (ImportUndone.Nothing, null);
        var ids = changes.Select(c => c.SubscriberId).Distinct().ToList();
        var people = await db.Subscribers.Where(s => ids.Contains(s.Id) && s.WrappedKey != null).ToListAsync(cancellationToken);
        var values = (await db.SubscriberAttributes.Where(a => ids.Contains(a.SubscriberId)).ToListAsync(cancellationToken)).ToLookup(a => a.SubscriberId);
        var attributes = await db.AttributeDefinitions.AsNoTracking().ToDictionaryAsync(a => a.Name, StringComparer.OrdinalIgnoreCase, cancellationToken);
        var byPerson = changes.ToLookup(c => c.SubscriberId);
        var restored = 0;
        foreach (var person in people)
            restored += await RestoreAsync(db, undo, person, [.. byPerson[person.Id]], new StoredAttributes(db, person.Id, values[person.Id], attributes), cancellationToken);
        return (ImportUndone.Nothing with { Restored = restored, KeptValues = changes.Count - restored }, changes[^1].Id);
    }

    /// <returns>How many values were put back.</returns>
    private async Task<int> RestoreAsync(
        PortalDbContext db, ImportUndo undo, Subscriber person, IReadOnlyList<ImportChange> changes, StoredAttributes attributes, CancellationToken cancellationToken)
    {
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        var known = vault.Open(person)!.Profile;
        var (profile, before) = (known, Facts(person));
        var restored = new List<string>();
        foreach (var change in changes)
        {
            var (was, became) = (change.BeforeSealed is { } blob ? key.Open(blob, SealedField.ImportedValue) : null, key.Open(change.AfterSealed, SealedField.ImportedValue));
            if (change.Field.StartsWith(ColumnMap.AttributePrefix, StringComparison.Ordinal)
                ? attributes.Restore(change.Field[ColumnMap.AttributePrefix.Length..], was, became)
                : Restore(person, ref profile, change.Field, was, became))
                restored.Add(change.Field);
        }

        if (restored.Count == 0)
            return 0;
        if (profile != known)
            await factory.RewriteAsync(db, person, key, known, profile, undo.Now, cancellationToken);

        (person.UpdatedAt, person.Version) = (undo.Now, Guid.CreateVersion7(undo.Now));
        var after = Facts(person);
        after["restored"] = restored;
        db.AuditEntries.Add(undo.Entry("subscriber.changed", person.Id, after, before));
        return restored.Count;
    }

    private static bool Restore(Subscriber person, ref SubscriberProfile profile, string field, string? was, string became)
    {
        var present = field switch
        {
            ColumnMap.FirstName => profile.FirstName,
            ColumnMap.LastName => profile.LastName,
            ColumnMap.ExternalId => profile.ExternalId,
            ColumnMap.Language => person.Language,
            ColumnMap.Country => person.DeclaredRegion,
            _ => null,
        };
        if (present != became)
            return false;
        profile = field switch
        {
            ColumnMap.FirstName => profile with { FirstName = was },
            ColumnMap.LastName => profile with { LastName = was },
            ColumnMap.ExternalId => profile with { ExternalId = was },
            _ => profile,
        };
        (person.Language, person.DeclaredRegion) = (field == ColumnMap.Language ? was : person.Language, field == ColumnMap.Country ? was : person.DeclaredRegion);
        return true;
    }

    private static Dictionary<string, object?> Facts(Subscriber person) => new()
    {
        ["profile"] = AuditTrail.Sealed(person.ProfileSealed!), ["language"] = person.Language, ["country"] = person.DeclaredRegion,
    };
}

/// <summary>The custom values of one person, of which some are put back.</summary>
internal sealed class StoredAttributes(
    PortalDbContext db, SubscriberId person, IEnumerable<SubscriberAttribute> values, IReadOnlyDictionary<string, AttributeDefinition> definitions)
{
    private readonly Dictionary<int, SubscriberAttribute> _values = values.ToDictionary(v => v.AttributeId);

    public bool Restore(string name, string? was, string became)
    {
        if (!definitions.TryGetValue(name, out var definition) || _values.GetValueOrDefault(definition.Id) is not { } stored || stored.SubscriberId != person)
            return false;
        if (AttributeText.Of(stored)?.ToString() != became)
            return false;
        if (was is null)
            db.SubscriberAttributes.Remove(stored);
        else
            AttributeText.Read(was, definition.Type)?.WriteTo(stored);
        return true;
    }
}
