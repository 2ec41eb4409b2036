using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>A person's document, opened with the key of the record that holds it.</summary>
internal sealed record PersonDocument(EvidenceFile File, DateTimeOffset AddedAt)
{
    /// <summary>Where it lies in an access package; its own name may clash with another's.</summary>
    public string PackageName => $"documents/{File.Hash[..16]}{File.Extension}";
}

/// <summary>The papers of one person, and of the records that were merged into theirs.</summary>
internal static class PersonDocuments
{
    /// <returns>Oldest first.</returns>
    public static async Task<IReadOnlyList<PersonDocument>> OfAsync(PortalDbContext db, SubscriberVault vault, SubscriberId id, CancellationToken cancellationToken)
    {
        var rows = await (
            from document in db.EvidenceDocuments.AsNoTracking()
            join person in db.Subscribers on document.SubscriberId equals (SubscriberId?)person.Id
            where person.Id == id || person.MergedIntoId == id
            select new { Document = document, PersonId = person.Id, person.WrappedKey }).ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(r => r.Document.AddedAt).ThenBy(r => r.Document.Id)
                .Select(r => Open(vault, r.Document, r.PersonId, r.WrappedKey)).OfType<PersonDocument>(),
        ];
    }

    /// <summary>Names by hash, without the contents.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(PortalDbContext db, SubscriberVault vault, SubscriberId id, CancellationToken cancellationToken)
    {
        var rows = await (
            from document in db.EvidenceDocuments.AsNoTracking()
            join person in db.Subscribers on document.SubscriberId equals (SubscriberId?)person.Id
            where person.Id == id || person.MergedIntoId == id
            select new { document.Hash, document.Name, PersonId = person.Id, person.WrappedKey }).ToListAsync(cancellationToken);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (vault.OpenField(row.PersonId, row.WrappedKey, row.Name, SealedField.Document) is { } name)
                names.TryAdd(row.Hash, name);
        }

        return names;
    }

    public static EvidenceDocument Sealed(EvidenceFile file, SubscriberId person, SubjectKey key, string actorId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), SubscriberId = person, Name = key.Seal(file.Name, SealedField.Document), ContentType = file.ContentType, Size = file.Bytes.Length,
        Hash = file.Hash, Content = key.Seal(file.Bytes, SealedField.Document), AddedAt = now, AddedById = actorId,
    };

    private static PersonDocument? Open(SubscriberVault vault, EvidenceDocument row, SubscriberId person, byte[]? wrappedKey)
    {
        var name = vault.OpenField(person, wrappedKey, row.Name, SealedField.Document);
        var bytes = vault.OpenBytes(person, wrappedKey, row.Content, SealedField.Document);
        return name is not null && bytes is not null && EvidenceFile.Read(name, bytes).TryGet(out var file, out _) ? new PersonDocument(file, row.AddedAt) : null;
    }
}
