using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="Hash">SHA-256, lower-case hex.</param>
public sealed record WordingPicture(Guid Id, WordingId WordingId, string Name, string ContentType, string Hash, DateTimeOffset AddedAt);

/// <summary>
/// Pictures of the form on which a wording was shown. They name nobody, so they are kept as they are; one can be added,
/// none changed or taken away.
/// </summary>
public sealed class WordingPictures(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> AttachAsync(Actor actor, WordingId id, EvidenceFile file, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.Wordings.FindAsync([id], cancellationToken) is null)
                    return new WordingNotFound();
                if (await db.EvidenceDocuments.AnyAsync(d => d.WordingId == id && d.Hash == file.Hash, cancellationToken))
                    return new PictureKnown();
                db.EvidenceDocuments.Add(new EvidenceDocument
                {
                    Id = Guid.CreateVersion7(now), WordingId = id, Name = Encoding.UTF8.GetBytes(file.Name), ContentType = file.ContentType, Size = file.Bytes.Length, Hash = file.Hash,
                    Content = file.Bytes, AddedAt = now, AddedById = actor.Id,
                });
                db.Audit(actor, now, new AuditFact("wording.pictured", "wording", id.ToString(), After: new Dictionary<string, object?> { ["document"] = file.Hash, ["bytes"] = file.Bytes.Length }));
                return Done.Value;
            },
            cancellationToken);
    }

    /// <returns>Null for a picture that is unknown, and for every document of a person.</returns>
    public async Task<EvidenceFile?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        var row = await db.EvidenceDocuments.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.WordingId != null && d.SubscriberId == null, cancellationToken);
        return row is not null && EvidenceFile.Read(Encoding.UTF8.GetString(row.Name), row.Content).TryGet(out var file, out _) ? file : null;
    }

    /// <returns>Oldest first.</returns>
    internal static async Task<IReadOnlyList<WordingPicture>> OfAsync(PortalDbContext db, IReadOnlyList<WordingId> wordings, CancellationToken cancellationToken)
    {
        var rows = await db.EvidenceDocuments.AsNoTracking().Where(d => d.WordingId != null && wordings.Contains(d.WordingId.Value))
            .Select(d => new { d.Id, d.WordingId, d.Name, d.ContentType, d.Hash, d.AddedAt }).ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(r => r.AddedAt).ThenBy(r => r.Id)
                .Select(r => new WordingPicture(r.Id, r.WordingId!.Value, Encoding.UTF8.GetString(r.Name), r.ContentType, r.Hash, r.AddedAt)),
        ];
    }
}

public sealed record WordingNotFound() : Failure("There is no such wording. The picture was not kept.");

public sealed record PictureKnown() : Failure("This very picture is kept with the wording already. Nothing was changed.");
