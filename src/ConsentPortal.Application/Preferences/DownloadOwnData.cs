using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Preferences;

/// <summary>
/// Hands a person everything that is held about them, in the format of an access package. Only in a session that a texted
/// code has proven: a link alone may be in anybody's hands. Nobody reviews it, so what was withheld from an answer of staff is withheld
/// here too, and of comments it tells that they are there.
/// </summary>
public sealed class DownloadOwnData(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    private const string Unread = "[a comment of staff: ask for access to your data, and it comes with the answer]";

    public async Task<Result<byte[]>> ExecuteAsync(Actor actor, SubscriberId id, bool isNumberProven, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        if (!isNumberProven)
            return new CodeNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<byte[]>>(
            async db =>
            {
                if (await OwnAct.FindAsync(db, id, cancellationToken) is not { } person || await PersonRecord.AllOfAsync(db, vault, person, cancellationToken) is not { } records)
                    return new SubscriberNotFound();
                var redactor = await Redactor.OfPersonAsync(db, vault, records, cancellationToken);
                var data = PackageWords.Map(await new PersonDataReader(db, vault, records).ReadAsync(now, cancellationToken), word => IsComment(word) ? Unread : redactor.Shown(word));
                var json = JsonSerializer.SerializeToUtf8Bytes(data with { Withheld = redactor.Withheld }, MakeAccessPackage.Json);
                db.Audit(actor, now, new AuditFact("data.downloaded", "subscriber", id.ToString(), id, After: new Dictionary<string, object?>
                {
                    ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(json)), ["bytes"] = json.Length,
                }));
                return json;
            },
            cancellationToken);
    }

    private static bool IsComment(PackageWord word) => word.Section == PackageSection.Comments;
}
